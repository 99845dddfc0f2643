import { readdirSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { migrate } from '../../src/platform/migrations.ts'
import { createTestDatabase } from '../support/database.ts'

it('two processes that start together migrate once', async () => {
  const database = await createTestDatabase()
  const log = createLog('silent')
  try {
    // As on the first day.
    await sql`drop schema public cascade`.execute(database.db)
    await sql`create schema public`.execute(database.db)
    const starting = [1, 2].map(() => openDatabase(database.url, 'migrating', log))
    const applied = await Promise.all(starting.map((db) => migrate(db)))
    await Promise.all(starting.map((db) => db.destroy()))
    const names = readdirSync('migrations').map((file) => file.replace(/\.ts$/, ''))
    expect(applied.flat().sort()).toEqual(names.sort())
    expect(await migrate(database.db)).toEqual([])
  } finally {
    await database.drop()
  }
})

it('every table carries its workspace', async () => {
  const database = await createTestDatabase()
  try {
    const { rows } = await sql<{ name: string; tenant: boolean }>`
      select t.table_name as name, exists (select from information_schema.columns as c
        where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'workspace_id') as tenant
      from information_schema.tables as t
      where t.table_schema = 'public' and t.table_name not like 'kysely%'`.execute(database.db)
    const without = rows.filter(({ tenant }) => !tenant).map(({ name }) => name)
    expect(rows.length).toBeGreaterThan(5)
    // The list of workspaces itself, and tickets of installations, which belong to none yet.
    expect(without.sort()).toEqual(['install_ticket', 'workspace'])
  } finally {
    await database.drop()
  }
})
