import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import pg from 'pg'

type Query = (...args: unknown[]) => unknown

/**
 * A client that leaves the pool when a statement got no answer in time. `pg` hands such a connection back, and on a
 * network that swallows packets everybody after would wait on it in turn.
 */
export class ImpatientClient extends pg.Client {
  override query(...args: unknown[]): never {
    const result = (super.query as Query)(...args)
    if (result instanceof Promise) {
      result.catch((error: Error) => {
        if (error.message === 'Query read timeout') this.#hangUp()
      })
    }
    return result as never
  }

  #hangUp() {
    const { connection } = this as unknown as { connection: { stream: Socket } }
    connection.stream.destroy()
  }
}

/** Each connection keeps at most this many plans; statements whose text varies would otherwise fill its memory. */
const PLANS = 200
const names = new Map<string, string>()

/** A client that has the server keep the plan of a statement with parameters: planning costs more than running. */
export class PreparingClient extends ImpatientClient {
  override query(...args: unknown[]): never {
    const [text, values] = args
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : null
    return (super.query as Query)(...(name === null ? args : [{ name, text, values }])) as never
  }
}

function nameOf(text: string): string | null {
  const known = names.get(text)
  if (known !== undefined || names.size >= PLANS) return known ?? null
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32)
  names.set(text, name)
  return name
}
