/** How each person wants to hear of kudos, and to have them shown. */
import { type SqlBool, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

declare module '../platform/database.ts' {
  interface Database {
    kudos_preference: {
      workspace_id: string
      member_id: string
      notes: boolean
      only_me: boolean
      changed_at: Date
    }
  }
}

export interface Preference {
  /** A note comes when somebody thanks them. */
  notes: boolean
  /** No card shows kudos to them. */
  onlyMe: boolean
}

/** Changes part of what somebody chose; the rest stays. */
export async function savePreference(
  { trx, workspaceId }: Tenant,
  member: string,
  change: Partial<Preference>,
  now: Date,
): Promise<void> {
  const values = {
    ...(change.notes === undefined ? {} : { notes: change.notes }),
    ...(change.onlyMe === undefined ? {} : { only_me: change.onlyMe }),
    changed_at: now,
  }
  await trx
    .insertInto('kudos_preference')
    .values({ workspace_id: workspaceId, member_id: member, notes: true, only_me: false, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet(values))
    .execute()
}

/** Whether somebody wants notes, and whether one is their first: one that was sent, by its id, or else the next one. */
export async function readNotes(
  { trx, workspaceId }: Tenant,
  member: string,
  sent: string | null,
): Promise<{ wanted: boolean; first: boolean }> {
  const { rows } = await sql<{ wanted: boolean | null; had: SqlBool }>`
    select
      (select notes from kudos_preference where workspace_id = ${workspaceId} and member_id = ${member}) as wanted,
      exists (select from kudos_delivery where workspace_id = ${workspaceId} and target = ${member}
        and kind = 'note' and state in ('sent', 'removed') and (${sent}::uuid is null or settled_at < (
          select settled_at from kudos_delivery where workspace_id = ${workspaceId} and id = ${sent}))) as had`.execute(
    trx,
  )
  return { wanted: rows[0]?.wanted ?? true, first: !rows[0]?.had }
}
