/** The ledger of what was posted: one row a channel and ISO week. */
import { type Selectable, sql } from 'kysely'
import { batches } from '../platform/batches.ts'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import type { MessagePlace } from '../platform/slack.ts'
import type { Kind, Used } from './rotation.ts'

/**
 * due -> claimed -> posted, and from claimed: due again when Slack certainly did not take it (a rate limit, no connection), uncertain
 * when nobody can say whether it did, failed when it refused, gone when the channel is not there for us. skipped was too
 * late, or not wanted any more. uncertain and failed are due again when an admin says so.
 */
export type PostState = 'due' | 'claimed' | 'posted' | 'uncertain' | 'failed' | 'skipped' | 'gone'

interface PromptPostTable {
  workspace_id: string
  id: string
  channel_id: string
  week: string
  due_at: Date
  state: PostState
  prompt_id: string | null
  kind: Kind | null
  cycle: number | null
  text: string | null
  language: string
  join_button: boolean
  attempt: number
  again_by: string | null
  ts: string | null
  problem: string | null
  settled_at: Date | null
  is_told: boolean
  notice_id: string | null
  shown_count: number
  is_stale: boolean
  drawn_at: Date | null
}

declare module '../platform/database.ts' {
  interface Database {
    prompt_post: PromptPostTable
  }
}

/** The id of no post at all: what an admin looks at before it goes out. */
export const TEST_POST = '00000000-0000-0000-0000-000000000000'

/** What is said in a post. */
export interface PostWords {
  promptId: string
  kind: Kind
  /** Slack markup. */
  text: string
  language: string
  joinButton: boolean
}

export interface NewPost {
  id: string
  channel: string
  week: string
  dueAt: Date
  /** null for a week that is written down as skipped: nothing of the rotation is used up by it. */
  words: (PostWords & { cycle: number }) | null
  problem: string | null
}

export interface Post {
  id: string
  channel: string
  week: string
  dueAt: Date
  state: PostState
  words: PostWords | null
  /** Counted up each time an admin has it posted again. */
  attempt: number
  /** The admin who did. */
  againBy: string | null
  place: MessagePlace | null
  problem: string | null
  /** The number that stands in it; 0 for none. */
  shownCount: number
}

export function toPost(row: Selectable<PromptPostTable>): Post {
  const { prompt_id: promptId, kind, text, language, join_button: joinButton } = row
  return {
    id: row.id,
    channel: row.channel_id,
    week: row.week,
    dueAt: row.due_at,
    state: row.state,
    words: promptId && kind && text ? { promptId, kind, text, language, joinButton } : null,
    attempt: row.attempt,
    againBy: row.again_by,
    place: row.ts ? { channel: row.channel_id, ts: row.ts } : null,
    problem: row.problem,
    shownCount: row.shown_count,
  }
}

/** Adds posts, in one statement however many; answers with the ids of those whose channel had none that week. */
export async function insertPosts({ trx, workspaceId }: Tenant, posts: NewPost[]): Promise<Set<string>> {
  const given = posts.map(({ words, ...post }) => ({ ...post, state: words ? 'due' : 'skipped', ...words }))
  const { rows } = await sql<{ id: string }>`
    insert into prompt_post (workspace_id, id, channel_id, week, due_at, state, prompt_id, kind, cycle, text, language,
      join_button, problem)
    select ${workspaceId}, id, channel, week, "dueAt", state, "promptId", kind, cycle, text, coalesce(language, ''),
      coalesce("joinButton", false), problem
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as p (id uuid, channel text, week text, "dueAt" timestamptz,
      state text, "promptId" text, kind text, cycle integer, text text, language text, "joinButton" boolean, problem text)
    on conflict (workspace_id, channel_id, week) do nothing
    returning id`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

export async function findPost({ trx, workspaceId }: Tenant, id: string): Promise<Post | null> {
  if (!isNaturalId(id)) return null
  const row = await trx
    .selectFrom('prompt_post')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? toPost(row) : null
}

/** The post of a channel and week, or null. */
export async function findPostOfWeek(
  { trx, workspaceId }: Tenant,
  channel: string,
  week: string,
): Promise<Post | null> {
  const row = await trx
    .selectFrom('prompt_post')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('channel_id', '=', channel)
    .where('week', '=', week)
    .executeTakeFirst()
  return row ? toPost(row) : null
}

/** Posts that wait to be sent, by id, with the attempt they are at. */
export async function listDue({ trx, workspaceId }: Tenant, limit: number): Promise<{ id: string; attempt: number }[]> {
  return await trx
    .selectFrom('prompt_post')
    .select(['id', 'attempt'])
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'due')
    .limit(limit)
    .execute()
}

/** A change of state from one of `from`; false when the post is in another one by now. */
export async function movePost(
  { trx, workspaceId }: Tenant,
  id: string,
  from: PostState[],
  to: { state: PostState; ts?: string; problem?: string | null; settledAt?: Date },
): Promise<boolean> {
  const result = await trx
    .updateTable('prompt_post')
    .set({
      state: to.state,
      ...(to.ts === undefined ? {} : { ts: to.ts }),
      ...(to.problem === undefined ? {} : { problem: to.problem }),
      ...(to.settledAt === undefined ? {} : { settled_at: to.settledAt, drawn_at: to.settledAt }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Makes a post due once more. False when it is not one that may be posted again, or somebody was first. */
export async function markAgain({ trx, workspaceId }: Tenant, id: string, by: string): Promise<boolean> {
  const result = await trx
    .updateTable('prompt_post')
    .set((eb) => ({
      state: 'due' as const,
      attempt: eb('attempt', '+', 1),
      again_by: by,
      problem: null,
      is_told: false,
    }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', 'in', ['uncertain', 'failed'])
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Each with some two hundred posts. */
const CHANNELS_AT_ONCE = 50

/** What a channel has had, newest first, of as many weeks as there can be in two cycles. */
export async function readUsed(
  { trx, workspaceId }: Tenant,
  channels: string[],
  weeks: number,
): Promise<Map<string, Used[]>> {
  const found = new Map<string, Used[]>()
  for (const some of batches(channels, CHANNELS_AT_ONCE)) {
    const { rows } = await sql<{ channel: string; used: Used[] }>`
      select c.channel, (
        select json_agg(json_build_object('id', p.prompt_id, 'kind', p.kind, 'cycle', p.cycle) order by p.due_at desc)
        from (select * from prompt_post where workspace_id = ${workspaceId} and channel_id = c.channel
          and prompt_id is not null and state not in ('skipped', 'gone')
          order by due_at desc limit ${weeks}) as p
      ) as used
      from jsonb_array_elements_text(${JSON.stringify(some)}::jsonb) as c (channel)`.execute(trx)
    for (const { channel, used } of rows) found.set(channel, used ?? [])
  }
  return found
}

/** Of these channels those whose prompt had the button of joining since `since`. */
export async function readJoinButtons(
  { trx, workspaceId }: Tenant,
  channels: string[],
  since: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ channel: string }>`
    select c.channel from jsonb_array_elements_text(${JSON.stringify(channels)}::jsonb) as c (channel)
    where exists (select from prompt_post where workspace_id = ${workspaceId} and channel_id = c.channel
      and due_at > ${since} and join_button)`.execute(trx)
  return new Set(rows.map(({ channel }) => channel))
}
