/** The app in a process of its own, on a clock that runs faster; for the bench of Slack's limits. */
import { startApp } from '../../src/app.ts'
import { fastClock, type Pace } from './fast-clock.ts'

export interface Start {
  slack: { apiUrl: string; botToken: string; signingSecret: string }
  databaseUrl: string
  pace: Pace
}

const { slack, databaseUrl, pace } = JSON.parse(process.argv[2] ?? '') as Start
const clock = fastClock(pace)
const app = await startApp(
  {
    slack: { mode: 'http', ...slack },
    slackRate: 1,
    database: { kind: 'server', url: databaseUrl },
    host: '127.0.0.1',
    port: 0,
    logLevel: 'error',
    production: false,
  },
  { clock },
)
// The app's own timers run by the real clock: its minutes, and what waits in the queue, are moved on here.
const MINUTE_MS = 60_000
setInterval(() => void app.timePassed(MINUTE_MS - MINUTE_MS / pace.speed), MINUTE_MS / pace.speed)
process.on('disconnect', () => process.exit())
process.send?.({ port: app.port })
