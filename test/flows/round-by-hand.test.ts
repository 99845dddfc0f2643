/** Rounds as an operator opens, closes, reads and replays them beside the app: `npm run ops`. */
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FORGET_FORM } from '../../src/own-data/messages.ts'
import { instant } from '../../src/platform/platform.ts'
import { saveParticipation } from '../../src/workspace/participation-store.ts'
import { formOf } from '../support/forms.ts'
import { createWorld, type World } from '../support/world.ts'

const PEOPLE = ['ann', 'kofi', 'lena', 'noor', 'tomas', 'mei', 'bram']
const OPS = join(import.meta.dirname, '../../src/ops.ts')
let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

/** Its exit code and everything it said. */
function ops(...args: string[]): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env.PATH, DATABASE_URL: world.database.url }
  return new Promise((done) =>
    execFile(process.execPath, [OPS, ...args], { env, cwd: tmpdir() }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, said: out + err }),
    ),
  )
}
const joinAroundTheClock = (...names: string[]) =>
  world.stored(async (tenant) => {
    const everyDay = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 24 * 60 }
    for (const name of names) {
      const id = world.sandbox.person(name).id
      await saveParticipation(tenant, id, { joined: true, hours: everyDay }, instant(world.clock))
    }
  })
const asked = () => PEOPLE.filter((name) => world.sandbox.directMessages(name).length > 0)
const roundId = async () => {
  const { rows } = await sql<{ id: string }>`select id from round where number is not null`.execute(world.database.db)
  return rows[0]?.id ?? ''
}
const workspace = () => world.sandbox.app.teamId

it('a dry run says what would be, and does nothing', async () => {
  expect(await ops('open-round', '--dry-run')).toEqual({
    code: 0,
    said: expect.stringContaining('No round would open: 0 people take part. Nothing was done.'),
  })
  await joinAroundTheClock(...PEOPLE)
  const { code, said } = await ops('open-round', '--dry-run', '--workspace', workspace())
  expect(code).toBe(0)
  expect(said).toMatch(/would be of 7 people in 3 groups, \d pairs of one team \(nothing better is possible\)/)
  expect(await ops('close-round', '--dry-run')).toEqual({ code: 1, said: expect.stringContaining('No round is open.') })
  expect((await ops('open-round', '--workspace', 'T0ELSEWHERE')).said).toContain('No workspace T0ELSEWHERE')
  await world.pass({ minutes: 1 })
  expect(asked()).toEqual([])
  expect(await roundId()).toBe('')
})

it('a round is opened now, one a day and one at a time, and its messages go out', async () => {
  const opened = await ops('open-round')
  expect(opened).toEqual({ code: 0, said: expect.stringContaining('7 people in 3 groups') })
  const again = await ops('open-round')
  expect(again.code).toBe(1)
  expect(again.said).toMatch(/There is a round of \d{4}-\d\d-\d\d already: it is open/)
  await world.pass({ minutes: 1 })
  expect(asked()).toEqual(PEOPLE)
  const { said } = await ops('status')
  expect(said).toMatch(/Next round: \d{4}-\d\d-\d\d, .*Z \(.+\)\./)
  expect(said).toContain('0 of them late, 0 given up')
  expect(said).toMatch(new RegExp(`Round of .*: open, 7 people, .* ${await roundId()}`))
})

it('its groups are made again, the same, until one of its people is forgotten or 90 days are over', async () => {
  const id = await roundId()
  const replay = () => ops('replay-round', id)
  expect(await replay()).toEqual({
    code: 0,
    said: expect.stringContaining('Wave 1: 3 groups of 7 people, the same again.'),
  })
  expect((await ops('replay-round', 'rubbish')).said).toContain('No round rubbish with groups is known')
  // What it compares can differ.
  const groups = async (change: string) =>
    sql`update matching set groups = ${change}::jsonb where round_id = ${id}`.execute(world.database.db)
  const { rows } = await sql<{ groups: string[][] }>`select groups from matching where round_id = ${id}`.execute(
    world.database.db,
  )
  await groups('[["U1", "U2"]]')
  expect(await replay()).toEqual({ code: 1, said: expect.stringContaining('OTHERS THAN BEFORE') })
  await groups(JSON.stringify(rows[0]?.groups))
  expect((await replay()).code).toBe(0)

  expect((await ops('close-round', '--dry-run')).said).toContain('This would close the round of')
  expect(await ops('close-round')).toEqual({ code: 0, said: expect.stringContaining('closes within a minute') })
  await world.pass({ minutes: 1 })
  expect((await ops('status')).said).toMatch(/Round of .*: closed, 7 people/)
  expect((await ops('close-round')).said).toContain('No round is open.')

  const stored = () =>
    sql<{ input: object | null }>`select input from matching where round_id = ${id}`.execute(world.database.db)
  const [before] = (await stored()).rows
  expect(before?.input).not.toBeNull()
  await world.sandbox.as('mei').command('#general', '/smallacts', 'forget me')
  await formOf(world, 'mei', FORGET_FORM)
  await world.sandbox.as('mei').submit({})
  await world.settled()
  const notKept = {
    code: 1,
    said: expect.stringContaining('what it was made from is not kept any more (90 days, or until one of its people'),
  }
  expect(await replay()).toEqual(notKept)

  // As if nobody had been forgotten.
  await sql`update matching set input = ${JSON.stringify(before?.input)}::jsonb`.execute(world.database.db)
  expect(await replay()).not.toEqual(notKept)
  await world.pass({ minutes: 90 * 24 * 60 + 5 })
  expect(await replay()).toEqual(notKept)
})
