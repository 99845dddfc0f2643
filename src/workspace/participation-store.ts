import { type RawBuilder, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { NOT_TAKING_PART, type Participation, type Until } from './participation.ts'

declare module '../platform/database.ts' {
  interface Database {
    participation: {
      workspace_id: string
      member_id: string
      joined_at: Date | null
      left_at: Date | null
      paused_until: Date | number | null
      skips_next: boolean
      work_days: number[]
      work_from: number
      work_until: number
      reads_status: boolean
      away_until: Date | number | null
      changed_at: Date
    }
    avoidance: { workspace_id: string; owner_id: string; avoided_id: string; since: Date }
  }
}

/** How somebody takes part; whoever never said anything does not. */
export async function readParticipation({ trx, workspaceId }: Tenant, member: string): Promise<Participation> {
  const row = await trx
    .selectFrom('participation')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', member)
    .executeTakeFirst()
  return row ? toParticipation(row) : NOT_TAKING_PART
}

export interface ParticipationRow {
  joined_at: Date | string | null
  left_at: Date | string | null
  paused_until: Date | string | number | null
  skips_next: boolean
  work_days: number[]
  work_from: number
  work_until: number
  reads_status: boolean
  away_until: Date | string | number | null
}

/** Also of a row that came as JSON. */
export function toParticipation(row: ParticipationRow): Participation {
  return {
    joined: row.joined_at !== null && row.left_at === null,
    pausedUntil: toUntil(row.paused_until),
    skipsNext: row.skips_next,
    hours: { days: row.work_days, from: row.work_from, until: row.work_until },
    readsStatus: row.reads_status,
    awayUntil: toUntil(row.away_until),
  }
}

/** The driver makes a number of 'infinity'. */
function toUntil(stored: Date | string | number | null): Until | null {
  if (stored === null) return null
  return stored === 'infinity' || stored === Infinity ? 'until I say so' : new Date(stored)
}

const fromUntil = (until: Until | null | undefined) => (until === 'until I say so' ? sql<Date>`'infinity'` : until)

/** Changes part of how somebody takes part; the rest stays. Joining again starts anew, leaving ends a pause. */
export async function saveParticipation(
  tenant: Tenant,
  member: string,
  change: Partial<Participation>,
  now: Date,
): Promise<void> {
  const { trx, workspaceId } = tenant
  const { joined, skipsNext, hours, readsStatus } = change
  const [until, away] = [fromUntil(change.pausedUntil), fromUntil(readsStatus === false ? null : change.awayUntil)]
  const values = {
    ...(joined === true ? { joined_at: now, left_at: null } : {}),
    ...(joined === false ? { left_at: now, paused_until: null, skips_next: false } : {}),
    ...(until === undefined ? {} : { paused_until: until }),
    ...(skipsNext === undefined ? {} : { skips_next: skipsNext }),
    ...(hours ? { work_days: hours.days, work_from: hours.from, work_until: hours.until } : {}),
    ...(readsStatus === undefined ? {} : { reads_status: readsStatus }),
    ...(away === undefined ? {} : { away_until: away }),
    changed_at: now,
  }
  // Before any row, or this and an erasure could each hold what the other waits for.
  if (joined) await holdOwnData(tenant, member)
  await trx
    .insertInto('participation')
    .values({ workspace_id: workspaceId, member_id: member, ...values } as never)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet(values as never))
    .execute()
  // Of somebody who was forgotten: the lists on which they were name them as before.
  if (joined) await renameAvoided(tenant, forgottenId(workspaceId, sql`${member}::text`), sql`${member}::text`)
}

/** From here to the end of the transaction this person is not forgotten: nothing about them may appear meanwhile. */
export async function holdOwnData({ trx, workspaceId }: Tenant, member: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('own data ' || ${workspaceId} || ' ' || ${member}, 0))`.execute(
    trx,
  )
}

/** Whether an entry of an avoid list says who it is about: somebody who was forgotten keeps theirs, without a name. */
export const NAMES_SOMEBODY = sql<boolean>`avoided_id not like 'was-%'`

/**
 * What stands on the avoid lists of others for somebody who was forgotten: a list is its owner's, and keeps them apart from
 * whoever comes back. It names nobody to whoever reads it, and is found by whoever knows the id.
 */
export const forgottenId = (workspaceId: string, member: RawBuilder<string>): RawBuilder<string> =>
  sql`'was-' || encode(sha256(convert_to(${workspaceId}::text || ' ' || ${member}, 'UTF8')), 'hex')`

/** Takes somebody who is forgotten from the lists of others, by name. */
export const forgetAvoided = (tenant: Tenant, member: string): Promise<void> =>
  renameAvoided(tenant, sql`${member}::text`, forgottenId(tenant.workspaceId, sql`${member}::text`))

/** What a list has already stays as it is. */
async function renameAvoided(
  { trx, workspaceId }: Tenant,
  from: RawBuilder<string>,
  to: RawBuilder<string>,
): Promise<void> {
  await sql`
    with renamed as (
      delete from avoidance where workspace_id = ${workspaceId} and avoided_id = ${from} returning owner_id, since
    )
    insert into avoidance (workspace_id, owner_id, avoided_id, since)
    select ${workspaceId}, owner_id, ${to}, since from renamed
    on conflict do nothing`.execute(trx)
}

/** Whom somebody does not want to be brought together with, but for those who were forgotten. For their eyes alone. */
export async function listAvoided({ trx, workspaceId }: Tenant, owner: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('avoidance')
    .select('avoided_id')
    .where('workspace_id', '=', workspaceId)
    .where('owner_id', '=', owner)
    .where(NAMES_SOMEBODY)
    .orderBy('since')
    .orderBy('avoided_id')
    .execute()
  return rows.map((row) => row.avoided_id)
}

/** Makes somebody's list be this one; those who were forgotten stay on it, unless it names them again. */
export async function saveAvoided(
  { trx, workspaceId }: Tenant,
  owner: string,
  avoided: string[],
  now: Date,
): Promise<void> {
  const ids = JSON.stringify(avoided)
  await sql`
    delete from avoidance where workspace_id = ${workspaceId} and owner_id = ${owner}
      and ${NAMES_SOMEBODY} and avoided_id not in (select jsonb_array_elements_text(${ids}::jsonb))`.execute(trx)
  await sql`
    delete from avoidance where workspace_id = ${workspaceId} and owner_id = ${owner}
      and avoided_id in (select ${forgottenId(workspaceId, sql`named`)} from jsonb_array_elements_text(${ids}::jsonb) as named)
  `.execute(trx)
  await sql`
    insert into avoidance (workspace_id, owner_id, avoided_id, since)
    select ${workspaceId}, ${owner}, id, ${now} from jsonb_array_elements_text(${ids}::jsonb) as avoided (id)
    on conflict do nothing`.execute(trx)
}
