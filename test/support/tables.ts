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
  for (const table of await tablesOf(db)) {
    const column = sql.ref(table === 'workspace' ? 'id' : 'workspace_id')
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} as t where t.${column} = ${workspaceId} order by 1`.execute(db)
    all[table] = rows.map(({ row }) => row)
  }
  return all
}
