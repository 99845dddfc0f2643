/** Everything about one workspace, found by looking which tables there are, so that none can be forgotten. */
import { sql } from 'kysely'
import type { Db } from '../platform/database.ts'

/** Rows deleted by one statement: short transactions, whatever there is to delete. */
const BATCH = 1_000

/** Tables of workspaces, each before those it points to. */
async function listTables(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string; pointsTo: string[] }>`
    select c.relname as name, array(
      select parent.relname::text from pg_constraint as k join pg_class as parent on parent.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid
    ) as "pointsTo"
    from pg_class as c
    join pg_attribute as a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    order by c.relname`.execute(db)
  const sorted: string[] = []
  let left = rows
  while (left.length > 0) {
    const free = left.filter(({ name }) => !left.some(({ pointsTo }) => pointsTo.includes(name)))
    if (free.length === 0) throw new Error(`tables point to each other: ${left.map(({ name }) => name).join(', ')}`)
    sorted.push(...free.map(({ name }) => name))
    left = left.filter((row) => !free.includes(row))
  }
  return sorted
}

const hasQueue = async (db: Db): Promise<boolean> => {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('pgboss.job') is not null as there`.execute(db)
  return rows[0]?.there ?? false
}

/** How many rows there are of a workspace, by table; those without any are left out. */
export async function countRows(db: Db, workspaceId: string): Promise<{ table: string; rows: number }[]> {
  const counts: { table: string; rows: number }[] = []
  const count = async (table: string, where: ReturnType<typeof sql>) => {
    const { rows } = await sql<{ rows: number }>`
      select count(*)::int as rows from ${sql.table(table)} where ${where}`.execute(db)
    const found = rows[0]?.rows ?? 0
    if (found > 0) counts.push({ table, rows: found })
  }
  for (const table of await listTables(db)) await count(table, sql`workspace_id = ${workspaceId}`)
  if (await hasQueue(db)) await count('pgboss.job', sql`data->>'workspaceId' = ${workspaceId}`)
  await count('workspace', sql`id = ${workspaceId}`)
  return counts
}

/** From here on there is no way back, only another try. False for a workspace that is installed, or not there at all. */
export async function beginDeletion(db: Db, workspaceId: string): Promise<boolean> {
  const begun = await db
    .updateTable('workspace')
    .set({ state: 'deleting', token: null })
    .where('id', '=', workspaceId)
    .where('state', '<>', 'active')
    .executeTakeFirst()
  return Boolean(begun.numUpdatedRows)
}

/** Deletes what is left of a workspace whose deletion has begun, the workspace last; how many rows, at most `most`. */
export async function deleteRows(db: Db, workspaceId: string, most: number): Promise<{ rows: number; done: boolean }> {
  let deleted = 0
  const exhaust = async (batch: ReturnType<typeof sql>) => {
    for (;;) {
      if (deleted >= most) return false
      const { numAffectedRows = 0n } = await batch.execute(db)
      deleted += Number(numAffectedRows)
      if (numAffectedRows === 0n) return true
    }
  }
  // Its jobs first: they would make new rows. By id, since a ctid means nothing in a table of several parts.
  const jobs = sql`
    delete from pgboss.job where (name, id) in (
      select name, id from pgboss.job where data->>'workspaceId' = ${workspaceId} limit ${BATCH}
    )`
  if ((await hasQueue(db)) && !(await exhaust(jobs))) return { rows: deleted, done: false }
  for (const table of await listTables(db)) {
    const batch = sql`
      delete from ${sql.table(table)} where ctid = any(array(
        select ctid from ${sql.table(table)} where workspace_id = ${workspaceId} limit ${BATCH}
      ))`
    if (!(await exhaust(batch))) return { rows: deleted, done: false }
  }
  const last = await db
    .deleteFrom('workspace')
    .where('id', '=', workspaceId)
    .where('state', '=', 'deleting')
    .executeTakeFirst()
  return { rows: deleted + Number(last.numDeletedRows), done: true }
}

/** Workspaces whose time is over, or whose deletion has begun; at most `limit`. */
export async function listDoomed(db: Db, now: Date, usualDays: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select w.id from workspace as w
    left join setting as s on s.workspace_id = w.id and s.key = 'workspace.keep-days'
    where w.state <> 'active' and (
      w.state = 'deleting'
      or w.stopped_at <= ${now}::timestamptz - make_interval(days => coalesce((s.value #>> '{}')::int, ${usualDays}::int))
    )
    order by w.stopped_at limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
