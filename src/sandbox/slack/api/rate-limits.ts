import type { Clock } from '../../../platform/clock.ts'

/** How often Slack lets a method be called: its published tiers, and posting, which has rules of its own. */
export type Tier = 1 | 2 | 3 | 4 | 'posting'

interface Limit {
  /** What is counted together. */
  key: string
  most: number
  withinMs: number
}

const MINUTE = 60_000
/** Calls a minute, with the little burst that Slack tolerates. */
const A_MINUTE = { 1: 1, 2: 22, 3: 55, 4: 110 }
/** One message a second in a channel, a few at once; and what a workspace takes altogether. */
const IN_CHANNEL = { most: 4, withinMs: 4000 }
const IN_WORKSPACE = { most: 300, withinMs: MINUTE }

/** Counts calls by the workspace's clock. Remembers no more than what is still counted. */
export class RateLimits {
  readonly #calls = new Map<string, number[]>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Counts a call: 0 when it may be made, else the seconds until one may. `channel` is where a message is posted. A call
   * that may not be made does not count.
   */
  take(method: string, tier: Tier, channel: string): number {
    const now = this.#clock.now()
    this.#forget(now)
    const limits = limitsOf(method, tier, channel)
    const waits = limits.map(({ key, most, withinMs }) => {
      const counted = (this.#calls.get(key) ?? []).filter((at) => now - at < withinMs)
      const oldest = counted.at(-most)
      return oldest === undefined ? 0 : oldest + withinMs - now
    })
    const wait = Math.max(...waits)
    if (wait > 0) return Math.ceil(wait / 1000)
    for (const { key } of limits) this.#calls.set(key, [...(this.#calls.get(key) ?? []), now])
    return 0
  }

  /** What is older than a minute counts nowhere; what is yet to come was before somebody turned the clock back. */
  #forget(now: number): void {
    for (const [key, calls] of this.#calls) {
      const counted = calls.filter((at) => at <= now && now - at < MINUTE)
      if (counted.length > 0) this.#calls.set(key, counted)
      else this.#calls.delete(key)
    }
  }
}

function limitsOf(method: string, tier: Tier, channel: string): Limit[] {
  if (tier !== 'posting') return [{ key: method, most: A_MINUTE[tier], withinMs: MINUTE }]
  return [
    { key: `${method} ${channel}`, ...IN_CHANNEL },
    { key: method, ...IN_WORKSPACE },
  ]
}
