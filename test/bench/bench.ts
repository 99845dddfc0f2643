/** What every bench gets and gives. */
export interface BenchRun {
  /** Prints a line for people. */
  say(line: string): void
  /** To be called at the end, also after a failure or Ctrl+C; the last one first. */
  afterwards(clean: () => unknown): void
}

export interface Goal {
  /** In words, such as "p99 at most 3 times bare Bolt's". */
  goal: string
  /** A number, or why there is none. */
  measured: number | string
  met: boolean
}

/** Throws when what was measured can't be trusted. */
export type Bench = (run: BenchRun) => Promise<{ figures: object; goals: Record<string, Goal> }>
