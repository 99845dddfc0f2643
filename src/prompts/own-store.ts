/** The workspace's own prompts. */
import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import type { OwnPrompt } from './planning.ts'
import type { Kind } from './rotation.ts'

declare module '../platform/database.ts' {
  interface Database {
    own_prompt: {
      workspace_id: string
      id: string
      kind: Kind
      text: string
      added_by: string
      added_at: Date
      retired_at: Date | null
    }
  }
}

/** Those that were not retired, oldest first. */
export async function listOwn({ trx, workspaceId }: Tenant): Promise<OwnPrompt[]> {
  return await trx
    .selectFrom('own_prompt')
    .select(['id', 'kind', 'text'])
    .where('workspace_id', '=', workspaceId)
    .where('retired_at', 'is', null)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
}

/** Adds a prompt. The same id twice adds nothing. */
export async function insertOwn(
  { trx, workspaceId }: Tenant,
  { id, kind, text }: OwnPrompt,
  by: string,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('own_prompt')
    .values({ workspace_id: workspaceId, id, kind, text, added_by: by, added_at: now, retired_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Gives a prompt other words. False when it was retired, or never there. */
export async function updateOwn({ trx, workspaceId }: Tenant, { id, kind, text }: OwnPrompt): Promise<boolean> {
  if (!isNaturalId(id)) return false
  const result = await trx
    .updateTable('own_prompt')
    .set({ kind, text })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Has a prompt come no more. False when it was retired before. */
export async function retireOwn({ trx, workspaceId }: Tenant, id: string, now: Date): Promise<boolean> {
  if (!isNaturalId(id)) return false
  const result = await trx
    .updateTable('own_prompt')
    .set({ retired_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
