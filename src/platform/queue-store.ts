/** How the queue stands, read from pg-boss's own tables; and its dead letters, which wait for the operator. */
import { type Kysely, sql } from 'kysely'
import { type Database, type Db, isMissing } from './database.ts'
import { type JobFailure, readFailure } from './job-failure.ts'

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

/** Each queue of the app's; null where the app has never run. Reads what waits, by the index that pg-boss fetches by. */
export async function findQueueStates(db: Db): Promise<QueueState[] | null> {
  try {
    return await readQueueStates(db)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

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

/** What a job of a queue failed with that is to be tried again. */
export interface FailingJob {
  queue: string
  id: string
  tries: number
  failure: JobFailure
  /** When it is tried next. */
  nextAt: Date
}

/** Jobs that failed and wait for another try, those first that have been tried most. */
export async function listFailing(db: Db, limit: number): Promise<FailingJob[]> {
  const { rows } = await sql<Omit<FailingJob, 'failure'> & { output: unknown }>`
    select one.* from pgboss.queue as q cross join lateral (
      select name as queue, id, retry_count as tries, output, start_after as "nextAt" from pgboss.job
      where name = q.name and state < 'active' and not blocked and retry_count > 0 and output is not null
        and not output ? 'postponed'
      order by priority desc, created_on limit ${limit}
    ) as one
    order by tries desc, "nextAt" limit ${limit}`.execute(db)
  return rows.map(({ output, ...job }) => ({ ...job, failure: readFailure(output) }))
}

/** A job that was given up. What it was about is not in here: it may be what somebody wrote. */
export interface DeadLetter {
  id: string
  queue: string
  /** null for a job that names none. */
  workspaceId: string | null
  tries: number
  failure: JobFailure
  at: Date
  /** As its log lines have it. */
  requestId: string | null
}

/** The newest first. */
export async function listDeadLetters(
  db: Db,
  { queue, limit }: { queue: string | null; limit: number },
): Promise<{ letters: DeadLetter[]; total: number }> {
  const { rows } = await sql<Omit<DeadLetter, 'failure'> & { output: unknown; total: number }>`
    select id, source_name as queue, data ->> 'workspaceId' as "workspaceId", source_retry_count + 1 as tries,
      source_output as output, created_on as at, data ->> 'requestId' as "requestId", count(*) over ()::int as total
    from pgboss.job
    where name = ${DEAD_LETTERS} and (${queue}::text is null or source_name = ${queue})
    order by created_on desc, id limit ${limit}`.execute(db)
  const letters = rows.map(({ total: _, output, ...letter }) => ({ ...letter, failure: readFailure(output) }))
  return { letters, total: rows[0]?.total ?? 0 }
}

/** Whose dead letter this is; null when there is none of this id. */
export async function findDeadLetter(
  db: Db,
  id: string,
): Promise<{ queue: string; workspaceId: string | null } | null> {
  const { rows } = await sql<{ queue: string; workspaceId: string | null }>`
    select source_name as queue, data ->> 'workspaceId' as "workspaceId" from pgboss.job
    where name = ${DEAD_LETTERS} and id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** Whether there is such a queue: another version may have had others. */
export async function hasQueue(db: Db, queue: string): Promise<boolean> {
  return (await sql`select 1 from pgboss.queue where name = ${queue}`.execute(db)).rows.length > 0
}

/** Ids of dead letters, the oldest first. */
export async function listDeadLetterIds(db: Db, queue: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from pgboss.job
    where name = ${DEAD_LETTERS} and (${queue}::text is null or source_name = ${queue})
    order by created_on, id`.execute(db)
  return rows.map(({ id }) => id)
}

/** A job that was given up, taken out of the dead letters to be done something with. */
export interface TakenLetter {
  queue: string
  jobId: string
  data: Record<string, unknown>
}

/** Takes a dead letter away, and what is left of the job that failed; null when somebody else was faster. */
export async function takeDeadLetter(trx: Kysely<Database>, id: string): Promise<TakenLetter | null> {
  const { rows } = await sql<TakenLetter>`
    with letter as (
      delete from pgboss.job where name = ${DEAD_LETTERS} and id = ${id}
      returning source_name, source_id, data
    ), failed as (
      delete from pgboss.job as j using letter
      where j.name = letter.source_name and j.id = letter.source_id and j.state = 'failed'
    )
    select source_name as queue, source_id as "jobId", coalesce(data, '{}') as data from letter`.execute(trx)
  return rows[0] ?? null
}

/** Puts a job back into its queue as if it were new, under the id that it had. */
export async function putBack(trx: Kysely<Database>, { queue, jobId, data }: TakenLetter): Promise<void> {
  const workspaceId = typeof data.workspaceId === 'string' ? data.workspaceId : null
  // As pg-boss would: whatever a queue says of its jobs is written into each. Of a group it runs one at a time.
  await sql`
    insert into pgboss.job (id, name, data, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds,
      deletion_seconds, keep_until, policy, dead_letter, heartbeat_seconds, group_id)
    select ${jobId}, name, ${JSON.stringify(data)}::jsonb, retry_limit, retry_delay, retry_backoff, retry_delay_max,
      expire_seconds, deletion_seconds, now() + retention_seconds * interval '1s', policy, dead_letter,
      heartbeat_seconds, ${workspaceId}
    from pgboss.queue where name = ${queue}
    on conflict do nothing`.execute(trx)
}
