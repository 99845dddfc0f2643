/** The channels that have a weekly prompt, and what comes next in each. */
import { type Selectable, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { ChannelPlan, Next } from './planning.ts'
import type { Choice, Kind } from './rotation.ts'
import type { Due } from './schedule.ts'

interface PromptChannelTable {
  workspace_id: string
  channel_id: string
  weekday: number
  due_time: string
  zone: string
  kinds: ChannelPlan['kinds']
  own: ChannelPlan['own']
  language: string
  join_button: boolean
  skipped_weeks: string[]
  next_due_at: Date | null
  next_week: string | null
  next_prompt: string | null
  next_kind: Kind | null
  next_cycle: number | null
  passed_over: string[]
}

declare module '../platform/database.ts' {
  interface Database {
    prompt_channel: PromptChannelTable
  }
}

export interface PromptChannel extends ChannelPlan {
  /** When the next one is due; null until it was planned. */
  due: Due | null
  /** Which one that is; null until it was chosen. */
  choice: Choice | null
  /** What an admin did not want this time. */
  passedOver: string[]
}

function toChannel(row: Selectable<PromptChannelTable>): PromptChannel {
  const { next_due_at: at, next_week: week, next_prompt: id, next_kind: kind, next_cycle: cycle } = row
  return {
    channel: row.channel_id,
    weekday: row.weekday,
    time: row.due_time,
    zone: row.zone,
    kinds: row.kinds,
    own: row.own,
    language: row.language,
    joinButton: row.join_button,
    skippedWeeks: row.skipped_weeks,
    due: at && week ? { at, week } : null,
    choice: id && kind && cycle ? { id, kind, cycle } : null,
    passedOver: row.passed_over,
  }
}

const rows = ({ trx, workspaceId }: Tenant) =>
  trx.selectFrom('prompt_channel').selectAll().where('workspace_id', '=', workspaceId)

/** The channels with a prompt, those whose turn comes first in front. */
export async function listChannels(tenant: Tenant, page: { limit: number; offset: number }): Promise<PromptChannel[]> {
  const found = await rows(tenant)
    .orderBy('next_due_at')
    .orderBy('channel_id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return found.map(toChannel)
}

export async function countChannels({ trx, workspaceId }: Tenant): Promise<number> {
  const row = await trx
    .selectFrom('prompt_channel')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** A channel with a prompt, or null; with `hold` nobody else changes it until the transaction ends. */
export async function findChannel(tenant: Tenant, channel: string, hold = false): Promise<PromptChannel | null> {
  const row = rows(tenant).where('channel_id', '=', channel)
  const found = await (hold ? row.forUpdate() : row).executeTakeFirst()
  return found ? toChannel(found) : null
}

/** The channels whose turn has come, or was never planned; each held, and left out where another process holds it. */
export async function holdDueChannels(tenant: Tenant, now: Date, limit: number): Promise<PromptChannel[]> {
  const found = await rows(tenant)
    .where((eb) => eb.or([eb('next_due_at', '<=', now), eb('next_due_at', 'is', null)]))
    .orderBy('next_due_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  return found.map(toChannel)
}

/** Has it chosen anew what comes next: where a prompt would, or wherever the workspace's own come first. */
export async function forgetChoices(
  { trx, workspaceId }: Tenant,
  where: { promptId: string } | { own: 'first' },
): Promise<void> {
  const all = trx.updateTable('prompt_channel').set({ next_prompt: null }).where('workspace_id', '=', workspaceId)
  await ('own' in where ? all.where('own', '=', where.own) : all.where('next_prompt', '=', where.promptId)).execute()
}

/** Saves what an admin decided for a channel. What comes next is planned anew by whoever calls. */
export async function saveChannelPlan({ trx, workspaceId }: Tenant, plan: ChannelPlan): Promise<void> {
  const values = {
    weekday: plan.weekday,
    due_time: plan.time,
    zone: plan.zone,
    kinds: plan.kinds,
    own: plan.own,
    language: plan.language,
    join_button: plan.joinButton,
    skipped_weeks: plan.skippedWeeks,
  }
  await trx
    .insertInto('prompt_channel')
    .values({ workspace_id: workspaceId, channel_id: plan.channel, ...values, passed_over: [] })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'channel_id']).doUpdateSet(values))
    .execute()
}

/** Writes down what comes next in these channels, in one statement however many. */
export async function saveNext(
  { trx, workspaceId }: Tenant,
  planned: { channel: string; next: Next; passedOver: string[] }[],
): Promise<void> {
  const rows = planned.map(({ channel, next, passedOver }) => ({ channel, ...next.due, ...next.choice, passedOver }))
  await sql`
    update prompt_channel as c set next_due_at = n.at, next_week = n.week, next_prompt = n.id, next_kind = n.kind,
      next_cycle = n.cycle, passed_over = array(select jsonb_array_elements_text(n."passedOver"))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as n (channel text, at timestamptz, week text, id text, kind text, cycle integer, "passedOver" jsonb)
    where c.workspace_id = ${workspaceId} and c.channel_id = n.channel`.execute(trx)
}

/** Ends the weekly prompt of a channel. False when there was none. */
export async function deleteChannel({ trx, workspaceId }: Tenant, channel: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('prompt_channel')
    .where('workspace_id', '=', workspaceId)
    .where('channel_id', '=', channel)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
