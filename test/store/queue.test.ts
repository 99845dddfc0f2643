import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inWorkspace } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { createQueue, Hopeless, type Queue, RetryAfter } from '../../src/platform/queue.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

let database: TestDatabase
let queue: Queue
/** What each job does, by its name; and how often it ran. */
const acts: Record<string, (final: boolean, run: number) => void> = {}
const runs: Record<string, boolean[]> = {}
const waits: [string, number][] = []

/** What the jobs in lanes do: each ends when the test says so. */
const deeds: Record<string, { begun: boolean; end: Promise<void>; finish(): void }> = {}

beforeAll(async () => {
  database = await createTestDatabase()
  queue = createQueue(database.url, createLog('silent'), { waits: (name, seconds) => waits.push([name, seconds]) })
  queue.work<{ name: string }>({ name: 'test.patient', retryLimit: 1 }, async ({ name }, { final }) => {
    runs[name] = [...(runs[name] ?? []), final]
    acts[name]?.(final, runs[name].length)
  })
  queue.work<{ deed: string }>({ name: 'test.lanes', retryLimit: 1, lanes: 2 }, async ({ deed }) => {
    const act = deeds[deed]
    if (!act) throw new Error(`no deed ${deed}`)
    act.begun = true
    await act.end
  })
  await queue.start()
})
afterAll(async () => {
  await queue?.stop(1_000)
  await database?.drop()
})

const send = (name: string) => queue.send('test.patient', { id: naturalId('test', name), data: { name } })
const stateOf = async (name: string) => {
  const { rows } = await sql<{ state: string }>`
    select state from pgboss.job where name = 'test.patient' and id = ${naturalId('test', name)}`.execute(database.db)
  return rows[0]?.state
}
const becomes = (name: string, state: string) =>
  eventually(`${name} to be ${state}`, async () => (await stateOf(name)) === state)

it('runs a job once, however often it is enqueued, and not at all when the transaction is not stored', async () => {
  await Promise.all([send('once'), send('once')])
  await becomes('once', 'completed')
  await send('once')
  const rolledBack = inWorkspace(database.db, 'T1', async (tenant) => {
    await queue.enqueue(tenant, 'test.patient', [{ id: naturalId('test', 'never'), data: { name: 'never' } }])
    throw new Error('changed my mind')
  })
  await expect(rolledBack).rejects.toThrow('changed my mind')
  await send('after')
  await becomes('after', 'completed')
  expect(runs.once).toEqual([false])
  expect(runs.never).toBeUndefined()
})

it('tries again as often as it was told, says which try is the last, and then gives up', async () => {
  acts.failing = () => {
    throw new Error('again')
  }
  await send('failing')
  await becomes('failing', 'failed')
  expect(runs.failing).toEqual([false, true])
})

it('postpones a job as long as asked, also on its last try', async () => {
  acts.limited = (final, run) => {
    if (run === 1) throw new Error('a first failure')
    if (run === 2) throw new RetryAfter(1)
    expect(final).toBe(true)
  }
  await send('limited')
  await becomes('limited', 'completed')
  expect(runs.limited).toEqual([false, true, true])
  expect(waits).toEqual([['test.patient', 1]])
})

it('goes on when a job can’t be postponed', async () => {
  acts.unlucky = (_final, run) => {
    // Longer than PostgreSQL can count: what is told of the job fails, as it does while the database is away.
    if (run === 1) throw new RetryAfter(1e300)
  }
  acts.next = () => {}
  await send('unlucky')
  await eventually('it to be tried', () => runs.unlucky)
  await becomes('unlucky', 'retry')
  await send('next')
  // Well before the lane would look by itself.
  await eventually('the next one to be done', async () => (await stateOf('next')) === 'completed', 15)
})

it('gives up at once what is hopeless', async () => {
  acts.hopeless = () => {
    throw new Hopeless(new Error('no use'))
  }
  await send('hopeless')
  await becomes('hopeless', 'failed')
  expect(runs.hopeless).toEqual([false])
})

it('finds what another process left, and lets no workspace wait for another one’s', async () => {
  const other = createQueue(database.url, createLog('silent'), { waits() {} })
  await other.start()
  try {
    const left = ['T3', 'T4'].map((workspace) => {
      let finish = () => {}
      const end = new Promise<void>((done) => {
        finish = done
      })
      const act = { begun: false, end, finish }
      deeds[`left in ${workspace}`] = act
      return { workspace, act }
    })
    for (const { workspace } of left)
      await inWorkspace(database.db, workspace, (tenant) =>
        other.enqueue(tenant, 'test.lanes', [
          { id: naturalId('left', workspace), data: { deed: `left in ${workspace}` } },
        ]),
      )
    // Neither ends before both have begun.
    await eventually('both to begin', () => left.every(({ act }) => act.begun), 15)
    for (const { act } of left) act.finish()
  } finally {
    await other.stop(1_000)
  }
})

it('keeps one workspace’s jobs in a row, and lets no other wait behind them', async () => {
  const add = async (workspace: string, deed: string) => {
    let finish = () => {}
    const end = new Promise<void>((done) => {
      finish = done
    })
    const act = { begun: false, end, finish }
    deeds[deed] = act
    await inWorkspace(database.db, workspace, (tenant) =>
      queue.enqueue(tenant, 'test.lanes', [{ id: naturalId('lanes', deed), data: { deed } }]),
    )
    return act
  }
  const slow = await add('T1', 'slow')
  await eventually('the slow one to begin', () => slow.begun)
  const behind = await add('T1', 'behind')
  const elsewhere = await add('T2', 'elsewhere')
  await eventually('the other workspace’s to begin', () => elsewhere.begun)
  elsewhere.finish()
  const later = await add('T2', 'later')
  await eventually('its next one to begin', () => later.begun)
  later.finish()
  expect(behind.begun).toBe(false)
  slow.finish()
  await eventually('the one behind it to begin', () => behind.begun)
  behind.finish()
})
