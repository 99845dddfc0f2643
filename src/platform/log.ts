import { type DestinationStream, type Level, type Logger, pino } from 'pino'
import { requestId } from './request-id.ts'

/** Without what would be on every line, and is looked through by nobody. */
export type Log = Pick<Logger, Level>

/** What must never reach a log, however deep it hides: secrets, and what people wrote. */
const SECRET_OR_PRIVATE = new Set([
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'responseUrl',
  'response_url',
  'text',
  'reason',
])
const HIDDEN = '[hidden]'
/** Nothing that is logged on purpose goes deeper, nor is as much. */
const DEEPEST = 5
const MOST_ENTRIES = 1_000

/** Lines go out together, after so many bytes or milliseconds: one by one, each would hold up whoever is waiting. */
const TOGETHER = { minLength: 4_096, periodicFlush: 200 }

/**
 * Structured logs, one JSON object a line, to stdout. Events are named like the action they belong to: `kudos.given`. What
 * ends the process lets the last lines out, but for a SIGKILL.
 */
export function createLog(level: string, to?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    // pino's own redaction looks for each name at each depth by a path of its own: 13 µs of a line's 19.
    formatters: { log: (line: object) => shown(line) },
    // Described by then; pino would do so once more.
    serializers: { err: (described: unknown) => described },
    mixin: requestOf,
  }
  return pino(options, to ?? pino.destination({ ...TOGETHER, sync: false }))
}

/** Which request a line is about, so that one search finds all that came of it, jobs included. */
function requestOf(): { request?: string } {
  const request = requestId()
  return request === undefined ? {} : { request }
}

/** A line, or a part of it, without what must not be seen. */
function shown(part: object, depth = DEEPEST, left = { entries: MOST_ENTRIES }): Record<string, unknown> {
  const entries = Object.entries(part).map(([name, value]): [string, unknown] => {
    left.entries -= 1
    if (SECRET_OR_PRIVATE.has(name)) return [name, HIDDEN]
    // What speaks for itself (toJSON) is not heard.
    if (typeof value === 'function') return [name, undefined]
    if (name === 'err' || value instanceof Error) return [name, describeError(value)]
    if (typeof value !== 'object' || value === null || value instanceof Date) return [name, value]
    if (depth === 1 || left.entries < 0) return [name, HIDDEN]
    const inner = shown(value, depth - 1, left)
    return [name, Array.isArray(value) ? Object.values(inner) : inner]
  })
  return Object.fromEntries(entries)
}

/**
 * An error as a log shows it: its name, message, code and stack, and nothing it carries. Errors of the Web API client
 * hold the request, and errors of the database the parameters.
 */
function describeError(error: unknown, depth = DEEPEST): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return { message: String(error) }
  // Not every library throws an Error, or emits one.
  const { name, message, code, stack, cause } = error as Partial<Error> & { code?: unknown }
  return {
    type: name ?? error.constructor?.name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack,
    ...(cause === undefined || depth === 1 ? {} : { cause: describeError(cause, depth - 1) }),
  }
}
