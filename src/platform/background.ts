import type { Log } from './log.ts'

/** Work that goes on after its request was answered: known, so that a stop can wait for it. */
export interface Background {
  /** Runs `work` on its own. A failure is logged under `event`; nobody else hears of it. */
  run(event: string, work: () => Promise<unknown>): void
  /** Follows work that somebody else awaits. */
  track<T>(work: Promise<T>): Promise<T>
  /** Resolves once nothing runs any more, at the latest after `ms`. */
  settled(ms: number): Promise<void>
}

export function createBackground(log: Log): Background {
  const running = new Set<Promise<unknown>>()

  function track<T>(work: Promise<T>): Promise<T> {
    const entry: Promise<unknown> = work.then(
      () => running.delete(entry),
      () => running.delete(entry),
    )
    running.add(entry)
    return work
  }

  return {
    track,
    run(event, work) {
      track(work()).catch((error) => log.warn({ err: error }, event))
    },
    async settled(ms) {
      let timer: NodeJS.Timeout | undefined
      const timeout = new Promise<void>((done) => {
        timer = setTimeout(done, ms)
      })
      // What finishes may have started something else.
      const drained = (async () => {
        while (running.size > 0) await Promise.all(running)
      })()
      await Promise.race([drained, timeout])
      clearTimeout(timer)
    },
  }
}
