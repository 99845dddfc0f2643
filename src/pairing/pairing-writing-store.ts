/** What changes about pairings. Whoever calls holds the pairing, or its round. */
import { sql } from 'kysely'
import { batches } from '../platform/batches.ts'
import type { Tenant } from '../platform/database.ts'
import type { Answer, Pairing, PairingState } from './lifecycle.ts'
import type { MeetingOutcome, StoredPairing } from './pairing-store.ts'

export interface NewPairing {
  id: string
  members: string[]
  answerBy: Date
  state: 'proposed' | 'confirmed'
}

/** Each statement stays short in a round of thousands. */
const PAIRINGS_AT_ONCE = 1_000

export async function insertPairings(
  { trx, workspaceId }: Tenant,
  round: { id: string; number: number; wave: number },
  pairings: NewPairing[],
): Promise<void> {
  for (const some of batches(pairings, PAIRINGS_AT_ONCE)) {
    const rows = JSON.stringify(some)
    await sql`
      insert into pairing (workspace_id, id, round_id, number, wave, state, answer_by)
      select ${workspaceId}, id, ${round.id}, ${round.number}, ${round.wave}, state, "answerBy"
      from jsonb_to_recordset(${rows}::jsonb) as p (id uuid, state text, "answerBy" timestamptz)`.execute(trx)
    await sql`
      insert into pairing_member (workspace_id, pairing_id, member_id, number, answer)
      select ${workspaceId}, id, member, ${round.number}, case state when 'confirmed' then 'yes' else 'open' end
      from jsonb_to_recordset(${rows}::jsonb) as p (id uuid, state text, members jsonb),
        jsonb_array_elements_text(p.members) as member`.execute(trx)
  }
}

/** Stores what became of a pairing. */
export async function savePairing(
  { trx, workspaceId }: Tenant,
  before: StoredPairing,
  after: Pairing,
  change: { introducedAt?: Date; first?: string } = {},
): Promise<void> {
  const { introducedAt, first } = change
  if (after.state !== before.state) {
    await trx
      .updateTable('pairing')
      .set({
        state: after.state,
        ...(introducedAt ? { introduced_at: introducedAt } : {}),
        ...(first ? { first_id: first } : {}),
      })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', before.id)
      .execute()
  }
}

/** Stores what became of many, whose round is held. */
export async function saveStates(
  { trx, workspaceId }: Tenant,
  pairings: { id: string; state: PairingState }[],
): Promise<void> {
  await sql`
    update pairing as p set state = ended.state
    from jsonb_to_recordset(${JSON.stringify(pairings)}::jsonb) as ended (id uuid, state text)
    where p.workspace_id = ${workspaceId} and p.id = ended.id`.execute(trx)
}

export async function saveAnswer(
  { trx, workspaceId }: Tenant,
  pairingId: string,
  member: string,
  answer: Answer,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('pairing_member')
    .set({ answer, answered_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('pairing_id', '=', pairingId)
    .where('member_id', '=', member)
    .execute()
}

export type Remark = { expectation: number } | { outcome: MeetingOutcome } | { rating: number }

/** What somebody says of a check-in, before or after. */
export async function saveRemark(
  { trx, workspaceId }: Tenant,
  pairingId: string,
  member: string,
  remark: Remark,
  now: Date,
): Promise<void> {
  const at = 'outcome' in remark ? { outcome_at: now } : 'rating' in remark ? { rated_at: now } : {}
  await trx
    .updateTable('pairing_member')
    .set({ ...remark, ...at })
    .where('workspace_id', '=', workspaceId)
    .where('pairing_id', '=', pairingId)
    .where('member_id', '=', member)
    .execute()
}

/** The time to answer is later than was thought. */
export async function extend({ trx, workspaceId }: Tenant, id: string, answerBy: Date): Promise<void> {
  await trx
    .updateTable('pairing')
    .set({ answer_by: answerBy })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('answer_by', '<', answerBy)
    .execute()
}

/** The time to answer is over for all of a round. */
export async function endAnswering({ trx, workspaceId }: Tenant, roundId: string, now: Date): Promise<void> {
  await trx
    .updateTable('pairing')
    .set({ answer_by: now })
    .where('workspace_id', '=', workspaceId)
    .where('round_id', '=', roundId)
    .where('state', '=', 'proposed')
    .where('answer_by', '>', now)
    .execute()
}

/** Somebody has seen who is in it: from now on it is history. */
export async function markShown({ trx, workspaceId }: Tenant, id: string, now: Date): Promise<void> {
  await trx
    .updateTable('pairing')
    .set({ shown_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('shown_at', 'is', null)
    .execute()
}
