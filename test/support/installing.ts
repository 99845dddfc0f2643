/** "Add to Slack" as a browser does it: step by step, so that a test can do a step wrongly. */
import { createHash } from 'node:crypto'
import type { InstallConfig } from '../../src/config.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import type { World } from './world.ts'

const keyNamed = (id: string) => ({ id, key: createHash('sha256').update(id).digest() })

/** For an app that does not know its port yet: browsers' way back is mended in `finish`. */
export const installConfig = ({ clientId, clientSecret }: Sandbox, ...keys: string[]): InstallConfig => ({
  clientId,
  clientSecret,
  stateSecret: 'a secret of thirty-two characters',
  publicUrl: 'http://127.0.0.1:9',
  keys: (keys.length > 0 ? keys : ['first']).map(keyNamed),
})

interface Seen {
  status: number
  headers: Headers
  body: string
  location: string
  /** The cookie as a browser sends it back. */
  cookie: string
}

export async function look(url: string, init: RequestInit = {}): Promise<Seen> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const { status, headers } = response
  const cookie = headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  return { status, headers, body: await response.text(), location: headers.get('location') ?? '', cookie }
}

/** The app sends the browser to Slack: where, and with which cookie. */
export const begin = ({ app }: World): Promise<Seen> => look(`http://127.0.0.1:${app.port}/slack/install`)

/** Somebody answers on Slack's page, in the workspace of `sandbox`; where their browser is sent then. */
export async function answer(
  sandbox: Sandbox,
  authorizeUrl: string,
  { as = 'margit', allow = true, organisation = false, optional = [] as string[] } = {},
): Promise<string> {
  const { pathname, search } = new URL(authorizeUrl)
  const fields = new URLSearchParams({ user: sandbox.person(as).id, answer: allow ? 'allow' : 'cancel' })
  for (const scope of optional) fields.append('optional', scope)
  if (organisation) fields.set('organisation', 'yes')
  const seen = await look(`${sandbox.url}${pathname}${search}`, { method: 'POST', body: fields })
  return seen.location
}

/** The browser comes back to the app. */
export function finish({ app }: World, location: string, cookie: string): Promise<Seen> {
  const { pathname, search } = new URL(location)
  return look(`http://127.0.0.1:${app.port}${pathname}${search}`, { headers: { cookie } })
}

/** The whole dance. */
export async function addToSlack(
  world: World,
  sandbox: Sandbox = world.sandbox,
  how: Parameters<typeof answer>[2] = {},
): Promise<Seen> {
  const { location, cookie } = await begin(world)
  return await finish(world, await answer(sandbox, location, how), cookie)
}
