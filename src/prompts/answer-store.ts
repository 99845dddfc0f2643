/** Who took part in a prompt: answers and small acts without a word. Each counts once for each person. */
import { type Selectable, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import type { MessagePlace } from '../platform/slack.ts'
import { FEWEST } from '../workspace/rule-of-five.ts'

/** due -> sent -> removed; or skipped (not wanted by then), gone (nowhere to bring it), failed. */
export type AnswerState = 'due' | 'sent' | 'skipped' | 'gone' | 'failed' | 'removed'

interface PromptAnswerTable {
  workspace_id: string
  id: string
  post_id: string
  member_id: string
  to_member: string | null
  about: string[]
  text: string
  answered_at: Date
  removed_at: Date | null
  state: AnswerState
  channel: string | null
  ts: string | null
  problem: string | null
  kudos_id: string | null
}

declare module '../platform/database.ts' {
  interface Database {
    prompt_answer: PromptAnswerTable
    prompt_done: { workspace_id: string; post_id: string; member_id: string; done_at: Date }
  }
}

export interface NewAnswer {
  id: string
  postId: string
  member: string
  /** Whom alone it is for; null for everybody, in the thread. */
  toMember: string | null
  /** Whom it is about, as chosen. */
  about: string[]
  /** Slack markup. */
  text: string
}

export interface Answer extends NewAnswer {
  isRemoved: boolean
  state: AnswerState
  place: MessagePlace | null
  /** What it became. */
  kudosId: string | null
}

function toAnswer(row: Selectable<PromptAnswerTable>): Answer {
  return {
    id: row.id,
    postId: row.post_id,
    member: row.member_id,
    toMember: row.to_member,
    about: row.about,
    text: row.text,
    isRemoved: row.removed_at !== null,
    state: row.state,
    place: row.channel && row.ts ? { channel: row.channel, ts: row.ts } : null,
    kudosId: row.kudos_id,
  }
}

const rows = ({ trx, workspaceId }: Tenant) =>
  trx.selectFrom('prompt_answer').selectAll().where('workspace_id', '=', workspaceId)

/** Stores an answer; false when that person has one to this prompt already. */
export async function insertAnswer({ trx, workspaceId }: Tenant, answer: NewAnswer, now: Date): Promise<boolean> {
  const result = await trx
    .insertInto('prompt_answer')
    .values({
      workspace_id: workspaceId,
      id: answer.id,
      post_id: answer.postId,
      member_id: answer.member,
      to_member: answer.toMember,
      about: answer.about,
      text: answer.text,
      answered_at: now,
      state: 'due',
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function findAnswer(tenant: Tenant, id: string): Promise<Answer | null> {
  const row = await rows(tenant).where('id', '=', id).executeTakeFirst()
  return row ? toAnswer(row) : null
}

/** An answer, its row held until the transaction ends. */
export async function holdAnswer(tenant: Tenant, id: string): Promise<Answer | null> {
  if (!isNaturalId(id)) return null
  const row = await rows(tenant).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? toAnswer(row) : null
}

/** What somebody answered, as long as they did not remove it. */
export async function findAnswerOf(tenant: Tenant, postId: string, member: string): Promise<Answer | null> {
  const row = await rows(tenant)
    .where('post_id', '=', postId)
    .where('member_id', '=', member)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row ? toAnswer(row) : null
}

/** Writes down what became of an answer. */
export async function settleAnswer(
  { trx, workspaceId }: Tenant,
  id: string,
  outcome: { state: AnswerState; place?: MessagePlace; problem?: string; kudosId?: string },
): Promise<void> {
  await trx
    .updateTable('prompt_answer')
    .set({
      state: outcome.state,
      ...(outcome.place ? { channel: outcome.place.channel, ts: outcome.place.ts } : {}),
      ...(outcome.problem ? { problem: outcome.problem } : {}),
      ...(outcome.kudosId ? { kudos_id: outcome.kudosId } : {}),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Makes an answer due once more that was given up. */
export async function reopenAnswer({ trx, workspaceId }: Tenant, id: string): Promise<void> {
  await trx
    .updateTable('prompt_answer')
    .set({ state: 'due' })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .execute()
}

/** Removes somebody's answer to a prompt. Answers with it, or null when there was none. */
export async function removeAnswer(
  { trx, workspaceId }: Tenant,
  postId: string,
  member: string,
  now: Date,
): Promise<Answer | null> {
  const row = await trx
    .updateTable('prompt_answer')
    .set({ removed_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('post_id', '=', postId)
    .where('member_id', '=', member)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row ? toAnswer(row) : null
}

/** Notes that somebody did it. False when they had before. */
export async function insertDone(
  { trx, workspaceId }: Tenant,
  postId: string,
  member: string,
  now: Date,
): Promise<boolean> {
  const result = await trx
    .insertInto('prompt_done')
    .values({ workspace_id: workspaceId, post_id: postId, member_id: member, done_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function removeDone({ trx, workspaceId }: Tenant, postId: string, member: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('prompt_done')
    .where('workspace_id', '=', workspaceId)
    .where('post_id', '=', postId)
    .where('member_id', '=', member)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/**
 * How many different people took part, however they did; and how many people there are, counted no further than tells
 * that five did not.
 */
export async function countTakingPart(
  { trx, workspaceId }: Tenant,
  postId: string,
): Promise<{ people: number; members: number }> {
  const { rows } = await sql<{ people: number; members: number }>`
    with took_part as (
      select count(*)::int as people from (
        select member_id from prompt_answer
          where workspace_id = ${workspaceId} and post_id = ${postId} and removed_at is null
        union select member_id from prompt_done where workspace_id = ${workspaceId} and post_id = ${postId}) as everybody
    )
    select people, (select count(*)::int from (select from member
      where workspace_id = ${workspaceId} and kind in ('member', 'guest', 'single-channel guest')
      limit (select people + ${FEWEST} from took_part)) as counted) as members
    from took_part`.execute(trx)
  return rows[0] ?? { people: 0, members: 0 }
}
