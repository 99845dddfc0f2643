import type { Background } from './background.ts'
import type { Clock } from './clock.ts'
import type { Db } from './database.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Queue } from './queue.ts'
import type { Slack } from './slack.ts'
import type { Ticker } from './ticker.ts'

/** What every feature stands on. Made once, in app.ts. */
export interface Platform {
  /** For answering people: gives up within Slack's three seconds. */
  db: Db
  /** For jobs: patient. */
  jobsDb: Db
  queue: Queue
  /** What is due, asked once a minute. Per workspace: workspace/every-minute.ts. */
  ticker: Ticker
  clock: Clock
  background: Background
  log: Log
  metrics: Metrics
  /** Slack as one workspace's installation sees it. Throws for a workspace without one. */
  slackOf(workspaceId: string): Slack
}

/** The clock's present as the database takes it. */
export const instant = (clock: Clock): Date => new Date(clock.now())
