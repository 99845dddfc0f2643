/** Keeps to Slack's limits, all processes together, and leaves a workspace in peace where Slack is in trouble. */
import type { Clock } from './clock.ts'
import { type Db, inOneStatement, type Tenant } from './database.ts'
import type { Log } from './log.ts'
import { holdBack, takeTurn } from './slack-budget-store.ts'
import { SlackFailure } from './slack-failure.ts'
import { limitsOf, someoneWaits } from './slack-limits.ts'

export interface SlackBudget {
  /**
   * Resolves when the call may be made. Throws SlackFailure (rate limited) when that is further away than a worker should
   * stand and wait: the queue does it.
   */
  turn(method: string, channel?: string): Promise<void>
  /** What became of the call. */
  note(method: string, channel: string | undefined, failure: SlackFailure | null): Promise<void>
}

/** A worker waits this long for its turn, in the clock's time. */
const STAND_MS = 5_000
/** The clock can be moved on meanwhile. */
const LOOK_MS = 25
/** After so many failures in a row, each pause is twice the last one, up to half a minute. */
const PATIENCE = 10
const LONGEST_PAUSE_MS = 30_000

/** `onWait` hears how long a call was held back. */
export function createSlackBudget(parts: {
  db: Db
  clock: Clock
  log: Log
  workspaceId: string
  /** Config.slackRate. */
  rate: number
  onWait?: (method: string, seconds: number) => void
}): SlackBudget {
  const { db, clock, log, workspaceId, rate, onWait } = parts
  let failures = 0
  let pausedUntil = 0

  function later(method: string, ms: number): SlackFailure {
    const retryAfterSeconds = Math.max(1, Math.ceil(ms / 1_000))
    onWait?.(method, retryAfterSeconds)
    return new SlackFailure({ kind: 'rate limited', method, code: 'not_our_turn', retryAfterSeconds })
  }

  /** Without the database there is no budget; then Slack itself has to say no. */
  async function asked<T>(work: (tenant: Tenant) => Promise<T>): Promise<T | null> {
    try {
      return await inOneStatement(db, workspaceId, work)
    } catch (error) {
      log.warn({ err: error, workspace: workspaceId }, 'slack.budget-unknown')
      return null
    }
  }

  async function until(at: number): Promise<void> {
    for (let left = at - clock.now(); left > 0; left = at - clock.now()) {
      await new Promise((done) => setTimeout(done, Math.min(left, LOOK_MS)))
    }
  }

  return {
    async turn(method, channel) {
      const limits = limitsOf(method, channel, rate)
      if (limits.length === 0) return
      const now = clock.now()
      if (now < pausedUntil && !someoneWaits(method)) throw later(method, pausedUntil - now)
      const at = await asked((tenant) => takeTurn(tenant, limits, new Date(now), new Date(now + STAND_MS)))
      const wait = at ? at.getTime() - now : 0
      if (wait > STAND_MS) throw later(method, wait)
      if (wait <= 0) return
      onWait?.(method, wait / 1_000)
      await until(now + wait)
    },

    async note(method, channel, failure) {
      if (failure?.kind !== 'transient') {
        failures = 0
        pausedUntil = 0
      } else if (!someoneWaits(method)) {
        // What people try by hand says too little, and they may try again at once.
        failures += 1
        const pause = failures < PATIENCE ? 0 : Math.min(1_000 * 2 ** (failures - PATIENCE), LONGEST_PAUSE_MS)
        pausedUntil = clock.now() + pause
      }
      if (failure?.retryAfterSeconds == null) return
      const limits = limitsOf(method, channel, rate)
      const then = new Date(clock.now() + failure.retryAfterSeconds * 1_000)
      if (limits.length > 0) await asked((tenant) => holdBack(tenant, limits, then))
    },
  }
}
