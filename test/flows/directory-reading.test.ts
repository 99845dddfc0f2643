import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CompanyPerson, demoCompany } from '../../src/sandbox/company/company.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const DAY_MS = 24 * 3_600_000
const PAGES = 4

let world: World
beforeAll(async () => {
  const many = Array.from(
    { length: (PAGES - 1) * 200 },
    (_, index): CompanyPerson => ({
      handle: `p${index}`,
      realName: `Person ${index}`,
      title: '',
      team: '',
      tz: 'Europe/Berlin',
    }),
  )
  world = await createWorld({ company: { ...demoCompany, people: [...demoCompany.people, ...many] } })
})
afterAll(() => world?.stop())

const lists = () => world.sandbox.calls.filter(({ method }) => method === 'users.list')
const cursors = () => lists().map(({ args }) => args.cursor ?? null)
const kindOf = (id: string) =>
  world.stored(async ({ trx, workspaceId }) => {
    const found = trx.selectFrom('member').select('kind').where('workspace_id', '=', workspaceId).where('id', '=', id)
    return (await found.executeTakeFirst())?.kind
  })
const isReading = () =>
  world.stored(async ({ trx, workspaceId }) => {
    const row = trx.selectFrom('member_reading').select('reading').where('workspace_id', '=', workspaceId)
    return (await row.executeTakeFirstOrThrow()).reading !== null
  })
async function pass(ms: number): Promise<void> {
  world.clock.moveOn(ms)
  await world.app.timePassed(ms)
}

it('the directory is read at the start, in pages, and once a day: who left while nobody told is found out', async () => {
  expect(lists()).toHaveLength(PAGES)
  expect(await kindOf(world.sandbox.person('p599').id)).toBe('member')
  await pass(DAY_MS - 120_000)
  await world.settled()
  expect(lists()).toHaveLength(PAGES)

  const leaver = world.sandbox.person('p599')
  Object.assign(leaver, { kind: 'deactivated', updated: leaver.updated + 1 })
  await pass(180_000)
  await eventually('the leaver to be known', async () => (await kindOf(leaver.id)) === 'deactivated')
  await pass(60_000)
  await world.settled()
  expect(lists()).toHaveLength(2 * PAGES)
})

it('a reading goes on where it was after a rate limit and a restart; what was missed meanwhile is read after it', async () => {
  const before = cursors()
  world.sandbox.faults.api('users.list', { status: 429, retryAfter: 40 }, 1, ({ cursor }) => cursor !== undefined)
  await pass(DAY_MS + 60_000)
  await eventually('the rate limit', () => lists().at(-1)?.status === 429)
  await world.settled()
  await world.restart()
  await world.settled()
  // The start does not begin anew beside it.
  expect(cursors().slice(before.length)).toEqual([null, before[1]])
  await pass(40_000)
  await eventually('both readings to be over', async () => !(await isReading()) && lists().length > before.length + 2)
  const whole = before.slice(0, PAGES)
  expect(cursors().slice(before.length)).toEqual([null, before[1], ...whole.slice(1), ...whole])
  await world.settled()
})

it('a cursor that Slack no longer knows begins the list again', async () => {
  const before = lists().length
  world.sandbox.faults.api('users.list', { error: 'invalid_cursor' }, 1, ({ cursor }) => cursor !== undefined)
  await pass(DAY_MS + 60_000)
  await eventually('the reading to be over', async () => lists().length >= before + 2 + PAGES && !(await isReading()))
  expect(lists()).toHaveLength(before + 2 + PAGES)
})
