/** What is kept of why a job failed, for the operator: its class and its place, and nothing that somebody wrote. */
export interface JobFailure {
  /** 'Slack: ours', 'DatabaseError', 'TypeError'. */
  type: string
  /** 'chat.postMessage: invalid_blocks', '23505', 'src/kudos/wording.ts:30'. */
  what: string
}

/**
 * An error as a dead letter keeps it. Messages are left out, for they may quote: the database's the parameters, a parser's what it read.
 * Failures of Slack's have none but the method and Slack's own code.
 */
export function describeFailure(error: unknown): JobFailure {
  if (!(error instanceof Error)) return { type: 'Error', what: 'unknown' }
  const { name, message, stack, cause, kind, code } = error as Error & { kind?: unknown; code?: unknown }
  if (name === 'SlackFailure') return { type: `Slack: ${kind}`, what: message }
  // What a job throws to say how to go on, around why.
  if (cause !== undefined) return describeFailure(cause)
  const place = /(?:src|node_modules)\/[\w@./-]+\.[a-z]+:\d+/.exec(stack ?? '')?.[0]
  const type = name === 'error' ? 'DatabaseError' : name
  return { type, what: typeof code === 'string' ? code : (place ?? 'unknown') }
}

/** What pg-boss itself keeps of a job that did not come back. */
const STOPPED = /^job (timed out|heartbeat timeout)/

/** Reads what describeFailure wrote. */
export function readFailure(kept: unknown): JobFailure {
  const { type, what, message, value } = (kept ?? {}) as Record<string, unknown>
  if (typeof type === 'string' && typeof what === 'string') return { type, what }
  const said = message ?? (value as { message?: unknown } | undefined)?.message
  return typeof said === 'string' && STOPPED.test(said)
    ? { type: 'Stopped', what: 'its process ended, or took too long' }
    : { type: 'Error', what: 'unknown' }
}
