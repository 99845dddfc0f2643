import { createBackground } from '../../src/platform/background.ts'
import type { Db } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import type { Platform } from '../../src/platform/platform.ts'
import type { NewJob } from '../../src/platform/queue.ts'

type Look = (now: Date) => Promise<void>

/** The real code on a real database; only Slack and the queue are stood in for: one takes everything, the other forgets. */
export interface StandIn {
  platform: Platform
  /** What was to be asked once a minute, by name. */
  looks: Map<string, Look>
  /** How many jobs were handed to the queue, by name. */
  enqueued: Map<string, number>
}

export function standIn(db: Db, now: () => Date): StandIn {
  const log = createLog('silent')
  const looks = new Map<string, Look>()
  const enqueued = new Map<string, number>()
  let ts = 0
  const place = async () => {
    ts += 1
    return { channel: 'D0', ts: String(ts) }
  }
  const platform = {
    db,
    jobsDb: db,
    queue: {
      work() {},
      async enqueue(_tenant: unknown, name: string, jobs: NewJob[]) {
        enqueued.set(name, (enqueued.get(name) ?? 0) + jobs.length)
      },
    },
    ticker: { everyMinute: (name: string, look: Look) => looks.set(name, look), async ask() {} },
    clock: { now: () => now().getTime() },
    background: createBackground(log),
    log,
    metrics: createMetrics({ pools: {}, queues: async () => [] }),
    slackOf: () => ({ post: place, openGroup: async () => 'G0', update: async () => {} }),
  } as unknown as Platform
  return { platform, looks, enqueued }
}
