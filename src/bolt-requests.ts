/** What comes over HTTP, before Bolt looks at it: bounded, signed just now, and whole. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type App, HTTPModuleFunctions, type HTTPReceiver, type ReceiverEvent } from '@slack/bolt'
import { systemClock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'
import { isWhole } from './request-shapes.ts'

/** More than Slack ever sends: a modal with all its texts has a quarter of it. */
export const MOST_BYTES = 1024 * 1024
/**
 * Slack's own clock and ours may differ: five minutes either way. A signature made out for the future would be good for a
 * long time: somebody's clock, or somebody's trick.
 */
const CLOCKS_DIFFER_SECONDS = 5 * 60

/** A request whose body stands where Bolt looks for it. */
type Whole = IncomingMessage & { rawBody: Buffer }

/** Answers what is not to be answered by anybody else. Everything else goes on to Bolt, which checks no signature itself. */
export function guard(signingSecret: string, inner: RequestListener, log: Log): RequestListener {
  return (request, response) => {
    if (Number(request.headers['content-length']) > MOST_BYTES) return refuse(response, 413)
    readBody(request, (rawBody) => {
      if (!rawBody) return refuse(response, 413)
      // Where Bolt looks for it, so that it does not read again.
      const read = Object.assign(request, { rawBody })
      // What Bolt takes for a request of Slack's is a POST.
      if (request.method === 'POST') {
        const fault = faultOfSignature(signingSecret, request.headers, rawBody, systemClock.now())
        if (fault) {
          if (fault.fault === 'no signature' && isCertificateCheck(read)) return void response.writeHead(200).end()
          log.warn(fault, 'slack.not-signed')
          return refuse(response, 401)
        }
        if (!isWhole(bodyOf(read))) return refuse(response, 400)
      }
      inner(request, response)
    })
  }
}

function refuse(response: ServerResponse, status: 400 | 401 | 413): void {
  // What is still being sent is not read any more.
  if (status === 413) response.setHeader('connection', 'close')
  response.writeHead(status).end()
}

/** Hands on the body, or null when it is too long. A request that breaks off needs no answer. */
function readBody(request: IncomingMessage, then: (body: Buffer | null) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  request.on('error', () => {})
  request.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= MOST_BYTES) chunks.push(chunk)
    else if (length - chunk.length <= MOST_BYTES) then(null)
  })
  request.on('end', () => {
    if (length <= MOST_BYTES) then(Buffer.concat(chunks))
  })
}

/** Why a request is not taken for one of Slack's, as an operator wants to know it. */
export type SignatureFault =
  | { fault: 'no signature' | 'wrong signature' }
  /** By how many seconds its time is after ours. */
  | { fault: 'wrong time'; seconds: number }

/**
 * null when Slack signed this a moment ago, or is about to: https://docs.slack.dev/authentication/verifying-requests-from-slack.
 * `now` in milliseconds. Bolt's own check takes ten times as long, most of it for a comparison by two more HMACs.
 */
export function faultOfSignature(
  signingSecret: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
  now: number,
): SignatureFault | null {
  const { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp } = headers
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return { fault: 'no signature' }
  if (!/^v0=[0-9a-f]{64}$/.test(signature) || !/^\d{1,12}$/.test(timestamp)) return { fault: 'no signature' }
  const seconds = Number(timestamp) - Math.floor(now / 1_000)
  if (Math.abs(seconds) > CLOCKS_DIFFER_SECONDS) return { fault: 'wrong time', seconds }
  const right = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest()
  return timingSafeEqual(right, Buffer.from(signature.slice(3), 'hex')) ? null : { fault: 'wrong signature' }
}

/** More than it has. Nobody who signs nothing has us read more. */
const CERTIFICATE_CHECK_BYTES = 2_048

/** Slack looks now and then whether our certificate is good, by a form that it does not sign. Nothing else in it counts. */
function isCertificateCheck(request: Whole): boolean {
  if (request.rawBody.length > CERTIFICATE_CHECK_BYTES) return false
  return (bodyOf(request) as { ssl_check?: unknown } | null)?.ssl_check === '1'
}

/** What Bolt will read of it; null for what it can't. */
function bodyOf(request: Whole): unknown {
  try {
    return HTTPModuleFunctions.parseHTTPRequestBody(request as never)
  } catch {
    return null
  }
}

/** Nobody listens to such a thing (any more). */
class Unheard extends Error {}

/** Bolt lets what nobody answers wait for three seconds, and says 404 then. This says so at once. */
export function answerUnheard(receiver: HTTPReceiver): void {
  const init = receiver.init.bind(receiver)
  receiver.init = (app: App) => {
    const processEvent = async (event: ReceiverEvent) => {
      let answered = false
      const ack: ReceiverEvent['ack'] = async (answer) => {
        answered = true
        return await event.ack(answer)
      }
      await app.processEvent({ ...event, ack })
      if (!answered) throw new Unheard('nobody listens to this')
    }
    init(Object.assign(Object.create(app), { processEvent }))
  }
}

type ErrorHandler = typeof HTTPModuleFunctions.defaultProcessEventErrorHandler

/** 404 for what nobody listens to; otherwise as Bolt does: 401 for a workspace that is not ours, and 500. */
export const onFailure: ErrorHandler = async (args) => {
  if (!(args.error instanceof Unheard) || args.response.headersSent) {
    return await HTTPModuleFunctions.defaultProcessEventErrorHandler(args)
  }
  args.response.writeHead(404).end()
  return false
}
