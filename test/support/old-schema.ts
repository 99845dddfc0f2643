/** Databases as earlier versions left them: any schema there ever was, with rows in every one of its tables. */
import { promises as fs } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { FileMigrationProvider, type Migration, Migrator } from 'kysely/migration'
import type { Db } from '../../src/platform/database.ts'

const migrationFolder = path.resolve('migrations')

/** Brings a database to the schema that was the newest one after this migration; `more` come after those there are. */
export async function migrateTo(db: Db, name: string, more: Record<string, Migration> = {}): Promise<void> {
  const files = new FileMigrationProvider({ fs, path, migrationFolder })
  const provider = { getMigrations: async () => ({ ...(await files.getMigrations()), ...more }) }
  const { error } = await new Migrator({ db, provider }).migrateTo(name)
  if (error) throw error
}

/** Takes the newest schema out of a database again. */
export async function empty(db: Db): Promise<void> {
  await sql`drop schema public cascade`.execute(db)
  await sql`create schema public`.execute(db)
}

interface Column {
  table: string
  column: string
  type: string
  optional: boolean
  /** What the table demands of it alone, as PostgreSQL tells it. */
  check: string | null
}

/** The tables of the schema as it is now, those that others point to first. */
async function tablesOf(db: Db): Promise<Map<string, Column[]>> {
  const { rows: columns } = await sql<Column>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
      a.atthasdef or not a.attnotnull as optional,
      (select pg_get_constraintdef(k.oid) from pg_constraint as k
        where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as check
    from pg_class as c join pg_attribute as a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%'
      and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
    order by c.relname, a.attnum`.execute(db)
  const { rows: links } = await sql<{ from: string; to: string }>`
    select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace`.execute(db)
  const left = new Set(columns.map(({ table }) => table))
  const tables = new Map<string, Column[]>()
  while (left.size > 0) {
    const next = [...left].find((name) => !links.some(({ from, to }) => from === name && to !== name && left.has(to)))
    if (!next) throw new Error(`tables that point to each other: ${[...left].join()}`)
    left.delete(next)
    tables.set(
      next,
      columns.filter(({ table }) => table === next),
    )
  }
  return tables
}

/** What the app reads of a row, and a made up word would not do for. */
const MEANT: Record<string, (row: number) => unknown> = {
  'setting.key': (row) => ['kudos.daily-limit', 'workspace.zone'][row - 1],
  'setting.value': (row) => ['20', '"Europe/Berlin"'][row - 1],
  'setting_change.key': () => 'workspace.zone',
  // Both have the app, with the token of the environment.
  'workspace.state': () => 'active',
  'workspace.stopped_at': () => null,
  'workspace.stopped_because': () => null,
  'workspace.token': () => null,
  date: (row) => `2026-01-0${row}`,
  due_time: () => '10:00',
  language: () => 'en',
  month: (row) => `2026-0${row}`,
  tz: () => 'Europe/Berlin',
  week: (row) => `2026-W0${row}`,
  zone: () => 'Europe/Berlin',
}

const uuid = (row: number) => `00000000-0000-5000-8000-00000000000${row}`

/** The same for every table, so that whatever points to another row finds it. */
function wordFor({ table, column, type, check }: Column, row: number, workspaces: string[]): unknown {
  const meant = MEANT[`${table}.${column}`] ?? (type === 'text' ? MEANT[column] : undefined)
  if (meant) return meant(row)
  if (column === 'workspace_id' || (table === 'workspace' && column === 'id')) return workspaces[row - 1]
  const choices = [...(check ?? '').matchAll(/'([^']+)'::text/g)].map(([, choice]) => choice)
  if (choices.length > 0 && type === 'text') return choices[(row - 1) % choices.length]
  if (type.endsWith('[]')) return '{}'
  switch (type) {
    case 'text':
      return column === 'id' || column.endsWith('_id') ? `X0ROW${row}` : `${column} of row ${row}`
    case 'uuid':
      return uuid(row)
    case 'boolean':
      return row === 1
    case 'jsonb':
      return '{}'
    case 'bytea':
      return Buffer.from(`${column} ${row}`)
    case 'timestamp with time zone':
      return `2026-01-0${row}T10:00:00Z`
    case 'bigint':
    case 'integer':
    case 'smallint':
    case 'real':
      return row
    default:
      throw new Error(`old-schema.ts knows no value of ${table}.${column}, ${type}: give it one`)
  }
}

/** A row each in every table: the first with every column filled, the second with those alone that it can't do without. */
export async function fill(db: Db, workspaces: [string, string]): Promise<void> {
  const tables = await tablesOf(db)
  await db.transaction().execute(async (trx) => {
    for (const [table, columns] of tables) {
      for (const row of [1, 2]) {
        const given = columns.filter(({ type, optional }) => type !== 'xid8' && (row === 1 || !optional))
        const names = given.map(({ column }) => sql.ref(column))
        const values = given.map((column) => sql`${wordFor(column, row, workspaces)}`)
        await sql`insert into ${sql.table(table)} (${sql.join(names)}) values (${sql.join(values)})`.execute(trx)
      }
    }
  })
}

export type Rows = Map<string, Record<string, unknown>[]>

/** Everything there is, by table; but for numbers of transactions, which say when a row was written. */
export async function rowsOf(db: Db): Promise<Rows> {
  const found: Rows = new Map()
  for (const [table, columns] of await tablesOf(db)) {
    const written = columns.filter(({ type }) => type === 'xid8').map(({ column }) => column)
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) - ${sql.val(written)}::text[] as row from ${sql.table(table)} as t`.execute(db)
    found.set(
      table,
      rows.map(({ row }) => row),
    )
  }
  return found
}
