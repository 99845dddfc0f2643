import { createShiftedClock, type ShiftedClock } from '../../src/platform/clock.ts'

export interface TestClock extends ShiftedClock {
  advance(by: { minutes?: number; seconds?: number }): void
}

/** The real time, plus what the test adds: everything still moves, only later. */
export function createTestClock(): TestClock {
  const clock = createShiftedClock()
  return {
    ...clock,
    advance({ minutes = 0, seconds = 0 }) {
      clock.moveOn((minutes * 60 + seconds) * 1_000)
    },
  }
}
