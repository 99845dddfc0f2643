/** The app in a process of its own, on a clock that whoever started it moves on; for the bench of the directory. */
import { startApp } from '../../src/app.ts'
import { createShiftedClock } from '../../src/platform/clock.ts'

export interface Start {
  slack: { apiUrl: string; botToken: string; signingSecret: string }
  databaseUrl: string
}
/** How far the clock is moved on; the answer is the most that the process had in memory so far. */
export type Step = { moveOn: number }
export type Stepped = { peakMegabytes: number }

const clock = createShiftedClock()
const { slack, databaseUrl } = JSON.parse(process.argv[2] ?? '') as Start
const app = await startApp(
  {
    slack: { mode: 'http', ...slack },
    slackRate: 1,
    database: { kind: 'server', url: databaseUrl },
    host: '127.0.0.1',
    port: 0,
    logLevel: 'warn',
    production: false,
  },
  { clock },
)
const answer = () =>
  process.send?.({ peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024) } satisfies Stepped)
process.on('message', async ({ moveOn }: Step) => {
  clock.moveOn(moveOn)
  if (moveOn > 0) await app.timePassed(moveOn)
  answer()
})
process.on('disconnect', () => process.exit())
answer()
