/** As much of autocannon as the benches use; it comes without types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  interface Request {
    headers: Record<string, string>
    body: string
  }

  interface Options {
    url: string
    method: 'POST'
    connections: number
    /** So many requests in all. */
    amount: number
    requests: { setupRequest: (request: Request) => Request }[]
    /** False counts as a mismatch. */
    verifyBody: (body: string) => boolean
  }

  interface Result {
    '2xx': number
    non2xx: number
    errors: number
    mismatches: number
  }

  /** Emits 'response' with the client, the status, the bytes and the milliseconds it took. */
  type Run = EventEmitter & Promise<Result>

  export default function autocannon(options: Options): Run
}
