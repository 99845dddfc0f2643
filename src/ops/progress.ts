/** How far a long command is, on the terminal's side channel, so that what it prints at the end can still be piped. */
export interface Progress {
  /** Says so at every tenth of the whole, and at the first and the last step. */
  step(done: number, total: number): void
}

export function createProgress(what: string, write: (line: string) => void): Progress {
  let told = -1
  return {
    step(done, total) {
      const tenth = Math.floor((done * 10) / Math.max(1, total))
      if (tenth === told && done !== 1 && done !== total) return
      told = tenth
      write(`${what}: ${done} of ${total}\n`)
    },
  }
}
