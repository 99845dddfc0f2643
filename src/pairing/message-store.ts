/** The ledger: whatever is posted about check-ins has a row first. */
import { sql } from 'kysely'
import { batches } from '../platform/batches.ts'
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { MessagePlace } from '../platform/slack.ts'

/**
 * introduction: to the group of a pairing. alone: nobody was left for somebody who was ready. ghost: a pause after three
 * rounds without an answer. too few, missed: tell an admin that no round opened. The others are about a pairing.
 */
export type MessageKind =
  | 'proposal'
  | 'reminder'
  | 'introduction'
  | 'alone'
  | 'follow-up'
  | 'second follow-up'
  | 'ghost'
  | 'too few'
  | 'missed'
/** due: to be posted. sent: Slack has it. skipped: not wanted any more. gone: its place is not there. failed: given up. */
export type MessageState = 'due' | 'sent' | 'skipped' | 'gone' | 'failed'

declare module '../platform/database.ts' {
  interface Database {
    check_in_message: {
      workspace_id: string
      id: string
      kind: MessageKind
      round_id: string | null
      pairing_id: string | null
      target: string | null
      due_at: Date
      state: MessageState
      channel: string | null
      ts: string | null
      problem: string | null
      settled_at: Date | null
      revision: number
    }
  }
}

export interface CheckInMessage {
  id: string
  kind: MessageKind
  roundId: string | null
  pairingId: string | null
  /** A person; null for the group of a pairing. */
  target: string | null
  dueAt: Date
  state: MessageState
  channel: string | null
  ts: string | null
}

const COLUMNS = [
  'id',
  'kind',
  'round_id as roundId',
  'pairing_id as pairingId',
  'target',
  'due_at as dueAt',
  'state',
  'channel',
  'ts',
] as const

export interface NewMessage {
  kind: MessageKind
  roundId: string | null
  pairingId: string | null
  target: string | null
  dueAt: Date
}

const messageId = (workspaceId: string, { kind, pairingId, roundId, target }: NewMessage) =>
  naturalId('check-in', workspaceId, kind, pairingId ?? roundId ?? '', target ?? '')

/** Each statement stays short in a round of thousands. */
const MESSAGES_AT_ONCE = 1_000
const PAIRINGS_AT_ONCE = 500

/** Adds to what is to be posted; what is there already stays as it is. Answers with what is new. */
export async function insertMessages(
  { trx, workspaceId }: Tenant,
  messages: NewMessage[],
): Promise<Pick<CheckInMessage, 'id' | 'dueAt'>[]> {
  const added: { id: string; dueAt: Date }[] = []
  for (const some of batches(messages, MESSAGES_AT_ONCE)) {
    const news = some.map((message) => ({ ...message, id: messageId(workspaceId, message) }))
    const { rows } = await sql<{ id: string; dueAt: Date }>`
      insert into check_in_message (workspace_id, id, kind, round_id, pairing_id, target, due_at)
      select ${workspaceId}, id, kind, "roundId", "pairingId", target, "dueAt"
      from jsonb_to_recordset(${JSON.stringify(news)}::jsonb) as m (
        id uuid, kind text, "roundId" uuid, "pairingId" uuid, target text, "dueAt" timestamptz
      )
      on conflict do nothing
      returning id, due_at as "dueAt"`.execute(trx)
    added.push(...rows)
  }
  return added
}

/** What is due by now, the longest due first. */
export async function listDue(
  { trx, workspaceId }: Tenant,
  now: Date,
  limit: number,
): Promise<{ id: string; dueAt: Date }[]> {
  return await trx
    .selectFrom('check_in_message')
    .select(['id', 'due_at as dueAt'])
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'due')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute()
}

export async function findMessage({ trx, workspaceId }: Tenant, id: string): Promise<CheckInMessage | null> {
  const row = await trx
    .selectFrom('check_in_message')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** Moves a message to a later time. */
export async function postpone({ trx, workspaceId }: Tenant, id: string, dueAt: Date): Promise<void> {
  await trx
    .updateTable('check_in_message')
    .set({ due_at: dueAt })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'due')
    .execute()
}

/** Makes a message due once more that was given up. */
export async function reopenMessage({ trx, workspaceId }: Tenant, id: string): Promise<void> {
  await trx
    .updateTable('check_in_message')
    .set({ state: 'due', settled_at: null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .execute()
}

/** Writes down what became of a message. */
export async function settleMessage(
  { trx, workspaceId }: Tenant,
  id: string,
  outcome: { state: MessageState; place?: MessagePlace; problem?: string },
  now: Date,
): Promise<void> {
  await trx
    .updateTable('check_in_message')
    .set({ state: outcome.state, problem: outcome.problem ?? null, settled_at: now, ...outcome.place })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** How many messages wait, how many of them for more than a few minutes, and how many were given up. */
export async function countMessages(
  { trx, workspaceId }: Tenant,
  now: Date,
): Promise<{ due: number; late: number; failed: number }> {
  const { rows } = await sql<{ due: number; late: number; failed: number }>`
    select due, late, failed
    -- Two states, two indexes: asked together, none of them would serve.
    from (select count(*)::int as due,
        (count(*) filter (where due_at < ${new Date(now.getTime() - LATE_MS)}))::int as late
      from check_in_message where workspace_id = ${workspaceId} and state = 'due') as waiting,
      (select count(*)::int as failed
      from check_in_message where workspace_id = ${workspaceId} and state = 'failed') as given_up`.execute(trx)
  return rows[0] ?? { due: 0, late: 0, failed: 0 }
}

const LATE_MS = 5 * 60_000

/** The pairings of a round that agreed and could not be introduced. */
export async function listNotIntroduced({ trx, workspaceId }: Tenant, roundId: string): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('check_in_message as m')
    .innerJoin('pairing as p', (join) =>
      join.onRef('p.workspace_id', '=', 'm.workspace_id').onRef('p.id', '=', 'm.pairing_id'),
    )
    .select('p.id')
    .where('p.workspace_id', '=', workspaceId)
    .where('p.round_id', '=', roundId)
    .where('p.state', '=', 'confirmed')
    .where('m.kind', '=', 'introduction')
    .where('m.state', 'in', ['gone', 'failed', 'skipped'])
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** The messages about some pairings that stand in Slack and change with them, each counted once more as to be drawn anew. */
export async function toRedraw(
  { trx, workspaceId }: Tenant,
  pairingIds: string[],
  member: string | null,
): Promise<{ id: string; revision: number }[]> {
  const all: { id: string; revision: number }[] = []
  for (const some of batches(pairingIds, PAIRINGS_AT_ONCE)) {
    const { rows } = await sql<{ id: string; revision: number }>`
      update check_in_message set revision = revision + 1
      where workspace_id = ${workspaceId} and state = 'sent' and kind in ('proposal', 'follow-up', 'second follow-up')
        and pairing_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(some)}::jsonb))
        and (${member}::text is null or target = ${member})
      returning id, revision`.execute(trx)
    all.push(...rows)
  }
  return all
}
