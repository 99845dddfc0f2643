/** What a workspace decided, and who changed it when. */
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { readSetting, type SettingKey, type SettingValue } from './settings.ts'

declare module '../platform/database.ts' {
  interface Database {
    setting: { workspace_id: string; key: string; value: unknown; changed_at: Date }
    setting_change: {
      workspace_id: string
      id: string
      key: string
      previous: unknown
      value: unknown
      changed_by: string | null
      changed_at: Date
    }
  }
}

export type Settings = { [K in SettingKey]: SettingValue<K> }

/** One setting, or its default. */
export async function getSetting<K extends SettingKey>(tenant: Tenant, key: K): Promise<SettingValue<K>> {
  return (await getSettings(tenant, [key]))[key]
}

/** Several settings at once, each with its default where nothing is stored. */
export async function getSettings<K extends SettingKey>(
  { trx, workspaceId }: Tenant,
  keys: readonly K[],
): Promise<Pick<Settings, K>> {
  const rows = await trx
    .selectFrom('setting')
    .select(['key', 'value'])
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`)
    .execute()
  const stored = new Map(rows.map(({ key, value }) => [key, value]))
  return Object.fromEntries(keys.map((key) => [key, readSetting(key, stored.get(key))])) as Pick<Settings, K>
}

/**
 * Changes settings, and writes down who did. `by` is a member's id, or null for the operator. What stays as it was is no
 * change. Two admins at once come one after the other. Answers with the keys that changed.
 */
export async function saveSettings(
  tenant: Tenant,
  values: Partial<Settings>,
  by: string | null,
  now: Date,
): Promise<SettingKey[]> {
  const { trx, workspaceId } = tenant
  await sql`select pg_advisory_xact_lock(hashtextextended('settings ' || ${workspaceId}, 0))`.execute(trx)
  const keys = Object.keys(values) as SettingKey[]
  const before = await getSettings(tenant, keys)
  const changed = keys.filter((key) => !isDeepStrictEqual(before[key], values[key]))
  for (const key of changed) {
    const row = { value: JSON.stringify(values[key]), changed_at: now }
    await trx
      .insertInto('setting')
      .values({ workspace_id: workspaceId, key, ...row })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doUpdateSet(row))
      .execute()
    await noteChange(tenant, { key, previous: before[key], value: values[key], by, at: now })
  }
  return changed
}

/** Writes down that somebody decided something for the workspace: a setting, or what is like one, such as somebody's team. */
export async function noteChange({ trx, workspaceId }: Tenant, change: SettingChange): Promise<void> {
  const { key, previous, value, by, at } = change
  await sql`
    insert into setting_change (workspace_id, key, previous, value, changed_by, changed_at)
    values (${workspaceId}, ${key}, ${JSON.stringify(previous)}::jsonb, ${JSON.stringify(value)}::jsonb, ${by}, ${at})`.execute(
    trx,
  )
}

export interface SettingChange {
  key: string
  previous: unknown
  value: unknown
  /** null for the operator. */
  by: string | null
  at: Date
}

/** The last changes, newest first. */
export async function listSettingChanges({ trx, workspaceId }: Tenant, limit: number): Promise<SettingChange[]> {
  const rows = await trx
    .selectFrom('setting_change')
    .select(['key', 'previous', 'value', 'changed_by as by', 'changed_at as at'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows
}
