/** What changes a kudos that was given. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import { findKudos, type Kudos } from './store.ts'

/** Marks a kudos as withdrawn, by its giver or, with `removal`, by an admin. False when it was withdrawn before. */
export async function markWithdrawn(
  { trx, workspaceId }: Tenant,
  id: string,
  now: Date,
  removal: { by: string; reason: string } | null = null,
): Promise<boolean> {
  const result = await trx
    .updateTable('kudos')
    .set({ withdrawn_at: now, removed_by: removal?.by ?? null, removal_reason: removal?.reason ?? null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/**
 * A kudos, its row held until the transaction ends: what changes it comes before or after, never between. Whoever
 * changes who it is shown to holds it to 'change', whoever posts it to 'post'.
 */
export async function holdKudos(tenant: Tenant, id: string, to: 'post' | 'change'): Promise<Kudos | null> {
  if (!isNaturalId(id)) return null
  const { trx, workspaceId } = tenant
  const row = trx.selectFrom('kudos').select('id').where('workspace_id', '=', workspaceId).where('id', '=', id)
  const held = await (to === 'post' ? row.forShare() : row.forUpdate()).executeTakeFirst()
  // Only now, so that it is seen as whoever held it before left it.
  return held ? await findKudos(tenant, id) : null
}

/** Keeps a kudos private for one of its recipients. False when it was before. */
export async function markKeptPrivate({ trx, workspaceId }: Tenant, id: string, member: string): Promise<boolean> {
  const result = await trx
    .updateTable('kudos_recipient')
    .set({ kept_private: true })
    .where('workspace_id', '=', workspaceId)
    .where('kudos_id', '=', id)
    .where('member_id', '=', member)
    .where('kept_private', '=', false)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Keeps a kudos private for all its recipients who by now want kudos shown to them only. */
export async function keepPrivateAsPreferred({ trx, workspaceId }: Tenant, id: string): Promise<void> {
  await sql`
    update kudos_recipient as r set kept_private = true from kudos_preference as p
    where r.workspace_id = ${workspaceId} and r.kudos_id = ${id} and not r.kept_private
      and p.workspace_id = r.workspace_id and p.member_id = r.member_id and p.only_me`.execute(trx)
}

/** Writes down where the message is that a kudos thanks for; '' for nowhere. */
export async function savePermalink({ trx, workspaceId }: Tenant, id: string, permalink: string): Promise<void> {
  await trx
    .updateTable('kudos')
    .set({ permalink })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}
