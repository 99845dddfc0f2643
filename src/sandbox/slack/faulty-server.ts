import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from './faults.ts'

export interface HttpAnswer {
  status: number
  /** An object is sent as JSON, a string as text. */
  body: unknown
  headers?: Record<string, string>
}

/** Does the work and answers, unless a fault is in the way. Returns what was answered: null for a connection that was cut. */
export async function answerWith(
  response: ServerResponse,
  fault: Fault | null,
  work: () => HttpAnswer,
  /** With which status the fault `{ error }` comes. */
  refusalStatus = 200,
): Promise<HttpAnswer | null> {
  if (fault && 'hang' in fault) await wait(fault.hang, undefined, { ref: false })
  if (fault && 'cut' in fault) {
    if (fault.cut === 'after') work()
    response.destroy()
    return null
  }
  const answer = (fault && broken(fault, refusalStatus)) ?? work()
  sendAnswer(response, answer)
  return answer
}

function broken(fault: Fault, refusalStatus: number): HttpAnswer | null {
  if ('error' in fault) return { status: refusalStatus, body: { ok: false, error: fault.error } }
  if (!('status' in fault)) return null
  if (fault.status === 500) return { status: 500, body: 'Internal Server Error' }
  const headers = { 'retry-after': String(fault.retryAfter) }
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers }
}

export function sendAnswer(response: ServerResponse, { status, body, headers }: HttpAnswer): void {
  const isText = typeof body === 'string'
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers })
  response.end(isText ? body : JSON.stringify(body))
}

/** The whole body as text, or null when it is too big. */
export async function readBody(request: IncomingMessage, most = 1_000_000): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
