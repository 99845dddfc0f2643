import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { tablesOf } from './support/tables.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

it('SECURITY.md says of every table what it holds and what erasing does to it, and of no other', async () => {
  const rows = [...readFileSync('SECURITY.md', 'utf8').matchAll(/^\| `([a-z_.]+)` \| (.+) \| (.+) \|$/gm)]
  const tables = rows.map(([, table]) => table).filter((table) => table !== 'pgboss.job')
  expect(tables.toSorted()).toEqual(await tablesOf(database.db))
})
