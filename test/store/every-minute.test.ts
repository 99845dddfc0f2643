import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBackground } from '../../src/platform/background.ts'
import { createLog } from '../../src/platform/log.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import type { Platform } from '../../src/platform/platform.ts'
import { createQueue } from '../../src/platform/queue.ts'
import { createTicker } from '../../src/platform/ticker.ts'
import { everyMinute } from '../../src/workspace/every-minute.ts'
import { saveInstallation } from '../../src/workspace/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

const log = createLog('silent')
const NOW = new Date('2026-03-02T10:00:00Z')
const QUEUE = 'test.due'
let database: TestDatabase
let processes: Platform[]

/** As much of a process as asks what is due. */
function aProcess(): Platform {
  const background = createBackground(log)
  const clock = { now: () => NOW.getTime() }
  const metrics = { looked() {}, waits() {} }
  const queue = createQueue(database.url, log, metrics)
  const parts = { background, clock, log, metrics, queue, jobsDb: database.db }
  return { ...parts, ticker: createTicker(parts) } as unknown as Platform
}

beforeAll(async () => {
  database = await createTestDatabase()
  for (const workspaceId of ['T1', 'T2', 'T3']) {
    await saveInstallation(database.db, { workspaceId, botUserId: 'U0', botId: 'B0' }, NOW)
  }
  processes = [aProcess(), aProcess()]
})
afterAll(async () => {
  await Promise.all(processes.map(({ queue }) => queue.stop(1_000)))
  await database?.drop()
})

it('what is due in a workspace is done once, whatever processes ask and however often, and one that fails stops no other', async () => {
  const done: string[] = []
  for (const platform of processes) {
    platform.queue.work<{ workspace: string }>({ name: QUEUE, retryLimit: 1 }, async ({ workspace }) => {
      done.push(workspace)
    })
    everyMinute(platform, 'test', async (tenant, now) => {
      const { workspaceId: workspace } = tenant
      const id = naturalId(QUEUE, workspace, now.toISOString())
      await platform.queue.enqueue(tenant, QUEUE, [{ id, data: { workspace } }])
      if (workspace === 'T2') throw new Error('not this one')
    })
    await platform.queue.start()
  }
  await Promise.all(processes.flatMap(({ ticker }) => [ticker.ask(), ticker.ask()]))
  await Promise.all(processes.map(({ ticker }) => ticker.ask()))
  await eventually('the jobs to be done', async () => {
    const { rows } = await sql<{ open: number }>`
      select count(*)::int as open from pgboss.job where name = ${QUEUE} and state <> 'completed'`.execute(database.db)
    return rows[0]?.open === 0
  })
  expect(done.sort()).toEqual(['T1', 'T3'])
})
