/** `npm run ops -- digest`, as an operator runs it beside the app. */
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { monthAt, monthBefore, monthTitle } from '../../src/digest/month.ts'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { erase } from '../../src/own-data/erasure-store.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { newStandIn } from '../../src/platform/stand-in.ts'
import { saveTeamClaims } from '../../src/workspace/team-store.ts'
import { aKudos } from '../support/builders.ts'
import { createWorld, type World } from '../support/world.ts'

const OPS = join(import.meta.dirname, '../../src/ops.ts')
const DAY_MS = 86_400_000
let world: World
/** The command takes the machine's own clock. */
const current = monthAt(new Date(), 'UTC')
const last = monthBefore(current)

beforeAll(async () => {
  world = await createWorld()
  await world.stored(async (tenant) => {
    const { rows } = await sql<{ id: string }>`
      select id from member where kind = 'member' order by id limit 12`.execute(tenant.trx)
    const people = rows.map(({ id }) => id)
    const teams = people.map((memberId, index) => ({ memberId, team: index % 2 === 0 ? 'Even' : '=Odd, "quoted"' }))
    await saveTeamClaims(tenant, 'admin', teams, monthBefore(last).from)
    // To the next one, of the other team, and to the one after, of the own.
    const kudos = people.flatMap((giver, index) =>
      [1, 2].map((step) =>
        aKudos({
          id: naturalId('kudos', giver, String(step)),
          likeness: String(step),
          giver,
          recipients: [people[(index + step) % people.length] ?? ''],
          givenAt: new Date(last.from.getTime() + step * DAY_MS),
        }),
      ),
    )
    await insertKudos(tenant, kudos)
  })
})
afterAll(() => world?.stop())

/** Its exit code and everything it said. */
function digest(...flags: string[]): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env.PATH, DATABASE_URL: world.database.url }
  return new Promise((done) =>
    execFile(process.execPath, [OPS, 'digest', ...flags], { env, cwd: tmpdir() }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, said: out + err }),
    ),
  )
}
const kept = () => world.stored(({ trx }) => trx.selectFrom('digest_month').select('month').execute())

it('shows with a dry run what would be posted, and changes nothing', async () => {
  const { code, said } = await digest('--month', last.name, '--dry-run')
  expect(said).toContain(monthTitle(last.name))
  expect(said).toContain('10+ people said thanks 20+ times')
  expect(said).toContain('50 % of all thanks went to another team')
  expect(code).toBe(0)
  expect(await kept()).toEqual([])
  expect((await world.stored(({ trx }) => sql`select from tie`.execute(trx))).rows).toEqual([])
})

it('prints the figures of a month as CSV, the last one where none is named, as they are then told for good', async () => {
  const { workspaceId } = await world.stored(async (tenant) => tenant)
  const { code, said } = await digest('--workspace', workspaceId, '--month', last.name, '--csv')
  expect(code).toBe(0)
  const rows: string[][] = parse(said)
  expect(rows[0]).toEqual(['month', 'figure', 'of', 'value'])
  expect(rows).toContainEqual([last.name, 'Kudos', '', '20'])
  expect(rows).toContainEqual([last.name, 'People who gave', '', '10'])
  expect(rows).toContainEqual([last.name, 'Thanks to another team', '', '50'])
  // No spreadsheet takes a team's name for a formula.
  expect(rows).toContainEqual([last.name, 'Thanks within a team', `'=Odd, "quoted"`, '5'])
  expect((await kept()).map(({ month }) => month)).toContain(last.name)

  await world.stored(({ trx }) => sql`update kudos set withdrawn_at = now()`.execute(trx))
  expect(await digest('--csv')).toEqual({ code: 0, said })
  expect((await digest('--dry-run')).said).toContain('20+ times')
})

it('tells a past month as it was told, also once somebody in it is forgotten', async () => {
  const before = [await digest('--csv'), await digest('--dry-run')]
  await world.stored(async (tenant) => {
    const { rows } = await sql<{ giver: string }>`select giver_id as giver from kudos limit 1`.execute(tenant.trx)
    const member = rows[0]?.giver ?? ''
    await erase(tenant, { member, standIn: newStandIn(), written: true }, new Date())
    const { rows: left } = await sql`select 1 from kudos where giver_id = ${member}`.execute(tenant.trx)
    expect(left).toEqual([])
  })
  expect([await digest('--csv'), await digest('--dry-run')]).toEqual(before)
})

it('says what is wrong with the question', async () => {
  expect(await digest('--csv', '--month', current.name)).toEqual({
    code: 1,
    said: expect.stringContaining('is not over'),
  })
  expect(await digest('--csv', '--month', 'October')).toEqual({ code: 1, said: expect.stringContaining('is no month') })
  expect(await digest('--csv', '--month', '1999-01')).toEqual({
    code: 1,
    said: expect.stringContaining('counts there since'),
  })
  expect(await digest('--csv', '--workspace', 'T0NONE')).toEqual({
    code: 1,
    said: expect.stringContaining('There are: T'),
  })
  for (const flags of [[], ['--csv', '--dry-run'], ['--weekly']]) {
    expect(await digest(...flags)).toEqual({ code: 1, said: expect.stringContaining('Usage:') })
  }
})
