/** The app in a process of a bench's own, on a clock of its own, against the sandbox. */
import { type RunningApp, startApp } from '../../src/app.ts'
import type { Clock } from '../../src/platform/clock.ts'

export interface AppOnClock {
  slack: { apiUrl: string; botToken: string; signingSecret: string }
  databaseUrl: string
}

export const startOnClock = ({ slack, databaseUrl }: AppOnClock, clock: Clock): Promise<RunningApp> =>
  startApp(
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
