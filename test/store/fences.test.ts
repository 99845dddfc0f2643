/** No function of any store reads or changes another workspace's rows, whatever ids it is given. */
import { globSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tenant } from '../../src/platform/database.ts'
import { saveInstallation } from '../../src/workspace/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type FullWorkspace, fillWorkspace } from '../support/full-workspace.ts'
import { STORE_CALLS } from '../support/store-calls.ts'
import { fingerprint, withQueueTables } from '../support/tables.ts'
import { NO_TENANT } from '../support/unfenced-stores.ts'

type Call = (tenant: Tenant, ...rest: unknown[]) => unknown

const HERE = 'T0HERE'
const THERE = 'T0THERE'
const people = { me: 'U0ME', other: 'U0OTHER', third: 'U0THIRD' }
/** After all that is in the other workspace, so that its own beginning tells nothing of it. */
const now = new Date('2026-05-02T10:00:00Z')

const files = globSync('src/**/*store.ts').filter((path) => !path.startsWith('src/sandbox/'))
const functions = new Map<string, Call>()
let both: TestDatabase
/** Another one, in which there is no other workspace: what a fenced function finds in `both`, it finds here. */
let alone: TestDatabase
let there: FullWorkspace

beforeAll(async () => {
  for (const path of files) {
    const store = (await import(/* @vite-ignore */ `../../${path}`)) as Record<string, unknown>
    for (const [name, value] of Object.entries(store)) {
      if (typeof value === 'function') functions.set(`${path.slice(4, -3)} ${name}`, value as Call)
    }
  }
  ;[both, alone] = await Promise.all([createTestDatabase(), createTestDatabase()])
  for (const { db } of [both, alone]) {
    await withQueueTables(db)
    await saveInstallation(db, { workspaceId: HERE, botUserId: 'UBOT', botId: 'BBOT' }, now)
  }
  await saveInstallation(both.db, { workspaceId: THERE, botUserId: 'UBOT', botId: 'BBOT' }, now)
  there = await fillWorkspace(both.db, THERE, '1', people)
})
afterAll(() => Promise.all([both?.drop(), alone?.drop()]))

/** What a call comes to, and what of the other workspace is left then; nothing of it stays. */
async function attempt(database: TestDatabase, workspaceId: string, name: string) {
  const trx = await database.db.startTransaction().execute()
  try {
    const tenant: Tenant = { trx, workspaceId, afterCommit() {} }
    await sql`savepoint before`.execute(trx)
    let outcome: unknown
    try {
      outcome = plain(await functions.get(name)?.(tenant, ...(STORE_CALLS[name]?.(there) ?? [])))
    } catch (error) {
      outcome = { error: (error as { code?: string }).code ?? String(error) }
      await sql`rollback to savepoint before`.execute(trx)
    }
    return { outcome, left: await fingerprint(trx, THERE) }
  } finally {
    await trx.rollback().execute()
  }
}

/** Maps and sets as lists; the number of a transaction is another one each time. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (key, one) =>
      key === 'version' ? null : one instanceof Map ? [...one] : one instanceof Set ? [...one] : one,
    ),
  )

describe('each function of the stores', () => {
  it('is known here: a new one needs its call in store-calls.ts', () => {
    expect(functions.size).toBeGreaterThan(150)
    expect([...functions.keys()].sort()).toEqual([...Object.keys(STORE_CALLS), ...Object.keys(NO_TENANT)].sort())
  })

  it.each(Object.keys(STORE_CALLS))('%s stays within its workspace', async (name) => {
    const untouched = await fingerprint(both.db, THERE)
    const fenced = await attempt(both, HERE, name)
    expect(fenced.left).toBe(untouched)
    expect(fenced.outcome).toEqual((await attempt(alone, HERE, name)).outcome)
    // The same call by the workspace itself finds something, or does something: or the two lines above would prove nothing.
    const own = await attempt(both, THERE, name)
    expect(own.left !== untouched || JSON.stringify(own.outcome) !== JSON.stringify(fenced.outcome)).toBe(true)
    expect(JSON.stringify(own.outcome)).not.toMatch(/^\{"error"/)
  })
})
