import { ErrorCode } from '@slack/web-api'
import { RetryAfter } from './queue.ts'

/**
 * What a failure asks for:
 * - gone: what it was about is no longer there, or not for us. Stop, and remember.
 * - rate limited: wait as told, then try again.
 * - transient: Slack's or the network's trouble. Try again, later and later. Whether it was done is not known.
 * - ours: a defect or a wrong setting here. Trying again as it is can't help; somebody must look.
 * - revoked: the token is not taken any more, or there is none. Nothing of that workspace can be sent until the app is
 *   installed anew.
 */
export type FailureKind = 'gone' | 'rate limited' | 'transient' | 'ours' | 'revoked'

export class SlackFailure extends Error {
  readonly kind: FailureKind
  readonly method: string
  /** Slack's error code, or a word of ours for failures below it. */
  readonly code: string
  /** With 'rate limited': how long to wait. */
  readonly retryAfterSeconds: number | null
  constructor(failure: {
    kind: FailureKind
    method: string
    code: string
    retryAfterSeconds?: number
    cause?: unknown
  }) {
    super(`${failure.method}: ${failure.code}`, failure.cause === undefined ? {} : { cause: failure.cause })
    this.name = 'SlackFailure'
    this.kind = failure.kind
    this.method = failure.method
    this.code = failure.code
    this.retryAfterSeconds = failure.retryAfterSeconds ?? null
  }
}

const GONE = new Set([
  'cannot_dm_bot',
  'cant_delete_message',
  'cant_dm_bot',
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'exchanged_trigger_id',
  'expired_trigger_id',
  'hash_conflict',
  'invalid_user_combination',
  'is_archived',
  'message_not_found',
  'messages_tab_disabled',
  'not_in_channel',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'thread_not_found',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
])

const TRANSIENT = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
])

const REVOKED = new Set(['account_inactive', 'invalid_auth', 'not_authed', 'token_expired', 'token_revoked'])

/** True for an error code of Slack's that says the token is good for nothing any more. */
export const isRevocation = (code: string): boolean => REVOKED.has(code)

/** What the Web API client threw, as one of the kinds. */
export function classify(method: string, error: unknown): SlackFailure {
  const e = error as { code?: string; retryAfter?: number; statusCode?: number; data?: { error?: string } }
  switch (e.code) {
    case ErrorCode.RateLimitedError:
      return new SlackFailure({
        kind: 'rate limited',
        method,
        code: 'ratelimited',
        retryAfterSeconds: e.retryAfter ?? 1,
      })
    case ErrorCode.PlatformError:
      return ofCode(method, e.data?.error ?? 'unknown_error')
    case ErrorCode.HTTPError:
      return new SlackFailure({
        kind: (e.statusCode ?? 500) >= 500 ? 'transient' : 'ours',
        method,
        code: `http_${e.statusCode}`,
      })
    case ErrorCode.RequestError:
      return new SlackFailure({ kind: 'transient', method, code: 'request_failed', cause: error })
    default:
      return new SlackFailure({ kind: 'ours', method, code: 'unexpected', cause: error })
  }
}

function ofCode(method: string, code: string): SlackFailure {
  if (code === 'ratelimited' || code === 'rate_limited') {
    return new SlackFailure({ kind: 'rate limited', method, code, retryAfterSeconds: 1 })
  }
  return new SlackFailure({ kind: kindOf(code), method, code })
}

function kindOf(code: string): FailureKind {
  if (GONE.has(code)) return 'gone'
  if (isRevocation(code)) return 'revoked'
  return TRANSIENT.has(code) ? 'transient' : 'ours'
}

/** True for a failure of kind 'gone', or of one of the given codes. */
export function isGone(error: unknown, ...codes: string[]): boolean {
  return error instanceof SlackFailure && error.kind === 'gone' && (codes.length === 0 || codes.includes(error.code))
}

/** A failure as the queue takes it: a rate limit says when to come back. */
export function orLater(error: unknown): unknown {
  const seconds = error instanceof SlackFailure ? error.retryAfterSeconds : null
  return seconds === null ? error : new RetryAfter(seconds, error)
}

/** No connection was made at all. */
const NO_CONNECTION = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']

/** The code of a call that was not even tried, because something of ours failed before. */
export const NOT_ATTEMPTED = 'not_attempted'

/** True when a call certainly never reached Slack: nothing can have come of it. */
export function wasNeverSent(failure: SlackFailure): boolean {
  if (failure.code === NOT_ATTEMPTED) return true
  let at: unknown = failure.cause
  // Wrapped by the Web API client, and by whatever it sends with.
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const { code, original, cause, errors } = at as {
      code?: string
      original?: unknown
      cause?: unknown
      errors?: unknown[]
    }
    if (code !== undefined && NO_CONNECTION.includes(code)) return true
    at = original ?? cause ?? errors?.[0]
  }
  return false
}
