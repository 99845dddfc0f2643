/** The number in a post, which follows those who took part calmly. */
import type { Tenant } from '../platform/database.ts'

/** Says that somebody came or went since the number in a post was drawn. */
export async function markStale({ trx, workspaceId }: Tenant, postId: string): Promise<void> {
  await trx
    .updateTable('prompt_post')
    .set({ is_stale: true })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', postId)
    .where('is_stale', '=', false)
    .execute()
}

/** Posts whose number may be another one by now, those that were drawn longest ago first. */
export async function listStale({ trx, workspaceId }: Tenant, limit: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('prompt_post')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('is_stale', '=', true)
    .orderBy('drawn_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Takes note that the number is looked at now: whoever comes or goes from here on says so again. */
export async function markLookedAt({ trx, workspaceId }: Tenant, postId: string, now: Date): Promise<void> {
  await trx
    .updateTable('prompt_post')
    .set({ is_stale: false, drawn_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', postId)
    .execute()
}

export async function saveShownCount({ trx, workspaceId }: Tenant, postId: string, shown: number): Promise<void> {
  await trx
    .updateTable('prompt_post')
    .set({ shown_count: shown })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', postId)
    .execute()
}
