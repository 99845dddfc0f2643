import type { Clock } from '../../src/platform/clock.ts'

export interface TestClock extends Clock {
  advance(by: { minutes?: number; seconds?: number }): void
}

/** The real time, plus what the test adds: everything still moves, only later. */
export function createTestClock(): TestClock {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    advance({ minutes = 0, seconds = 0 }) {
      offset += (minutes * 60 + seconds) * 1_000
    },
  }
}
