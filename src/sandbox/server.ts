import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isLoopback, type PageServer } from './page-server.ts'
import type { RequestLog } from './request-log.ts'
import { type ApiRequest, callMethod, readApiRequest } from './slack/api/endpoint.ts'
import { takeUpload } from './slack/api/files.ts'
import { KEPT } from './slack/app-link.ts'
import { answerAuthorize, showAuthorize } from './slack/authorize-page.ts'
import type { FaultPlan } from './slack/faults.ts'
import { answerWith, type HttpAnswer, readBody, sendAnswer } from './slack/faulty-server.ts'
import { answerResponseUrl } from './slack/response-url.ts'
import type { World } from './slack/world.ts'

/** One call of the Web API or of a response_url (method 'response_url'), and how it was answered. */
export interface ApiCall {
  method: string
  /** As they came, but blocks and views as objects. Never the token. */
  args: Record<string, unknown>
  /** null for a connection that a fault cut. */
  status: number | null
  response: Record<string, unknown>
  /** By the sandbox's clock. */
  at: number
}

/** Sends requests where they belong: to the Web API, to a response_url or to the page. */
export function createSandboxServer(parts: {
  world: World
  /** Every workspace that has this Slack; `world` among them. */
  worlds: World[]
  faults: FaultPlan
  calls: ApiCall[]
  page: PageServer
  log: RequestLog
}): Server {
  const { world, worlds, page, log } = parts
  const server = createServer((request, response) => {
    // "//" and its like are no paths.
    const url = URL.parse(request.url ?? '', 'http://sandbox')
    if (!url) return sendAnswer(response, { status: 400, body: 'bad request' })
    route(parts, request, response, url).catch((error: unknown) => {
      world.onProblem(`The sandbox failed at ${url.pathname}: ${error instanceof Error ? error.stack : error}`)
      if (response.headersSent || response.destroyed) response.destroy()
      else sendAnswer(response, { status: 500, body: 'internal error' })
    })
  })
  server.on('upgrade', (request, socket, head) => {
    if (world.sockets) world.sockets.upgrade(request, socket, head)
    else socket.destroy()
  })
  return server

  async function route(
    { faults, calls }: typeof parts,
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const [, root, name = ''] = url.pathname.split('/')
    if (root === 'oauth' || root === 'app_redirect') return sendAnswer(response, await browse(request, url))
    if (root !== 'api' && root !== 'response' && root !== 'upload') return page.handle(request, response, url)
    const body = await readBody(request)
    if (body === null) return sendAnswer(response, { status: 413, body: 'too big' })
    const call =
      root === 'api'
        ? apiCall(request, name, url, body)
        : root === 'upload'
          ? uploadCall(request, name, body)
          : responseCall(request, name, body)
    const at = world.clock.now()
    const started = performance.now()
    const answer = await answerWith(response, faults.take(call.method, call.args), call.work, call.refusalStatus)
    const shown = answer && typeof answer.body === 'object' ? answer.body : { body: answer?.body ?? null }
    const { method, args } = call
    const made: ApiCall = { method, args, status: answer?.status ?? null, response: shown as ApiCall['response'], at }
    calls.push(made)
    if (calls.length > KEPT) calls.splice(0, calls.length - KEPT)
    log.called(made, Math.round(performance.now() - started))
  }

  /** Slack's own pages, for whoever adds an app. */
  async function browse(request: IncomingMessage, url: URL): Promise<HttpAnswer> {
    const { host, origin } = request.headers
    if (!isLoopback(host)) return { status: 403, body: 'Only this machine may look.' }
    if (url.pathname === '/app_redirect') return { status: 302, body: '', headers: { location: '/' } }
    if (url.pathname !== '/oauth/v2/authorize') return { status: 404, body: 'There is nothing here.' }
    if (request.method !== 'POST') return showAuthorize(world, url.searchParams)
    if (origin !== undefined && origin !== `http://${host}`)
      return { status: 403, body: 'Only the page itself may do that.' }
    return answerAuthorize(world, url.searchParams, new URLSearchParams((await readBody(request)) ?? ''))
  }

  /** Whose token it is, or whose code. */
  function worldOf({ token, args }: ApiRequest): World {
    const isTheirs = ({ state: { app, revokedTokens }, oauthCodes, organisationTokens }: World) =>
      token === null
        ? oauthCodes.has(String(args.code))
        : token === app.botToken || revokedTokens.includes(token) || organisationTokens.has(token)
    return worlds.find(isTheirs) ?? world
  }

  function apiCall(request: IncomingMessage, method: string, url: URL, body: string) {
    const given = readApiRequest(request, method, url.searchParams, body)
    const { blocks, view } = given.args
    const objects = {
      ...(blocks !== undefined && { blocks: plain(blocks) }),
      ...(view !== undefined && { view: plain(view) }),
    }
    return {
      method,
      args: { ...given.args, ...objects },
      work: () => callMethod(worldOf(given), given),
      refusalStatus: 200,
    }
  }

  function uploadCall(request: IncomingMessage, key: string, body: string) {
    const work = () =>
      request.method === 'POST' ? takeUpload(world, key, body) : { status: 405, body: 'only POST is taken' }
    return { method: 'upload_url', args: { body }, work, refusalStatus: 400 }
  }

  function responseCall(request: IncomingMessage, key: string, body: string) {
    const type = request.headers['content-type'] ?? ''
    const work = () =>
      request.method === 'POST'
        ? answerResponseUrl(world, key, type, body)
        : { status: 405, body: { ok: false, error: 'invalid_method' } }
    return { method: 'response_url', args: parsed(body), work, refusalStatus: 404 }
  }
}

function parsed(body: string): Record<string, unknown> {
  const value = plain(body)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { body }
}

/** What a text holds as JSON, or the text. */
function plain(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Listens, and tells the port. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}
