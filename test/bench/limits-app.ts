/** The app in a process of its own, on a clock that runs faster; for the bench of Slack's limits. */
import { type AppOnClock, startOnClock } from './app-on-clock.ts'
import { fastClock, type Pace } from './fast-clock.ts'

export interface Start extends AppOnClock {
  pace: Pace
}

const { pace, ...start } = JSON.parse(process.argv[2] ?? '') as Start
const app = await startOnClock(start, fastClock(pace))
// The app's own timers run by the real clock: its minutes, and what waits in the queue, are moved on here.
const MINUTE_MS = 60_000
setInterval(() => void app.timePassed(MINUTE_MS - MINUTE_MS / pace.speed), MINUTE_MS / pace.speed)
process.on('disconnect', () => process.exit())
process.send?.({ port: app.port })
