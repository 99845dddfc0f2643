import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { perform } from './acts.ts'
import type { ActResult, Control, PageAct } from './contract.ts'
import { readControl } from './control.ts'
import { readPageState, readPeople } from './page-state.ts'
import type { RequestLog } from './request-log.ts'
import { type HttpAnswer, readBody, sendAnswer } from './slack/faulty-server.ts'
import type { World } from './slack/world.ts'

const HEARTBEAT_MS = 20_000

/** The page's side of the sandbox: its files, what it shows, and what people do in it. */
export interface PageServer {
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>
  /** Tells every open page to look again. */
  announce(): void
  stop(): void
}

/** `assets` is the folder of the built page, or null where nobody looks. */
export function createPageServer(
  world: World,
  assets: string | null,
  holder: { log: RequestLog; control(wanted: Control): Promise<ActResult> },
): PageServer {
  const watchers = new Set<ServerResponse>()
  const tell = (line: string) => watchers.forEach((watcher) => void watcher.write(`${line}\n\n`))
  const heartbeat = setInterval(() => tell(': still here'), HEARTBEAT_MS)
  heartbeat.unref()

  return {
    async handle(request, response, url) {
      // A page from elsewhere that gets its name to point at this machine must see nothing.
      if (!isLoopback(request.headers.host)) return sendAnswer(response, refuse(403, 'Only this machine may look.'))
      if (url.pathname === '/page/changes') return watch(world, watchers, response)
      if (url.pathname === '/page/act') return sendAnswer(response, await act(world, request))
      if (url.pathname === '/page/control') return sendAnswer(response, await control(request, holder.control))
      if (request.method !== 'GET') return sendAnswer(response, refuse(405, 'Only GET works here.'))
      if (url.pathname === '/page/requests') return sendAnswer(response, { status: 200, body: holder.log.list() })
      if (url.pathname.startsWith('/page/requests/')) {
        const contents = holder.log.contents(Number(url.pathname.split('/')[3]))
        return sendAnswer(
          response,
          contents ? { status: 200, body: contents } : refuse(404, 'That request is not kept any more.'),
        )
      }
      if (url.pathname === '/page/people') return sendAnswer(response, { status: 200, body: readPeople(world) })
      if (url.pathname === '/page/state') {
        const state = readPageState(world, url.searchParams.get('as') ?? '')
        return sendAnswer(
          response,
          state ? { status: 200, body: state } : refuse(404, 'Nobody like that can sign in here.'),
        )
      }
      await sendAsset(response, assets, url.pathname)
    },
    announce: () => tell(`data: ${JSON.stringify({ version: world.state.version })}`),
    stop() {
      clearInterval(heartbeat)
      for (const watcher of watchers) watcher.end()
    },
  }
}

const refuse = (status: number, error: string): HttpAnswer => ({
  status,
  body: { ok: false, error } satisfies ActResult,
})

/** The name by which this machine calls itself. */
export function isLoopback(host = ''): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)
}

function watch(world: World, watchers: Set<ServerResponse>, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(`data: ${JSON.stringify({ version: world.state.version })}\n\n`)
  watchers.add(response)
  response.on('close', () => watchers.delete(response))
}

/** Why a request that changes something is not listened to; null for one that is. */
function notListened(request: IncomingMessage): HttpAnswer | null {
  if (request.method !== 'POST') return refuse(405, 'Only POST works here.')
  const { origin, host } = request.headers
  if (origin !== undefined && origin !== `http://${host}`)
    return refuse(403, 'Only the sandbox’s own page may do that.')
  return request.headers['content-type']?.startsWith('application/json') ? null : refuse(415, 'Send JSON.')
}

async function control(
  request: IncomingMessage,
  perform: (wanted: Control) => Promise<ActResult>,
): Promise<HttpAnswer> {
  const refusal = notListened(request)
  if (refusal) return refusal
  const wanted = readControl(parseJson(await readBody(request)))
  return wanted ? { status: 200, body: await perform(wanted) } : refuse(400, 'That is no control.')
}

async function act(world: World, request: IncomingMessage): Promise<HttpAnswer> {
  const refusal = notListened(request)
  if (refusal) return refusal
  const given = readAct(parseJson(await readBody(request)))
  if (!given) return refuse(400, 'That is no act.')
  const { ok, error, channel } = await perform(world, given)
  return { status: 200, body: { ok, ...(error && { error }), ...(channel && { channel }) } satisfies ActResult }
}

const ACTS = new Set<unknown>([
  'message',
  'command',
  'action',
  'submit',
  'close',
  'shortcut',
  'react',
  'home.open',
  'status',
  'read',
  'direct',
  'delete',
  'join',
  'leave',
] satisfies PageAct['type'][])

function parseJson(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '')
  } catch {
    return null
  }
}

/** The page is our own, so only the outline is looked at. */
function readAct(json: unknown): PageAct | null {
  const given = json as PageAct | null
  return given && ACTS.has(given.type) && typeof given.as === 'string' ? given : null
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}

/** The page asks nobody but the sandbox. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

async function sendAsset(response: ServerResponse, assets: string | null, pathname: string): Promise<void> {
  const missing = () => sendAnswer(response, refuse(404, 'There is nothing here.'))
  const name = pathname === '/' ? 'index.html' : pathname.slice(1)
  const type = TYPES[path.extname(name)]
  // The build names its files itself: nothing in them needs decoding.
  if (!assets || !type || !path.resolve(assets, name).startsWith(assets + path.sep)) return missing()
  try {
    const content = await readFile(path.resolve(assets, name))
    const headers = { 'content-type': type, 'cache-control': 'no-store', 'content-security-policy': POLICY }
    response.writeHead(200, { ...headers, 'x-content-type-options': 'nosniff' }).end(content)
  } catch {
    missing()
  }
}
