import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { type Clock, systemClock } from '../../platform/clock.ts'
import type { Sockets } from './sockets.ts'

const ACK_MS = 3000
/** Enough for every test, and bounded for those who leave the sandbox running. */
export const KEPT = 5_000

/** One request to the app and what came of it. */
export interface Delivery {
  kind:
    | 'command'
    | 'shortcut'
    | 'message_action'
    | 'block_actions'
    | 'view_submission'
    | 'view_closed'
    | 'event'
    | 'raw'
  /** The command, action id, callback id or event type. */
  name: string
  contentType: string
  /** The bytes that were signed. */
  body: string
  /** The app's status, or null when it didn't answer in time or at all. */
  status: number | null
  /** The app's answer: parsed where it is JSON. */
  response: unknown
  failure: 'timeout' | 'connection_failed' | null
  ms: number
  /** By the sandbox's clock. */
  at: number
}

export interface Parcel {
  kind: Delivery['kind']
  name: string
  body: string
  contentType: string
  headers?: Record<string, string>
  /** Seconds since the epoch; the real present by default. */
  timestamp?: number
  /** Another secret to sign with than the app's. */
  secret?: string
}

/** The way from Slack to the app: signed, and waited for 3 seconds. */
export interface AppLink {
  connect(requestUrl: string): void
  /** The app's own page for browsers. */
  page(): string | null
  deliver(parcel: Parcel): Promise<Delivery>
  deliveries: Delivery[]
  /** Aborted when the sandbox stops. */
  stopped: AbortSignal
  stop(): void
}

/** Parcels as a form with a JSON payload: how Slack sends interactions. */
export function interaction(kind: Delivery['kind'], name: string, payload: object): Parcel {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  return { kind, name, body, contentType: 'application/x-www-form-urlencoded' }
}

export function openAppLink(options: {
  clock: Clock
  secret: string
  requestUrl: string | undefined
  /** Socket Mode: everything goes through these instead. */
  sockets: Sockets | null
  onProblem(problem: string): void
  onDelivered(delivery: Delivery): void
}): AppLink {
  const { clock, onProblem, sockets } = options
  const deliveries: Delivery[] = []
  const stopping = new AbortController()
  let target: URL | null = null
  let reachable = true

  const connect = (requestUrl: string) => {
    const parsed = new URL(requestUrl)
    if (parsed.protocol !== 'http:')
      throw new Error(`The sandbox speaks plain http with the app, not ${parsed.protocol}`)
    target = parsed
  }
  if (options.requestUrl) connect(options.requestUrl)

  return {
    deliveries,
    connect,
    page: () => target && new URL('/', target).href,
    stopped: stopping.signal,
    stop: () => stopping.abort(),
    async deliver(parcel) {
      const { kind, name, body, contentType } = parcel
      // By the real clock, as the one who checks it does: a workspace whose clock was moved is still signed today.
      const timestamp = String(parcel.timestamp ?? Math.floor(systemClock.now() / 1000))
      const signature = createHmac('sha256', parcel.secret ?? options.secret).update(`v0:${timestamp}:${body}`)
      const headers = {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        accept: 'application/json,*/*',
        'x-slack-signature': `v0=${signature.digest('hex')}`,
        'x-slack-request-timestamp': timestamp,
        ...parcel.headers,
      }
      const started = performance.now()
      const answer = sockets ? await sockets.send(parcel) : await send(target, headers, body, stopping.signal)
      const ms = Math.round(performance.now() - started)
      const delivery: Delivery = { kind, name, contentType, body, ...answer, ms, at: clock.now() }
      deliveries.push(delivery)
      if (deliveries.length > KEPT) deliveries.splice(0, deliveries.length - KEPT)
      options.onDelivered(delivery)
      const gone = answer.failure === 'connection_failed' && !stopping.signal.aborted
      if (gone && reachable) {
        onProblem(
          target && !sockets
            ? `The app does not answer at ${target}. Is it running?`
            : 'No app is connected to the sandbox yet.',
        )
      }
      reachable = !gone
      return delivery
    },
  }
}

type Answer = Pick<Delivery, 'status' | 'response' | 'failure'>

/** One connection per request: a kept one could be closed by an app that just restarted. Redirects are not followed. */
function send(target: URL | null, headers: Record<string, string>, body: string, stop: AbortSignal): Promise<Answer> {
  const failed = (failure: Answer['failure']): Answer => ({ status: null, response: '', failure })
  if (!target || stop.aborted) return Promise.resolve(failed('connection_failed'))
  return new Promise((resolve) => {
    const timeout = AbortSignal.timeout(ACK_MS)
    const signal = AbortSignal.any([timeout, stop])
    const fail = () => resolve(failed(timeout.aborted ? 'timeout' : 'connection_failed'))
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const outgoing = request(target, { method: 'POST', agent: false, headers: { ...headers, ...length }, signal })
    outgoing.on('error', fail)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', fail)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({
          status: incoming.statusCode ?? null,
          response: read(text, incoming.headers['content-type']),
          failure: null,
        })
      })
    })
    outgoing.end(body)
  })
}

function read(text: string, contentType = ''): unknown {
  if (!contentType.includes('json')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
