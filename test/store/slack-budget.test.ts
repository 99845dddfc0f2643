import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Db, inOneStatement, openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { createSlackBudget } from '../../src/platform/slack-budget.ts'
import { forgetSpent, holdBack, takeTurn } from '../../src/platform/slack-budget-store.ts'
import { SlackFailure } from '../../src/platform/slack-failure.ts'
import type { SlackLimit } from '../../src/platform/slack-limits.ts'
import { createTestClock } from '../support/clock.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const LOG = createLog('silent')
const POSTS: SlackLimit = { kind: 'posts', everyMs: 200, aheadMs: 400 }
const CHANNEL: SlackLimit = { kind: 'posts C1', everyMs: 1_000, aheadMs: 0 }
const NOW = new Date('2026-03-02T10:00:00Z')

let database: TestDatabase
/** Another process, in all that matters here. */
let elsewhere: Db
beforeAll(async () => {
  database = await createTestDatabase()
  elsewhere = openDatabase(database.url, 'jobs', LOG)
})
afterAll(async () => {
  await elsewhere?.destroy()
  await database?.drop()
})
beforeEach(() => database.db.deleteFrom('slack_budget').execute())

const at = (ms: number) => new Date(NOW.getTime() + ms)
/** When the turn is, in milliseconds from NOW. */
const turn = async (limits: SlackLimit[], now = 0, { db = database.db, within = 5_000, workspace = 'T1' } = {}) =>
  await inOneStatement(db, workspace, async (tenant) => {
    const then = await takeTurn(tenant, limits, at(now), at(now + within))
    return then.getTime() - NOW.getTime()
  })

it('lets a few run ahead, then keeps an even pace, and makes up for no pause', async () => {
  const turns: number[] = []
  for (let call = 0; call < 6; call += 1) turns.push(await turn([POSTS]))
  expect(turns).toEqual([0, 0, 0, 200, 400, 600])
  expect(await turn([POSTS], 60_000)).toBe(60_000)
})

it('takes nothing that is too far away, and says how far', async () => {
  await turn([CHANNEL])
  expect(await turn([CHANNEL], 0, { within: 500 })).toBe(1_000)
  expect(await turn([CHANNEL], 0, { within: 500 })).toBe(1_000)
  expect(await turn([CHANNEL])).toBe(1_000)
  expect(await turn([CHANNEL])).toBe(2_000)
})

it('keeps to several limits at once', async () => {
  await turn([POSTS, CHANNEL])
  expect(await turn([POSTS, CHANNEL])).toBe(1_000)
  // The other channels have lost nothing but the two turns that were taken.
  expect(await turn([POSTS])).toBeLessThanOrEqual(1_200)
})

it('gives each turn once to several processes', async () => {
  const asked = Array.from({ length: 40 }, (_, call) =>
    turn([POSTS], 0, { within: 60_000, db: call % 2 === 0 ? database.db : elsewhere }),
  )
  const turns = (await Promise.all(asked)).sort((a, b) => a - b)
  // The very first rows can be made twice: one turn is then given twice.
  expect(turns.at(-1)).toBeGreaterThanOrEqual(36 * 200)
  expect(new Set(turns.filter((ms) => ms > 0)).size).toBeGreaterThanOrEqual(36)
})

it('waits out what Slack asks for; other workspaces do not', async () => {
  await inOneStatement(database.db, 'T1', (tenant) => holdBack(tenant, [POSTS, CHANNEL], at(3_000)))
  expect(await turn([POSTS])).toBe(3_000)
  expect(await turn([POSTS], 0, { workspace: 'T2' })).toBe(0)
})

it('is not held up for long by a clock that was wrong', async () => {
  await turn([POSTS], 86_400_000)
  expect(await turn([POSTS])).toBe(0)
})

it('forgets what is long past', async () => {
  await turn([POSTS])
  await inOneStatement(database.db, 'T1', (tenant) => forgetSpent(tenant, at(60_000)))
  expect(await database.db.selectFrom('slack_budget').selectAll().execute()).toEqual([])
})

it('leaves a Slack alone that fails again and again, a little longer each time, and comes back', async () => {
  const clock = createTestClock()
  const budget = createSlackBudget({ db: database.db, clock, log: LOG, workspaceId: 'T1', rate: 1_000 })
  const trouble = new SlackFailure({ kind: 'transient', method: 'chat.postMessage', code: 'http_500' })
  const waits: number[] = []
  for (let failure = 0; failure < 13; failure += 1) {
    await budget.turn('chat.postMessage')
    await budget.note('chat.postMessage', undefined, trouble)
    const refusal = await budget.turn('chat.postMessage').then(
      () => null,
      (error: SlackFailure) => error,
    )
    waits.push(refusal?.retryAfterSeconds ?? 0)
    clock.advance({ seconds: refusal?.retryAfterSeconds ?? 0 })
  }
  expect(waits).toEqual([...Array(9).fill(0), 1, 2, 4, 8])
  await budget.turn('chat.postMessage')
  await budget.note('chat.postMessage', undefined, null)
  await budget.note('chat.postMessage', undefined, trouble)
  await budget.turn('chat.postMessage')
})

it('lets calls through when nobody can say what was spent', async () => {
  const gone = openDatabase('postgres://nobody@127.0.0.1:1/none', 'jobs', LOG)
  const budget = createSlackBudget({ db: gone, clock: createTestClock(), log: LOG, workspaceId: 'T1', rate: 1 })
  await budget.turn('chat.postMessage')
  await gone.destroy()
})
