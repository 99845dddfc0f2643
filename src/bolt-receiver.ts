/** How Slack's requests come in over HTTP: bounded, signed just now, and whole. Bolt deals with them; then they are answered. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type App, AuthorizationError, HTTPModuleFunctions, type Receiver, ReceiverMultipleAckError } from '@slack/bolt'
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

/** What Slack is told of a request: a text, or something to be shown or done. */
type Answer = string | Record<string, unknown>

export interface HttpReceiver extends Receiver {
  requestListener: RequestListener
}

/**
 * Bolt's interface for whoever brings it requests, with the web server that is there already. What a listener acks is sent
 * once all of them are done: Slack hears "received" of what is stored, and of nothing else.
 */
export function createHttpReceiver(signingSecret: string, log: Log): HttpReceiver {
  let app: Pick<App, 'processEvent'>

  async function take(request: IncomingMessage, response: ServerResponse, rawBody: Buffer): Promise<void> {
    const fault = faultOfSignature(signingSecret, request.headers, rawBody, systemClock.now())
    if (fault) {
      if (fault.fault === 'no signature' && isCertificateCheck(request, rawBody)) return end(response, 200)
      log.warn(fault, 'slack.not-signed')
      return end(response, 401)
    }
    const body = bodyOf(request, rawBody)
    if (!isWhole(body)) return end(response, 400)
    if ('ssl_check' in body) return end(response, 200)
    if (body.type === 'url_verification') return send(response, { challenge: body.challenge })
    await hand(body, response)
  }

  async function hand(body: Record<string, unknown>, response: ServerResponse): Promise<void> {
    let answer: Answer | undefined
    const ack = async (given?: Answer) => {
      if (answer !== undefined) throw new ReceiverMultipleAckError()
      answer = given ?? ''
    }
    try {
      await app.processEvent({ body, ack })
    } catch (error) {
      // Logged by bolt.ts. A workspace that is not ours is told so.
      return end(response, error instanceof AuthorizationError ? 401 : 500)
    }
    // Nobody listens to such a thing (any more).
    if (answer === undefined) return end(response, 404)
    send(response, answer)
  }

  return {
    init(bolt) {
      app = bolt
    },
    // The web server starts and stops.
    start: async () => {},
    stop: async () => {},
    requestListener(request, response) {
      if (Number(request.headers['content-length']) > MOST_BYTES) return end(response, 413)
      readBody(request, (rawBody) => {
        if (!rawBody) return end(response, 413)
        take(request, response, rawBody).catch((error: unknown) => {
          log.error({ err: error }, 'slack.request-failed')
          response.destroy()
        })
      })
    },
  }
}

const send: (response: ServerResponse, answer: Answer) => void = HTTPModuleFunctions.buildContentResponse

function end(response: ServerResponse, status: 200 | 400 | 401 | 404 | 413 | 500): void {
  // What is still being sent is not read any more.
  if (status === 413) response.setHeader('connection', 'close')
  HTTPModuleFunctions.buildNoBodyResponse(response, status)
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
const isCertificateCheck = (request: IncomingMessage, rawBody: Buffer): boolean =>
  rawBody.length <= CERTIFICATE_CHECK_BYTES &&
  (bodyOf(request, rawBody) as { ssl_check?: unknown } | null)?.ssl_check === '1'

/** As Bolt reads it; null for what can't be read. */
function bodyOf({ headers }: IncomingMessage, rawBody: Buffer): unknown {
  try {
    return HTTPModuleFunctions.parseHTTPRequestBody({ headers, rawBody } as never)
  } catch {
    return null
  }
}
