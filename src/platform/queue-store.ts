/** How the queue stands, read from pg-boss's own tables. */
import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Where jobs go that are given up. */
export const DEAD_LETTERS = 'queue.dead-letter'

export interface QueueState {
  queue: string
  /** Their time has come, and nobody works on them yet. */
  waiting: number
  /** They wait for their time. */
  later: number
  /** How long the oldest of `waiting` has been due. */
  oldestSeconds: number | null
  /** Under way, as last counted at `countedAt`. */
  active: number
  /** When the app last counted its jobs, every five seconds while it runs. */
  countedAt: Date | null
}

/** However many there are, a look stays short. */
const MOST_COUNTED = 50_000

/** Each queue of the app's. Reads what waits, by the index that pg-boss fetches by. */
export async function readQueueStates(db: Db): Promise<QueueState[]> {
  const { rows } = await sql<QueueState>`
    select q.name as queue, w.waiting, w.later, w.oldest as "oldestSeconds",
      q.active_count as active, q.monitor_on as "countedAt"
    from pgboss.queue as q cross join lateral (
      select count(*) filter (where start_after <= now())::int as waiting,
        count(*) filter (where start_after > now())::int as later,
        extract(epoch from now() - min(start_after) filter (where start_after <= now()))::float8 as oldest
      from (
        select start_after from pgboss.job
        where name = q.name and state < 'active' and not blocked
        order by priority desc, created_on limit ${MOST_COUNTED}
      ) as one
    ) as w
    where q.name <> ${DEAD_LETTERS}
    order by q.name`.execute(db)
  return rows
}
