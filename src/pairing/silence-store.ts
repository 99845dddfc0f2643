/** Who was asked and never answered. */
import { type RawBuilder, sql } from 'kysely'
import { batches } from '../platform/batches.ts'
import type { Tenant } from '../platform/database.ts'

const GHOST_ROUNDS = 3
/** Each statement stays short in a round of thousands. */
const MEMBERS_AT_ONCE = 1_000

/**
 * Writes down who was asked in a round and never answered; answers with those for whom it was the third time in a row. For
 * them it begins anew.
 */
export async function markSilent({ trx, workspaceId }: Tenant, roundId: string): Promise<string[]> {
  const asked = await trx
    .selectFrom('round_member')
    .select('member_id')
    .where('workspace_id', '=', workspaceId)
    .where('round_id', '=', roundId)
    .orderBy('member_id')
    .execute()
  for (const some of batches(asked, MEMBERS_AT_ONCE)) {
    const ids = JSON.stringify(some.map(({ member_id }) => member_id))
    await sql`
      update round_member as r set silent = true
      where r.workspace_id = ${workspaceId} and r.round_id = ${roundId}
        and r.member_id in (select jsonb_array_elements_text(${ids}::jsonb))
        and exists (${theirs(sql`join check_in_message as m on m.workspace_id = p.workspace_id and m.pairing_id = p.id
          and m.target = r.member_id and m.kind = 'proposal' and m.state = 'sent'`)})
        and not exists (${theirs(sql`and pm.answered_at is not null`)})`.execute(trx)
  }
  const { rows } = await sql<{ id: string }>`
    with ghost as (
      select r.member_id, last.since from round_member as r
      cross join lateral (select count(*) as rounds, bool_and(silent) as silent, min(number) as since from (
        select silent, number from round_member where workspace_id = r.workspace_id and member_id = r.member_id
          and number <= r.number order by number desc limit ${GHOST_ROUNDS}) as three) as last
      where r.workspace_id = ${workspaceId} and r.round_id = ${roundId} and r.silent
        and last.rounds = ${GHOST_ROUNDS} and last.silent
    ), anew as (
      update round_member as r set silent = false from ghost
      where r.workspace_id = ${workspaceId} and r.member_id = ghost.member_id and r.number >= ghost.since
    )
    select member_id as id from ghost`.execute(trx)
  return rows.map(({ id }) => id)
}

/** In a statement about round_member as r: the pairings of that person in that round, with one more condition. */
const theirs = (condition: RawBuilder<unknown>) => sql`
  select from pairing_member as pm
  join pairing as p on p.workspace_id = pm.workspace_id and p.id = pm.pairing_id and p.round_id = r.round_id
  ${condition}
  where pm.workspace_id = r.workspace_id and pm.member_id = r.member_id and pm.number = r.number`
