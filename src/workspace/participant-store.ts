/** Those who take part in check-ins, many at once: a statement for every thousand. */
import { sql } from 'kysely'
import { batches } from '../platform/batches.ts'
import type { Tenant } from '../platform/database.ts'
import type { MemberKind } from './member.ts'
import type { Participant, Until } from './participation.ts'
import { type ParticipationRow, toParticipation } from './participation-store.ts'
import type { TeamSource } from './team.ts'
import { STRENGTH } from './team-store.ts'

const PEOPLE_AT_ONCE = 1_000

/** Everybody who has joined, in the order of ids; whether they may be written to now, `notNow` says. */
export async function listParticipants(tenant: Tenant): Promise<Participant[]> {
  const joined = await tenant.trx
    .selectFrom('participation')
    .select('member_id')
    .where('workspace_id', '=', tenant.workspaceId)
    .where('joined_at', 'is not', null)
    .where('left_at', 'is', null)
    .orderBy('member_id')
    .execute()
  const all: Participant[] = []
  for (const some of batches(joined, PEOPLE_AT_ONCE)) {
    const ids = some.map(({ member_id }) => member_id)
    all.push(...(await findParticipants(tenant, ids)))
  }
  return all
}

/** These people, joined or not; whoever never said anything about check-ins is not among them. */
export async function findParticipants({ trx, workspaceId }: Tenant, ids: string[]): Promise<Participant[]> {
  const { rows } = await sql<ParticipantRow>`
    ${participantRows}
    where p.workspace_id = ${workspaceId}
      and p.member_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    order by p.member_id`.execute(trx)
  return rows.map(toParticipant)
}

/** Of those in `participation as p`, for stores that read them beside something else. */
export const participantRows = sql`
  select p.*, m.kind, m.tz, m.locale, t.team, t.source
  from participation as p
  join member as m on m.workspace_id = p.workspace_id and m.id = p.member_id
  left join lateral (
    select team, source from team_claim
    where workspace_id = p.workspace_id and member_id = p.member_id and until is null
    order by ${STRENGTH} limit 1
  ) as t on true`

export type ParticipantRow = ParticipationRow & {
  member_id: string
  kind: MemberKind
  tz: string | null
  locale: string | null
  team: string | null
  source: TeamSource | null
}

/** Also of a row that came as JSON. */
export const toParticipant = (row: ParticipantRow): Participant => ({
  id: row.member_id,
  kind: row.kind,
  tz: row.tz,
  locale: row.locale,
  team: row.team && row.source ? { name: row.team, source: row.source } : null,
  participation: toParticipation(row),
})

/**
 * Who keeps apart from whom, as [owner, avoided], among those who have joined. It works both ways. For matching alone:
 * nothing that anybody sees may depend on it.
 */
export async function listAvoidances({ trx, workspaceId }: Tenant): Promise<[owner: string, avoided: string][]> {
  const { rows } = await sql<{ owner_id: string; avoided_id: string }>`
    select a.owner_id, a.avoided_id from avoidance as a
    where a.workspace_id = ${workspaceId}
      and exists (select from participation as p where p.workspace_id = a.workspace_id and p.member_id = a.owner_id
        and p.joined_at is not null and p.left_at is null)
      and exists (select from participation as p where p.workspace_id = a.workspace_id and p.member_id = a.avoided_id
        and p.joined_at is not null and p.left_at is null)
    order by a.owner_id, a.avoided_id`.execute(trx)
  return rows.map((row) => [row.owner_id, row.avoided_id])
}

/** The round that these people skip has come: they are in the one after it. */
export async function endSkips({ trx, workspaceId }: Tenant, ids: string[]): Promise<void> {
  await sql`
    update participation set skips_next = false
    where workspace_id = ${workspaceId} and skips_next
      and member_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`.execute(trx)
}

/** Writes down until when people are away; only of those who asked for it, others are left alone. */
export async function saveAway(
  { trx, workspaceId }: Tenant,
  away: { id: string; until: Until | null }[],
): Promise<void> {
  const rows = away.map(({ id, until }) => ({ id, until: until === 'until I say so' ? 'infinity' : until }))
  await sql`
    update participation as p set away_until = seen.until
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as seen (id text, until timestamptz)
    where p.workspace_id = ${workspaceId} and p.member_id = seen.id and p.reads_status
      and p.away_until is distinct from seen.until`.execute(trx)
}

/** The next ones by id who have joined and are still here; after null, the first. */
export async function listJoined({ trx, workspaceId }: Tenant, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.member_id as id from participation as p
    join member as m on m.workspace_id = p.workspace_id and m.id = p.member_id and m.kind in ('member', 'guest')
    where p.workspace_id = ${workspaceId} and p.joined_at is not null and p.left_at is null
      and p.member_id > ${after ?? ''}
    order by p.member_id limit ${limit}`.execute(trx)
  return rows.map(({ id }) => id)
}
