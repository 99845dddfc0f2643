import { sql } from 'kysely'
import type { Db, Tenant } from '../platform/database.ts'
import type { SlackIdentity } from '../platform/slack.ts'
import type { Member, MemberKind, UserGroup } from './member.ts'

/**
 * 'revoked' when Slack took the token away or does not take it any more, 'uninstalled' when people removed the app,
 * 'deleting' while everything about the workspace is deleted.
 */
export type WorkspaceState = 'active' | 'revoked' | 'uninstalled' | 'deleting'

declare module '../platform/database.ts' {
  interface Database {
    workspace: {
      id: string
      bot_user_id: string
      bot_id: string
      installed_at: Date
      scopes: string[]
      enterprise_id: string | null
      token: string | null
      state: WorkspaceState
      stopped_at: Date | null
      stopped_because: string | null
    }
    member: {
      workspace_id: string
      id: string
      kind: MemberKind
      is_admin: boolean
      is_owner: boolean
      tz: string | null
      locale: string | null
      version: string
    }
    user_group: { workspace_id: string; id: string; version: string; name: string }
    user_group_member: { workspace_id: string; group_id: string; member_id: string }
  }
}

/**
 * Remembers who the app is in a workspace whose token works, as the environment's was just seen to. What was stopped goes on.
 * Without a tenant, as the whole table: it is the list of them.
 */
export async function saveInstallation(
  db: Db,
  { workspaceId, botUserId, botId }: Omit<SlackIdentity, 'scopes'>,
  now: Date,
): Promise<void> {
  const state: WorkspaceState = 'active'
  const values = { bot_user_id: botUserId, bot_id: botId, state, stopped_at: null, stopped_because: null }
  await db
    .insertInto('workspace')
    .values({ id: workspaceId, ...values, scopes: [], installed_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values).where('workspace.state', '<>', 'deleting'))
    .execute()
}

/** Ids of the workspaces the app is installed in. */
export async function listWorkspaces(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('workspace').select('id').where('state', '=', 'active').orderBy('id').execute()
  return rows.map((row) => row.id)
}

/** Adds or renews members; answers with those it believed: an older version of a person never replaces a newer one. */
export async function saveMembers({ trx, workspaceId }: Tenant, members: Member[]): Promise<Set<string>> {
  // One text for any number of rows: the server keeps one plan for it.
  const { rows } = await sql<{ id: string }>`
    insert into member (workspace_id, id, kind, is_admin, is_owner, tz, locale, version)
    select ${workspaceId}, id, kind, "isAdmin", "isOwner", tz, locale, version
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as m (
      id text, kind text, "isAdmin" boolean, "isOwner" boolean, tz text, locale text, version bigint
    )
    on conflict (workspace_id, id) do update set
      kind = excluded.kind, is_admin = excluded.is_admin, is_owner = excluded.is_owner,
      tz = excluded.tz, locale = excluded.locale, version = excluded.version
    where excluded.version >= member.version
    returning id`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

/** Replaces the members of a user group, unless a newer version of it is known. */
export async function saveUserGroup({ trx, workspaceId }: Tenant, group: UserGroup): Promise<void> {
  const saved = await trx
    .insertInto('user_group')
    .values({ workspace_id: workspaceId, id: group.id, version: String(group.version), name: group.name })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'id'])
        .doUpdateSet((eb) => ({ version: eb.ref('excluded.version'), name: eb.ref('excluded.name') }))
        .whereRef('excluded.version', '>=', 'user_group.version'),
    )
    .executeTakeFirst()
  if (!saved.numInsertedOrUpdatedRows) return
  await trx
    .deleteFrom('user_group_member')
    .where('workspace_id', '=', workspaceId)
    .where('group_id', '=', group.id)
    .execute()
  await sql`
    insert into user_group_member (workspace_id, group_id, member_id)
    select distinct ${workspaceId}, ${group.id}, member.id from unnest(${group.members}::text[]) as member (id)`.execute(
    trx,
  )
}

/** What the directory knows of somebody, or null. */
export async function findMember(
  { trx, workspaceId }: Tenant,
  id: string,
): Promise<{ kind: MemberKind; tz: string | null } | null> {
  const row = await trx
    .selectFrom('member')
    .select(['kind', 'tz'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** The zones that people are in, the most usual first; at most as many as a menu of Slack's holds. */
export async function listZones({ trx, workspaceId }: Tenant): Promise<string[]> {
  const rows = await trx
    .selectFrom('member')
    .select('tz')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'member')
    .where('tz', 'is not', null)
    .groupBy('tz')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .orderBy('tz')
    .limit(100)
    .execute()
  return rows.flatMap(({ tz }) => tz ?? [])
}

/** The user groups that have members, by name; at most as many as a menu of Slack's holds. */
export async function listUserGroups({ trx, workspaceId }: Tenant): Promise<{ id: string; name: string }[]> {
  return await trx
    .selectFrom('user_group')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('name', '<>', '')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('user_group_member as m')
          .select('m.member_id')
          .whereRef('m.workspace_id', '=', 'user_group.workspace_id')
          .whereRef('m.group_id', '=', 'user_group.id'),
      ),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(100)
    .execute()
}

/** What all these people are; whoever is not known is not in it. */
export async function readKinds({ trx, workspaceId }: Tenant, ids: string[]): Promise<Map<string, MemberKind>> {
  const rows = await trx
    .selectFrom('member')
    .select(['id', 'kind'])
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
    .execute()
  return new Map(rows.map(({ id, kind }) => [id, kind]))
}
