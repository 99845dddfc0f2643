/** Socket Mode: the app opens connections to Slack, and Slack's requests come through them as envelopes. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Delivery, Parcel } from './app-link.ts'
import { freshSecret } from './ids.ts'

const ACK_MS = 3_000
/** A ticket to connect with is good once, for so long. */
const TICKET_MS = 30_000
const MOST_CONNECTIONS = 10
const PATH = '/link/'

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'

type Answer = Pick<Delivery, 'status' | 'response' | 'failure'>

export interface Sockets {
  /** The path of a fresh address to connect to. */
  issueTicket(): string
  /** Takes an upgrade request that is meant for us; others are refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Sends one request through one of the connections, and waits for its acknowledgement. */
  send(parcel: Parcel): Promise<Answer>
  /** How many connections are open. */
  count(): number
  /** Tells every connection to go, as Slack does now and then; with 'cut' they end without a word. */
  disconnect(reason: DisconnectReason | 'cut'): void
  stop(): void
}

export function createSockets(options: {
  appId: () => string
  onProblem(problem: string): void
  /** Whether it comes from this machine's own name. */
  isLocal(host: string | undefined): boolean
}): Sockets {
  const { onProblem } = options
  const server = new WebSocketServer({ noServer: true })
  const tickets = new Map<string, NodeJS.Timeout>()
  const open: WebSocket[] = []
  const waiting = new Map<string, { accepts: boolean; done: (payload: unknown) => void }>()
  let turn = 0

  function accept(socket: WebSocket): void {
    if (open.length >= MOST_CONNECTIONS) {
      socket.send(
        JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'sandbox' } }),
      )
      socket.close()
      return
    }
    open.push(socket)
    socket.on('close', () => open.splice(open.indexOf(socket), 1))
    // What goes wrong on a connection ends it, and the app opens another.
    socket.on('error', () => socket.terminate())
    socket.on('message', (data) => read(String(data)))
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.length,
        debug_info: { host: 'sandbox', approximate_connection_time: 18_060 },
        connection_info: { app_id: options.appId() },
      }),
    )
  }

  function read(text: string): void {
    let ack: { envelope_id?: string; payload?: unknown }
    try {
      ack = JSON.parse(text)
    } catch {
      onProblem('The app sent something through its socket that is no JSON.')
      return
    }
    const expected = waiting.get(ack.envelope_id ?? '')
    if (!expected) {
      onProblem(`The app acknowledged an envelope that was not waited for: ${ack.envelope_id}.`)
      return
    }
    const payload = isEmpty(ack.payload) ? '' : ack.payload
    if (payload !== '' && !expected.accepts) {
      onProblem('The app answered with a payload where Slack takes none, and drops it.')
      expected.done('')
    } else expected.done(payload)
  }

  return {
    issueTicket() {
      const ticket = freshSecret()
      const timer = setTimeout(() => tickets.delete(ticket), TICKET_MS)
      timer.unref()
      tickets.set(ticket, timer)
      return `${PATH}?ticket=${ticket}`
    },

    upgrade(request, socket, head) {
      const url = URL.parse(request.url ?? '', 'http://sandbox')
      const ticket = url?.searchParams.get('ticket') ?? ''
      const isOurs = url?.pathname === PATH && options.isLocal(request.headers.host) && !request.headers.origin
      if (!isOurs || !tickets.has(ticket)) return void socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      clearTimeout(tickets.get(ticket))
      tickets.delete(ticket)
      server.handleUpgrade(request, socket, head, accept)
    },

    async send(parcel) {
      const live = open.filter(({ readyState, OPEN }) => readyState === OPEN)
      turn += 1
      const socket = live[turn % Math.max(1, live.length)]
      if (!socket) return { status: null, response: '', failure: 'connection_failed' }
      const envelope = envelopeOf(parcel)
      return await new Promise<Answer>((resolve) => {
        const finish = (answer: Answer) => {
          clearTimeout(timer)
          waiting.delete(envelope.envelope_id)
          resolve(answer)
        }
        const timer = setTimeout(() => finish({ status: null, response: '', failure: 'timeout' }), ACK_MS)
        waiting.set(envelope.envelope_id, {
          accepts: envelope.accepts_response_payload,
          done: (response) => finish({ status: 200, response, failure: null }),
        })
        socket.send(JSON.stringify(envelope))
      })
    },

    count: () => open.length,

    disconnect(reason) {
      for (const socket of [...open]) {
        if (reason === 'cut') socket.terminate()
        else socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }))
      }
    },

    stop() {
      for (const socket of [...open]) socket.terminate()
      server.close()
    },
  }
}

const isEmpty = (payload: unknown) =>
  payload === undefined ||
  payload === '' ||
  (typeof payload === 'object' && payload !== null && Object.keys(payload).length === 0)

/** A parcel as Socket Mode wraps it. Answers are taken for commands and submissions alone. */
function envelopeOf({ kind, body, contentType, headers = {} }: Parcel) {
  const isForm = contentType.startsWith('application/x-www-form-urlencoded')
  const { payload, ...fields } = isForm ? Object.fromEntries(new URLSearchParams(body)) : {}
  const content = isForm ? (payload === undefined ? fields : JSON.parse(payload)) : JSON.parse(body)
  const isEvent = kind === 'event' || content.type === 'event_callback'
  const isCommand = !isEvent && isForm && payload === undefined
  const attempt = Number(headers['x-slack-retry-num'] ?? 0)
  return {
    envelope_id: freshSecret(),
    type: isEvent ? 'events_api' : isCommand ? 'slash_commands' : 'interactive',
    payload: content,
    accepts_response_payload: isCommand || content.type === 'view_submission',
    ...(isEvent && { retry_attempt: attempt, retry_reason: headers['x-slack-retry-reason'] ?? '' }),
  }
}
