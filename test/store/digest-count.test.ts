import fc from 'fast-check'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { monthNamed, monthsSince } from '../../src/digest/month.ts'
import { countMonth, type MonthCount } from '../../src/digest/store.ts'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { type Db, inWorkspace } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { saveInstallation, saveMembers } from '../../src/workspace/store.ts'
import { aKudos, aMember } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Happened, recount } from '../support/recount.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu']
const PEOPLE = Array.from({ length: 12 }, (_, index) => `U${String(index).padStart(2, '0')}`)
const person = fc.constantFrom(...PEOPLE)

/** Moments of half a year with both clock changes in it, many of them at the edges of a month or of a day. */
const moment = (zone: string) =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.oneof(fc.constantFrom(0, 0, 0, -1, 1, 7 * 24 * 60, -7 * 24 * 60), fc.integer({ min: 0, max: 40_000 })),
    )
    .map(([month, minutes]) =>
      DateTime.fromObject({ year: 2026, month: 5, day: 1 }, { zone })
        .plus({ months: month })
        .plus({ minutes })
        .toJSDate(),
    )

const happened = (zone: string): fc.Arbitrary<Happened> =>
  fc
    .noBias(
      fc.record({
        gone: fc.uniqueArray(person, { maxLength: 3 }),
        teams: fc.array(
          fc.record({
            member: person,
            source: fc.constantFrom('admin' as const, 'group' as const, 'field' as const, 'self' as const),
            team: fc.constantFrom('Care', 'Design', 'Platform'),
            since: moment(zone),
            days: fc.option(fc.integer({ min: 0, max: 150 }), { freq: 3 }),
          }),
          { minLength: 20, maxLength: 30, size: 'max' },
        ),
        kudos: fc.array(
          fc.record({
            giver: person,
            recipients: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
            keep: fc.boolean(),
            isPrivate: fc.constantFrom(false, false, false, true),
            from: fc.option(fc.nat(39), { freq: 4 }),
            givenAt: moment(zone),
            withdrawn: fc.constantFrom(false, false, false, true),
          }),
          { minLength: 10, maxLength: 40, size: 'max' },
        ),
      }),
    )
    .map(({ gone, teams, kudos }) => {
      const inOrder = kudos.sort((a, b) => a.givenAt.getTime() - b.givenAt.getTime())
      const stored: Happened['kudos'] = []
      for (const { giver, recipients, keep, from, ...one } of inOrder) {
        // Whoever passes a kudos on received it, mostly.
        const earlier = from === null ? undefined : stored[from % Math.max(1, stored.length)]
        const by = (from ?? 0) % 4 === 0 ? giver : (earlier?.recipients[0] ?? giver)
        const others = recipients.filter((id) => id !== by)
        if (others.length === 0) continue
        stored.push({
          ...one,
          giver: by,
          id: String(stored.length),
          recipients: others,
          keptPrivate: keep ? others.slice(1) : [],
          passedOnFrom: earlier?.id ?? null,
        })
      }
      const claims = teams.map(({ days, ...one }) => ({
        ...one,
        until: days === null ? null : new Date(one.since.getTime() + days * 86_400_000),
      }))
      // One source says one thing of somebody at a time.
      const alone = claims.filter(
        (one, index) =>
          !claims.slice(0, index).some((other) => other.member === one.member && other.source === one.source),
      )
      return { people: PEOPLE.map((id) => ({ id, here: !gone.includes(id) })), claims: alone, kudos: stored }
    })

let workspaces = 0
async function store(db: Db, all: Happened): Promise<string> {
  workspaces += 1
  const workspace = `TCOUNT${workspaces}`
  const id = (name: string) => naturalId('kudos', workspace, name)
  await saveInstallation(db, { workspaceId: workspace, botUserId: 'U0BOT', botId: 'B0BOT' }, new Date())
  await inWorkspace(db, workspace, async (tenant) => {
    await saveMembers(
      tenant,
      all.people.map((one) => aMember({ id: one.id, kind: one.here ? 'member' : 'deactivated' })),
    )
    await insertKudos(
      tenant,
      all.kudos.map(({ id: name, withdrawn: _, ...one }) =>
        aKudos({
          ...one,
          id: id(name),
          likeness: name,
          toPost: null,
          passedOnFrom: one.passedOnFrom && id(one.passedOnFrom),
        }),
      ),
    )
    const taken = all.kudos.filter(({ withdrawn }) => withdrawn).map(({ id: name }) => id(name))
    await sql`update kudos set withdrawn_at = now() where id = any(${taken}::uuid[])`.execute(tenant.trx)
    for (const { member, ...claim } of all.claims) {
      await tenant.trx
        .insertInto('team_claim')
        .values({ ...claim, workspace_id: workspace, member_id: member })
        .execute()
    }
  })
  return workspace
}

/** Without who the people are: the first five may be any five. */
const plain = ({ teams: _, checkIns: _checkIns, prompts: _prompts, ...count }: MonthCount) => ({
  ...count,
  cells: count.cells.map((cell) => ({ ...cell, sides: cell.sides.map(({ length }) => length) })),
  ties: count.ties.amount,
  passedOn: count.passedOn.amount,
})

it('agrees with the slow recount, in every month and zone', async () => {
  let told = { crossed: 0, ties: 0, passedOn: 0, thankedOn: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES).chain((zone) => fc.record({ zone: fc.constant(zone), all: happened(zone) })),
      async ({ zone, all }) => {
        const workspace = await store(database.db, all)
        const last = monthNamed('2026-12', zone)
        if (!last) throw new Error('no such month')
        for (const month of monthsSince(new Date('2026-03-15T12:00:00Z'), last)) {
          const count = await inWorkspace(database.db, workspace, (tenant) => countMonth(tenant, month))
          expect(plain(count)).toEqual(recount(all, month.name, zone))
          told = {
            crossed: told.crossed + count.cells.filter(({ crossed }) => crossed).length,
            ties: told.ties + count.ties.amount,
            passedOn: told.passedOn + count.passedOn.amount,
            thankedOn: told.thankedOn + count.thankedOn,
          }
        }
      },
    ),
    { numRuns: 40 },
  )
  // What never happened would always agree.
  expect(Math.min(...Object.values(told))).toBeGreaterThan(20)
}, 120_000)
