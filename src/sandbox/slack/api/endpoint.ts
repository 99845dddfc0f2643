import type { IncomingMessage } from 'node:http'
import type { HttpAnswer } from '../faulty-server.ts'
import { Refusal } from '../refusal.ts'
import type { World } from '../world.ts'
import { readArguments } from './arguments.ts'
import { chat } from './chat.ts'
import { connections } from './connections.ts'
import { conversations } from './conversations.ts'
import { files } from './files.ts'
import type { Args, Method } from './method.ts'
import { oauth } from './oauth.ts'
import { people } from './people.ts'
import { permalink } from './permalink.ts'
import { profiles } from './profiles.ts'
import { reactions } from './reactions.ts'
import { grantedScopes, requireScope } from './scopes.ts'
import { views } from './views.ts'

const METHODS: Record<string, Method> = {
  ...chat,
  ...connections,
  ...conversations,
  ...oauth,
  ...files,
  ...people,
  ...permalink,
  ...profiles,
  ...reactions,
  ...views,
}

/** A call of the Web API as it came in, not yet believed. */
export interface ApiRequest {
  method: string
  token: string | null
  /** The arguments without the token, or the error that reading them gave. */
  args: Args
  problem: string | null
}

/** Takes a request apart: form, JSON or, as Slack allows, a query string. */
export function readApiRequest(
  request: IncomingMessage,
  method: string,
  query: URLSearchParams,
  body: string,
): ApiRequest {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim()
  const of = (args: Args, problem: string | null = null): ApiRequest => ({ method, token: bearer, args, problem })
  if (request.method === 'GET') return of(Object.fromEntries(query))
  if (request.method !== 'POST') return of({}, 'invalid_method')
  if (type === 'application/x-www-form-urlencoded') {
    const { token = bearer, ...args } = Object.fromEntries(new URLSearchParams(body))
    return { ...of(args), token: token ?? null }
  }
  if (type !== 'application/json') return of({}, type ? 'invalid_post_type' : body ? 'missing_post_type' : null)
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return of({}, 'json_not_object')
    return of(parsed as Args)
  } catch {
    return of({}, 'invalid_json')
  }
}

/** Does what a call asks for, or says as Slack would why not. */
export function callMethod(world: World, { method: name, token, args, problem }: ApiRequest): HttpAnswer {
  const headers: Record<string, string> = { 'x-oauth-scopes': grantedScopes(world).join(',') }
  try {
    if (problem) throw new Refusal(problem)
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
    if (!method) throw new Refusal('unknown_method', [], { req_method: name })
    if (method.token !== 'none') checkToken(world, name, method, token)
    const wait = world.state.rateLimits ? waitFor(world, name, method, args) : 0
    if (wait > 0) {
      const retry = { ...headers, 'retry-after': String(wait) }
      return { status: 429, headers: retry, body: { ok: false, error: 'ratelimited' } }
    }
    if (method.scope) {
      headers['x-accepted-oauth-scopes'] = method.scope
      requireScope(world, method.scope)
    }
    const read = readArguments(method, args)
    if (read.team_id !== undefined && read.team_id !== world.state.team.id) throw new Refusal('team_not_found')
    return { status: 200, headers, body: { ok: true, ...method.run(world, read) } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const details = error.messages.length > 0 ? { response_metadata: { messages: error.messages } } : {}
    return { status: 200, headers, body: { ok: false, error: error.code, ...error.extra, ...details } }
  }
}

function checkToken(world: World, name: string, method: Method, token: string | null): void {
  const { app, installed, revokedTokens } = world.state
  if (!token) throw new Refusal('not_authed')
  if (revokedTokens.includes(token)) throw new Refusal(installed ? 'token_revoked' : 'account_inactive')
  if (world.organisationTokens.has(token) && name.startsWith('auth.')) return
  const isBot = token === app.botToken && installed
  if (!isBot && token !== app.appToken) throw new Refusal('invalid_auth')
  if ((token === app.appToken) !== (method.token === 'app')) throw new Refusal('not_allowed_token_type')
}

/** The seconds to wait before this call may be made. A person's id and the direct message with them are one place. */
function waitFor(world: World, name: string, { tier }: Method, { channel }: Args): number {
  const { channels, app } = world.state
  const place = String(channel)
  const { kind, members } = channels[place] ?? {}
  const person = kind === 'im' ? members?.find((member) => member !== app.botUser) : undefined
  return world.rates.take(name, tier, person ?? place)
}
