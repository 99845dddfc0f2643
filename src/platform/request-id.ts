/** Which request of Slack's, or turn of the clock, something is done because of: on each log line, and on its jobs'. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

const current = new AsyncLocalStorage<string>()

export const newRequestId = (): string => randomUUID()

/** Does `work` because of a request: whatever it logs and enqueues carries the id. */
export const inRequest = <T>(id: string, work: () => T): T => current.run(id, work)

/** The id of the request this is done because of; undefined outside of any. */
export const requestId = (): string | undefined => current.getStore()

/** What a job carries of the request that enqueued it. */
export interface Traced {
  requestId?: string
}

/** Writes the request that this is done because of into a job's data, unless it names one already. */
export function traced<T extends object>(data: T): T & Traced {
  const id = requestId()
  return id === undefined || 'requestId' in data ? data : { ...data, requestId: id }
}
