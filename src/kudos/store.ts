import { type SqlBool, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

declare module '../platform/database.ts' {
  interface Database {
    kudos: {
      workspace_id: string
      id: string
      giver_id: string
      reason: string
      said_in: string | null
      likeness: string
      given_at: Date
      withdrawn_at: Date | null
    }
    kudos_recipient: { workspace_id: string; kudos_id: string; member_id: string; position: number; given_at: Date }
    kudos_preference: { workspace_id: string; member_id: string; notes: boolean; changed_at: Date }
  }
}

export interface Kudos {
  id: string
  giver: string
  recipients: string[]
  /** Slack markup. */
  reason: string
  /** The public channel it was said in, or null when that is nobody else's business. */
  saidIn: string | null
  givenAt: Date
  withdrawn: boolean
}

/** Kudos of the workspace, each with its recipients in the order they were named. */
const kudosRows = ({ trx, workspaceId }: Tenant) =>
  trx
    .selectFrom('kudos')
    .select(['kudos.id', 'giver_id', 'reason', 'said_in', 'kudos.given_at', 'withdrawn_at'])
    .select((eb) =>
      eb
        .selectFrom('kudos_recipient as r')
        .select(sql<string[]>`json_agg(r.member_id order by r.position)`.as('ids'))
        .whereRef('r.workspace_id', '=', 'kudos.workspace_id')
        .whereRef('r.kudos_id', '=', 'kudos.id')
        .as('recipients'),
    )
    .where('kudos.workspace_id', '=', workspaceId)

/** One kudos, or null. */
export async function findKudos(tenant: Tenant, id: string): Promise<Kudos | null> {
  const kudos = await kudosRows(tenant).where('kudos.id', '=', id).executeTakeFirst()
  return kudos ? toKudos(kudos) : null
}

interface KudosRow {
  id: string
  giver_id: string
  reason: string
  said_in: string | null
  given_at: Date
  withdrawn_at: Date | null
  recipients: string[] | null
}

const toKudos = (row: KudosRow): Kudos => ({
  id: row.id,
  giver: row.giver_id,
  recipients: row.recipients ?? [],
  reason: row.reason,
  saidIn: row.said_in,
  givenAt: row.given_at,
  withdrawn: row.withdrawn_at !== null,
})

/** The newest kudos somebody gave and did not withdraw, newest first. */
export async function listGiven(tenant: Tenant, giver: string, limit: number): Promise<Kudos[]> {
  const rows = await kudosRows(tenant)
    .where('giver_id', '=', giver)
    .where('withdrawn_at', 'is', null)
    .orderBy('given_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toKudos)
}

/** The newest kudos somebody received that still stand, newest first. */
export async function listReceived(tenant: Tenant, member: string, limit: number): Promise<Kudos[]> {
  const rows = await kudosRows(tenant)
    .innerJoin('kudos_recipient as mine', (join) =>
      join.onRef('mine.workspace_id', '=', 'kudos.workspace_id').onRef('mine.kudos_id', '=', 'kudos.id'),
    )
    .where('mine.workspace_id', '=', tenant.workspaceId)
    .where('mine.member_id', '=', member)
    .where('withdrawn_at', 'is', null)
    .orderBy('mine.given_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toKudos)
}

/** Marks a kudos as withdrawn. False when it is not this giver's, or was withdrawn before. */
export async function markWithdrawn(
  { trx, workspaceId }: Tenant,
  id: string,
  giver: string,
  now: Date,
): Promise<boolean> {
  const result = await trx
    .updateTable('kudos')
    .set({ withdrawn_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('giver_id', '=', giver)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Whether a kudos stands, its row held until the transaction ends: a withdrawal comes before or after, never between. */
export async function holdKudos({ trx, workspaceId }: Tenant, id: string): Promise<'stands' | 'withdrawn' | 'unknown'> {
  const row = await trx
    .selectFrom('kudos')
    .select('withdrawn_at')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst()
  if (!row) return 'unknown'
  return row.withdrawn_at ? 'withdrawn' : 'stands'
}

/** How somebody takes notes: not at all, or so far without ever having had one. */
export async function readNotes(
  { trx, workspaceId }: Tenant,
  member: string,
): Promise<{ wanted: boolean; first: boolean }> {
  const { rows } = await sql<{ wanted: boolean | null; had: SqlBool }>`
    select
      (select notes from kudos_preference where workspace_id = ${workspaceId} and member_id = ${member}) as wanted,
      exists (select from kudos_delivery where workspace_id = ${workspaceId} and target = ${member}
        and kind = 'note' and state in ('sent', 'removed')) as had`.execute(trx)
  return { wanted: rows[0]?.wanted ?? true, first: !rows[0]?.had }
}

/** Switches somebody's notes on or off. */
export async function saveNotes(
  { trx, workspaceId }: Tenant,
  member: string,
  wanted: boolean,
  now: Date,
): Promise<void> {
  const values = { notes: wanted, changed_at: now }
  await trx
    .insertInto('kudos_preference')
    .values({ workspace_id: workspaceId, member_id: member, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet(values))
    .execute()
}
