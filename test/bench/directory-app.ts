/** The app in a process of its own, on a clock that whoever started it moves on; for the bench of the directory. */
import { createShiftedClock } from '../../src/platform/clock.ts'
import { type AppOnClock, startOnClock } from './app-on-clock.ts'

/** How far the clock is moved on; the answer is the most that the process had in memory so far. */
export type Step = { moveOn: number }
export type Stepped = { peakMegabytes: number }

const clock = createShiftedClock()
const app = await startOnClock(JSON.parse(process.argv[2] ?? '') as AppOnClock, clock)
const answer = () =>
  process.send?.({ peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024) } satisfies Stepped)
process.on('message', async ({ moveOn }: Step) => {
  clock.moveOn(moveOn)
  if (moveOn > 0) await app.timePassed(moveOn)
  answer()
})
process.on('disconnect', () => process.exit())
answer()
