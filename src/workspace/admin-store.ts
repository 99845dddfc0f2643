/** Who may decide for the workspace: Slack's own admins and owners, and whom they named. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

/** Admins who can be written to, but for those left out; at most `limit`, always in the same order. */
export async function listAdmins({ trx, workspaceId }: Tenant, leftOut: string[], limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      -- Literally as in the index, which serves no parameters.
      select id from member where workspace_id = ${workspaceId} and kind = 'member' and (is_admin or is_owner)
      union
      select member.id from setting, jsonb_array_elements_text(setting.value) as named (id)
        join member on member.workspace_id = ${workspaceId} and member.id = named.id and member.kind = 'member'
      where setting.workspace_id = ${workspaceId} and setting.key = 'admins'
    ) as admins
    where id not in (select jsonb_array_elements_text(${JSON.stringify(leftOut)}::jsonb))
    order by id limit ${limit}`.execute(trx)
  return rows.map((row) => row.id)
}

/** Whether somebody may decide for the workspace right now. */
export async function isAdmin({ trx, workspaceId }: Tenant, id: string): Promise<boolean> {
  const { rows } = await sql<{ admin: boolean }>`
    select is_admin or is_owner or exists (
      select from setting where setting.workspace_id = ${workspaceId} and key = 'admins' and value ? ${id}
    ) as admin
    from member where workspace_id = ${workspaceId} and id = ${id} and kind = 'member'`.execute(trx)
  return rows[0]?.admin ?? false
}
