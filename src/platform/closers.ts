import type { Log } from './log.ts'

/** What is open, to be closed from the last opened to the first, also when starting fails half-way. */
export interface Closers {
  add(what: string, close: () => Promise<unknown>): void
  /** Never throws, and ends within ten seconds: what does not close by then is left to the end of the process. */
  closeAll(): Promise<void>
}

const ALL_MS = 9_000

export function createClosers(log: Log): Closers {
  const open: { what: string; close: () => Promise<unknown> }[] = []

  async function closeEach() {
    for (const { what, close } of open.splice(0).reverse()) {
      log.debug({ what }, 'app.closing')
      await close().catch((error: unknown) => log.warn({ err: error, what }, 'app.close-failed'))
    }
  }

  return {
    add: (what, close) => open.push({ what, close }),
    async closeAll() {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<'late'>((done) => {
        timer = setTimeout(() => done('late'), ALL_MS)
      })
      if ((await Promise.race([closeEach(), late])) === 'late') log.error('app.closed-late')
      clearTimeout(timer)
    },
  }
}
