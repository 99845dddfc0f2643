/** Slack's part of "Add to Slack": the request of a browser, what somebody answers to it, and the code that is traded for a token. */
import { freshBotToken, freshSecret } from './ids.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

const CODE_MS = 10 * 60_000

/** A code that was given out. It is good once, and only for what it was asked for with. */
export interface OAuthCode {
  redirectUri: string
  user: string
  /** The scopes that may be refused, and were not. */
  granted: string[]
  organisation: boolean
  issuedAt: number
}

export interface AuthorizeRequest {
  redirectUri: string
  state: string
  scopes: string[]
  optional: string[]
}

/** Reads what a browser was sent with. Throws a Refusal as Slack's page shows one. */
export function readAuthorizeRequest({ state, manifest }: World, query: URLSearchParams): AuthorizeRequest {
  const asked = (query.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '')
  const redirectUri = query.get('redirect_uri') ?? ''
  if (query.get('client_id') !== state.app.clientId) throw new Refusal('invalid_client_id')
  if (asked.length === 0) throw new Refusal('no_scopes')
  if (asked.some((scope) => ![...manifest.scopes, ...manifest.optionalScopes].includes(scope))) {
    throw new Refusal('invalid_scope')
  }
  if (!isRedirect(manifest.redirectPaths, redirectUri)) throw new Refusal('bad_redirect_uri')
  return {
    redirectUri,
    state: query.get('state') ?? '',
    scopes: asked.filter((scope) => manifest.scopes.includes(scope)),
    optional: asked.filter((scope) => manifest.optionalScopes.includes(scope)),
  }
}

/** The manifest's host is an example; its paths are the app's. Here an app is on this machine. */
function isRedirect(paths: string[], uri: string): boolean {
  const url = URL.parse(uri)
  return url !== null && ['127.0.0.1', 'localhost'].includes(url.hostname) && paths.includes(url.pathname)
}

/** Somebody agrees: where their browser goes next. */
export function allow(
  { oauthCodes, clock }: World,
  { redirectUri, state }: AuthorizeRequest,
  answer: Pick<OAuthCode, 'user' | 'granted' | 'organisation'>,
): string {
  const code = `${freshSecret()}${freshSecret()}`
  oauthCodes.set(code, { ...answer, redirectUri, issuedAt: clock.now() })
  return withQuery(redirectUri, { code, state })
}

export const deny = ({ redirectUri, state }: AuthorizeRequest): string =>
  withQuery(redirectUri, { error: 'access_denied', state })

function withQuery(uri: string, query: Record<string, string>): string {
  const url = new URL(uri)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** Trades a code for the token. A workspace that has the app already gets the same token again, as from Slack. */
export function redeem(world: World, given: { code: string; redirectUri: string }): { token: string; code: OAuthCode } {
  const { oauthCodes, clock, state } = world
  const code = oauthCodes.get(given.code)
  oauthCodes.delete(given.code)
  if (!code || clock.now() - code.issuedAt > CODE_MS) throw new Refusal('invalid_code')
  if (code.redirectUri !== given.redirectUri) throw new Refusal('bad_redirect_uri')
  if (code.organisation) {
    const token = freshBotToken()
    world.organisationTokens.add(token)
    return { token, code }
  }
  state.granted = code.granted
  if (!state.installed) {
    state.installed = true
    state.app.botToken = freshBotToken()
  }
  world.changed()
  return { token: state.app.botToken, code }
}

/** The token is good for nothing from now on. */
export function revokeToken({ state, changed }: World): void {
  state.revokedTokens.push(state.app.botToken)
  state.app.botToken = freshBotToken()
  changed()
}

/** The app is gone from the workspace: from its channels as well, as in Slack. */
export function removeApp(world: World): void {
  const { state } = world
  state.installed = false
  for (const channel of Object.values(state.channels)) {
    if (channel.kind === 'im' || channel.kind === 'mpim') continue
    channel.members = channel.members.filter((member) => member !== state.app.botUser)
  }
  state.views = {}
  state.modals = {}
  state.homes = {}
  revokeToken(world)
}
