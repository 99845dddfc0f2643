import type { Clock } from '../../src/platform/clock.ts'

/** A clock that says `starts` at the real moment `from`, and runs so many times as fast: the same one in every process. */
export interface Pace {
  from: number
  starts: number
  speed: number
}

export const fastClock = ({ from, starts, speed }: Pace): Clock => ({
  now: () => starts + (Date.now() - from) * speed,
})
