import type { Background } from './background.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { inRequest, newRequestId } from './request-id.ts'

/**
 * Looks what is due right now, and has the queue do it. It is asked by every process, after every start, and at times
 * twice: jobs with natural ids make that harmless.
 */
type Ask = (now: Date) => Promise<void>

/** Asks once a minute, on the minute of the clock, what is due. What fails is logged, and asked again a minute later. */
export interface Ticker {
  /** `name` tells one from another in the log. One that still runs is never asked beside itself, but once more after. */
  everyMinute(name: string, ask: Ask): void
  /** Asks one of them in so many milliseconds, or before if that was wanted already. */
  soon(name: string, ms: number): void
  /** Asks one of them in so many milliseconds, and not sooner, whoever wants it soon. */
  rest(name: string, ms: number): void
  start(): void
  /** Asks now, as after a clock was moved. Resolves once everything was asked. */
  ask(): Promise<void>
  /** Asks nothing new; what runs is the background's to wait for. */
  stop(): void
}

const MINUTE_MS = 60_000

export function createTicker(parts: {
  clock: Clock
  background: Background
  log: Log
  metrics: Pick<Metrics, 'looked'>
}): Ticker {
  const { clock, background, log, metrics } = parts
  const asked = new Map<string, () => Promise<void>>()
  const next = new Map<string, { at: number; timer: NodeJS.Timeout }>()
  const resting = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const ask = async () => {
    await Promise.all([...asked.values()].map((one) => one()))
  }

  function wait(): void {
    timer = setTimeout(
      () => {
        void ask()
        wait()
      },
      MINUTE_MS - (clock.now() % MINUTE_MS),
    )
  }

  function soon(name: string, ms: number): void {
    if (stopped) return
    const now = performance.now()
    const at = Math.max(now + ms, resting.get(name) ?? 0)
    const known = next.get(name)
    if (known && known.at <= at) return
    clearTimeout(known?.timer)
    const timer = setTimeout(() => {
      next.delete(name)
      void asked.get(name)?.()
    }, at - now)
    next.set(name, { at, timer })
  }

  return {
    everyMinute(name, look) {
      let again = false
      let running: Promise<void> | null = null
      const turns = async () => {
        while (again && !stopped) {
          again = false
          try {
            const now = new Date(clock.now())
            await inRequest(newRequestId(), () => look(now))
            metrics.looked(name, now)
          } catch (error) {
            log.warn({ err: error, name }, 'ticker.failed')
          }
          // It asked for a rest: what was wanted meanwhile is looked for after it.
          if ((resting.get(name) ?? 0) > performance.now()) again = false
        }
        running = null
      }
      asked.set(name, async () => {
        if (stopped) return
        again = true
        running ??= background.track(turns())
        await running
      })
    },
    ask,
    soon,
    rest(name, ms) {
      resting.set(name, performance.now() + ms)
      clearTimeout(next.get(name)?.timer)
      next.delete(name)
      soon(name, ms)
    },
    start() {
      void ask()
      wait()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      for (const { timer } of next.values()) clearTimeout(timer)
    },
  }
}
