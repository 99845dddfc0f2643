import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { SECURITY_HEADERS, sendPage, type WebPage } from './web-page.ts'

export interface WebServer {
  /** The port it listens on; with port 0, the one it was given. */
  port: number
  /** Accepts no more requests, finishes those it has, and closes. */
  stop(): Promise<void>
}

export interface WebServerOptions {
  host: string
  port: number
  /** True while the process can do its work; /readyz says so. */
  ready: () => Promise<boolean>
  /** Takes POST requests to /slack/events. Absent in Socket Mode. */
  slackEvents?: RequestListener
  /** The pages for browsers, and where each of them goes on to Slack and comes back. Absent with a token of one's own. */
  installing?: { pageAt(path: string): WebPage | null; paths: string[]; listener: RequestListener }
  /** What /metrics says, to whoever shows the token. Absent: there is no such page. */
  metrics?: { token: string; read(): Promise<{ contentType: string; text: string }> }
}

const STOP_MS = 3_000
/** Whoever takes longer to say what they want is nobody who wants an answer. */
const SLOWEST_MS = 15_000

/** The app's own HTTP server: health for the operator, Slack's requests in HTTP mode, and pages for who installs the app. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  let stopping = false
  const server = createServer({ requestTimeout: SLOWEST_MS, headersTimeout: SLOWEST_MS }, (request, response) => {
    if (stopping) response.setHeader('connection', 'close')
    const path = pathOf(request) ?? ''
    if (path === '/slack/events' && options.slackEvents && request.method === 'POST') {
      return options.slackEvents(request, response)
    }
    // For browsers.
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
    const answer = (status: number, text: string) => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
    }
    switch (path) {
      case '/healthz':
        return answer(200, 'alive')
      case '/readyz':
        if (stopping) return answer(503, 'stopping')
        options.ready().then(
          (ready) => (ready ? answer(200, 'ready') : answer(503, 'not ready: the database does not answer')),
          () => answer(503, 'not ready'),
        )
        return
      case '/metrics': {
        const { metrics } = options
        if (!metrics || request.method !== 'GET') return answer(404, 'not found')
        if (!isBearer(request, metrics.token)) {
          response.setHeader('www-authenticate', 'Bearer')
          return answer(401, 'show METRICS_TOKEN: Authorization: Bearer ...')
        }
        metrics.read().then(
          ({ contentType, text }) => response.writeHead(200, { 'content-type': contentType }).end(text),
          () => answer(500, 'the figures could not be read'),
        )
        return
      }
    }
    const { installing } = options
    const page = request.method === 'GET' || request.method === 'HEAD' ? installing?.pageAt(path) : null
    if (page) return sendPage(response, page)
    if (installing?.paths.includes(path) && request.method === 'GET') return installing.listener(request, response)
    return answer(404, 'not found')
  })
  await listen(server, options.host, options.port)
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      stopping = true
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeIdleConnections()
      // Slack has its answer within three seconds; who is still sending then may never end.
      const impatience = setTimeout(() => server.closeAllConnections(), STOP_MS)
      await closed
      clearTimeout(impatience)
    },
  }
}

/** Compared by their hashes: neither how long a guess is nor how far it is right can be told by the time it takes. */
function isBearer(request: IncomingMessage, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(request.headers.authorization ?? ''), hash(`Bearer ${token}`))
}

const pathOf = (request: IncomingMessage) => request.url?.split('?', 1)[0]

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
