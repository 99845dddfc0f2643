/** Where the present comes from. Everything else takes time as an argument. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** The real clock, some way ahead: it goes on as the real one does, and can be moved on, never back. */
export interface ShiftedClock extends Clock {
  /** By how many milliseconds. */
  ahead(): number
  moveOn(ms: number): void
  /** The real time again. */
  reset(): void
}

export function createShiftedClock(ahead = 0): ShiftedClock {
  let shift = Math.max(0, ahead)
  return {
    now: () => systemClock.now() + shift,
    ahead: () => shift,
    moveOn(ms) {
      shift += Math.max(0, ms)
    },
    reset() {
      shift = 0
    },
  }
}
