/** Filling millions of rows goes several times faster when indexes are made afterwards. */
import type pg from 'pg'

/** Takes all indexes and constraints of the app's tables away, does the work, and puts them back as they were. */
export async function withoutIndexes(
  client: pg.Client,
  say: (line: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  const { rows: constraints } = await client.query<{ table: string; name: string; type: string; definition: string }>(`
    select conrelid::regclass::text as table, conname as name, contype as type, pg_get_constraintdef(oid) as definition
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f')
      and conrelid::regclass::text not like 'kysely%'
    -- Foreign keys need what they refer to: first to go, last to come back.
    order by contype = 'f' desc, contype`)
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename not like 'kysely%'
      and indexname not in (select conname from pg_constraint where connamespace = 'public'::regnamespace)`)
  for (const { table, name } of constraints) await client.query(`alter table ${table} drop constraint "${name}"`)
  for (const { name } of indexes) await client.query(`drop index "${name}"`)
  await work()
  say('  indexes')
  for (const { definition } of indexes) await client.query(definition)
  for (const { table, name, definition } of constraints.toReversed()) {
    await client.query(`alter table ${table} add constraint "${name}" ${definition}`)
  }
}
