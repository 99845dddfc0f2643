/** Looking through all tables there are, whatever is in them. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../src/platform/database.ts'

/** The tables of the app, beside those of pg-boss and of the migrations. */
export async function tablesOf(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name not like 'kysely%' order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

/** Those whose rows belong to a workspace. */
async function tenantTablesOf(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and (column_name = 'workspace_id' or table_name = 'workspace') order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

/** Whether a table has a row in which a word stands: in any column, inside JSON and lists as well. */
export async function tablesNaming(db: Kysely<Database>, word: string, others: string[] = []): Promise<string[]> {
  const found: string[] = []
  for (const table of [...(await tablesOf(db)), ...others]) {
    const { rows } = await sql<{ named: boolean }>`
      select exists (select from ${sql.table(table)} as t where t::text like ${`%${word}%`}) as named`.execute(db)
    if (rows[0]?.named) found.push(table)
  }
  return found
}

/** All rows of a workspace as text, by table. */
export async function rowsOf(db: Kysely<Database>, workspaceId: string): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {}
  for (const table of await tenantTablesOf(db)) {
    const column = sql.ref(table === 'workspace' ? 'id' : 'workspace_id')
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} as t where t.${column} = ${workspaceId} order by 1`.execute(db)
    all[table] = rows.map(({ row }) => row)
  }
  return all
}

/** The job table as pg-boss has it, for a database on which no queue was started: as far as ours look at it. */
export async function withQueueTables(db: Kysely<Database>): Promise<void> {
  await sql`create schema pgboss`.execute(db)
  await sql`create table pgboss.job (name text, id uuid, data jsonb, output jsonb)`.execute(db)
}

/** One word for all rows of a workspace: another one when any of them changed. */
export async function fingerprint(db: Kysely<Database>, workspaceId: string): Promise<string> {
  tables ??= await tenantTablesOf(db)
  const each = tables.map((table) => {
    const column = sql.ref(table === 'workspace' ? 'id' : 'workspace_id')
    // Which transaction last touched a row is no change of it.
    return sql`select ${table} as name, (to_jsonb(t) - 'giving_changed_by')::text as row from ${sql.table(table)} as t where t.${column} = ${workspaceId}`
  })
  const { rows } = await sql<{ word: string }>`
    select md5(string_agg(name || row, '|' order by name, row)) as word
    from (${sql.join(each, sql` union all `)}) as everything`.execute(db)
  return rows[0]?.word ?? ''
}

let tables: string[] | undefined
