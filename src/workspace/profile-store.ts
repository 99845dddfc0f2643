/** What the app was granted, and the fields that the workspace has in its profiles. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import type { ProfileField } from '../platform/slack.ts'

declare module '../platform/database.ts' {
  interface Database {
    profile_field: { workspace_id: string; id: string; label: string; place: number }
  }
}

/** As many as a menu of Slack's holds, beside "None". */
const MOST_FIELDS = 99

export async function saveScopes({ trx, workspaceId }: Tenant, scopes: string[]): Promise<void> {
  await trx.updateTable('workspace').set({ scopes }).where('id', '=', workspaceId).execute()
}

/** Makes the fields be these, in this order. */
export async function saveProfileFields({ trx, workspaceId }: Tenant, fields: ProfileField[]): Promise<void> {
  const rows = JSON.stringify(fields.slice(0, MOST_FIELDS).map((field, place) => ({ ...field, place })))
  await sql`
    delete from profile_field where workspace_id = ${workspaceId}
      and id not in (select id from jsonb_to_recordset(${rows}::jsonb) as f (id text))`.execute(trx)
  await sql`
    insert into profile_field (workspace_id, id, label, place)
    select ${workspaceId}, id, label, place from jsonb_to_recordset(${rows}::jsonb) as f (id text, label text, place smallint)
    on conflict (workspace_id, id) do update set label = excluded.label, place = excluded.place`.execute(trx)
}

export async function listProfileFields({ trx, workspaceId }: Tenant): Promise<ProfileField[]> {
  return await trx
    .selectFrom('profile_field')
    .select(['id', 'label'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('place')
    .execute()
}

/** What the app was granted, as it was last seen. */
export async function listScopes({ trx, workspaceId }: Tenant): Promise<string[]> {
  const row = await trx.selectFrom('workspace').select('scopes').where('id', '=', workspaceId).executeTakeFirst()
  return row?.scopes ?? []
}
