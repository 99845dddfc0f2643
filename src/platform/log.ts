import { type DestinationStream, type Logger, pino } from 'pino'
import { requestId } from './request-id.ts'

export type Log = Logger

/** What must never reach a log, whatever object it hides in: secrets, and what people wrote. */
const SECRET_OR_PRIVATE = [
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'responseUrl',
  'response_url',
  'text',
  'reason',
]

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
    redact: { paths: SECRET_OR_PRIVATE.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
    serializers: { err: describeError },
    mixin: requestOf,
  }
  return pino(options, to ?? pino.destination({ ...TOGETHER, sync: false }))
}

/** Which request a line is about, so that one search finds all that came of it, jobs included. */
function requestOf(): { request?: string } {
  const request = requestId()
  return request === undefined ? {} : { request }
}

/**
 * An error as a log shows it: its name, message, code and stack, and nothing it carries. Errors of the Web API client
 * hold the request, and errors of the database the parameters.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return { message: String(error) }
  // Not every library throws an Error, or emits one.
  const { name, message, code, stack, cause } = error as Partial<Error> & { code?: unknown }
  return {
    type: name ?? error.constructor?.name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack,
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  }
}
