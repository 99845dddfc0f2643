/** What changes about rounds and those who are in them; and up to when openings have been looked for. */
import { sql } from 'kysely'
import { batches } from '../platform/batches.ts'
import type { Tenant } from '../platform/database.ts'
import type { Fate, Round, RoundMember } from './round-store.ts'

/** Up to when openings were looked for; begins with `now` the first time. Two processes come one after the other. */
export async function holdWatch({ trx, workspaceId }: Tenant, now: Date): Promise<Date> {
  await trx
    .insertInto('round_watch')
    .values({ workspace_id: workspaceId, looked_until: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await trx
    .selectFrom('round_watch')
    .select('looked_until')
    .where('workspace_id', '=', workspaceId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return row.looked_until
}

export async function moveWatch({ trx, workspaceId }: Tenant, until: Date): Promise<void> {
  await trx
    .updateTable('round_watch')
    .set({ looked_until: until })
    .where('workspace_id', '=', workspaceId)
    .where('looked_until', '<', until)
    .execute()
}

/** True unless there is one of that id already. */
export async function insertRound(
  { trx, workspaceId }: Tenant,
  round: Omit<Round, 'number' | 'wave'> & { number: number | null; settleAt: Date | null },
): Promise<boolean> {
  const result = await trx
    .insertInto('round')
    .values({
      workspace_id: workspaceId,
      id: round.id,
      date: round.date,
      state: round.state,
      number: round.number,
      people: round.people,
      wave: 1,
      opened_at: round.openedAt,
      closes_at: round.closesAt,
      settle_at: round.settleAt,
      closed_at: round.state === 'open' ? null : round.openedAt,
      expected: round.gap?.expected ?? null,
      was: round.gap?.was ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** What changes while a round is open. */
export async function updateRound(
  { trx, workspaceId }: Tenant,
  id: string,
  change: { wave?: number; settleAt?: Date; closesAt?: Date; closed?: Date },
): Promise<void> {
  const { wave, settleAt, closesAt, closed } = change
  await trx
    .updateTable('round')
    .set({
      ...(wave === undefined ? {} : { wave }),
      ...(settleAt ? { settle_at: settleAt } : {}),
      ...(closesAt ? { closes_at: closesAt } : {}),
      ...(closed ? { state: 'closed' as const, closed_at: closed, settle_at: null } : {}),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** The statement stays short in a round of thousands. */
const MEMBERS_AT_ONCE = 1_000

export async function insertRoundMembers(
  { trx, workspaceId }: Tenant,
  round: Pick<Round, 'id' | 'number'>,
  members: Pick<RoundMember, 'id' | 'waited'>[],
): Promise<void> {
  for (const some of batches(members, MEMBERS_AT_ONCE)) {
    await sql`
      insert into round_member (workspace_id, round_id, member_id, number, waited)
      select ${workspaceId}, ${round.id}, id, ${round.number}, waited
      from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as m (id text, waited integer)`.execute(trx)
  }
}

export async function setAnyone(
  { trx, workspaceId }: Tenant,
  roundId: string,
  member: string,
  anyone: boolean,
): Promise<void> {
  await trx
    .updateTable('round_member')
    .set({ anyone })
    .where('workspace_id', '=', workspaceId)
    .where('round_id', '=', roundId)
    .where('member_id', '=', member)
    .execute()
}

export async function setFate(
  { trx, workspaceId }: Tenant,
  roundId: string,
  members: string[],
  fate: Fate | null,
): Promise<void> {
  await sql`
    update round_member set fate = ${fate}
    where workspace_id = ${workspaceId} and round_id = ${roundId}
      and member_id in (select jsonb_array_elements_text(${JSON.stringify(members)}::jsonb))`.execute(trx)
}
