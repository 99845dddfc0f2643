import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CommitUncertain, type Db, inWorkspace, openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createDatabaseProxy, type DatabaseProxy } from '../support/database-proxy.ts'
import { eventually } from '../support/eventually.ts'

/** More than the pool has connections: one that is not given back is missed. */
const TIMES = 12

let database: TestDatabase
let proxy: DatabaseProxy
let db: Db
beforeAll(async () => {
  database = await createTestDatabase()
  proxy = await createDatabaseProxy(database.url)
  db = openDatabase(proxy.url, 'answering', createLog('silent'))
})
afterAll(async () => {
  await db?.destroy()
  await proxy?.stop()
  await database?.drop()
})

const one = () =>
  inWorkspace(db, 'T1', async ({ trx }) => (await sql<{ one: number }>`select 1 as one`.execute(trx)).rows)

it('stores all or nothing, and tells afterwards alone', async () => {
  const told: string[] = []
  const failing = inWorkspace(db, 'T1', async ({ trx, afterCommit }) => {
    afterCommit(() => told.push('failed'))
    await sql`insert into workspace values ('T1', 'U0', 'B0', now())`.execute(trx)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await inWorkspace(db, 'T1', async ({ afterCommit }) => afterCommit(() => told.push('stored')))
  expect(told).toEqual(['stored'])
  const { rows } = await sql`select id from workspace`.execute(db)
  expect(rows).toEqual([])
})

it('says when a commit is uncertain, and gives every connection back', async () => {
  for (let time = 0; time < TIMES; time += 1) {
    const cut = inWorkspace(db, 'T1', async ({ trx }) => {
      await sql`select 1`.execute(trx)
      await proxy.down()
    })
    await expect(cut).rejects.toThrow(CommitUncertain)
    proxy.up()
  }
  expect(await one()).toEqual([{ one: 1 }])
})

it('gives every connection back that breaks in the middle', async () => {
  for (let time = 0; time < TIMES; time += 1) {
    const cut = inWorkspace(db, 'T1', async ({ trx }) => {
      await proxy.down()
      await sql`select 1`.execute(trx)
    })
    await expect(cut).rejects.not.toThrow(CommitUncertain)
    proxy.up()
  }
  expect(await one()).toEqual([{ one: 1 }])
})

it('gives up on a connection that says nothing any more, and takes another', async () => {
  await one()
  proxy.silent()
  await expect(one()).rejects.toThrow(/timeout/)
  proxy.up()
  // Other connections of the pool may break at their next use: each of them once.
  await eventually('another connection', () => one().catch(() => null))
})

it('calls a transaction that failed inside not uncertain', async () => {
  const swallowed = inWorkspace(db, 'T1', async ({ trx }) => {
    await sql`select nonsense`.execute(trx).catch(() => {})
  })
  await expect(swallowed).rejects.not.toThrow(CommitUncertain)
  expect(await one()).toEqual([{ one: 1 }])
})

it('keeps plans where somebody waits, lets the server choose for jobs, and has nothing compiled', async () => {
  const jobs = openDatabase(database.url, 'jobs', createLog('silent'))
  const settings = async (pool: Db) => {
    const { rows } = await sql<{ plans: string; jit: string }>`
      select current_setting('plan_cache_mode') as plans, current_setting('jit') as jit`.execute(pool)
    return rows[0]
  }
  const onServer = process.env.TEST_DATABASE_URL !== undefined
  // The embedded database is one session for all, keeps no plans, and has no compiler, whatever its setting says.
  const jit = onServer ? 'off' : 'on'
  expect(await settings(db)).toEqual({ plans: onServer ? 'force_generic_plan' : 'auto', jit })
  expect(await settings(jobs)).toEqual({ plans: 'auto', jit })
  await jobs.destroy()
})
