import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { monthNamed, monthsSince } from '../../src/digest/month.ts'
import { countMonth, type MonthCount } from '../../src/digest/store.ts'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { type Db, inWorkspace } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { saveInstallation, saveMembers } from '../../src/workspace/store.ts'
import { happened } from '../support/arbitrary-months.ts'
import { aKudos, aMember } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import type { Happened } from '../support/happened.ts'
import { recount } from '../support/recount.ts'
import { recountTogether } from '../support/recount-together.ts'
import { storeTogether } from '../support/together.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu']
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
    await storeTogether(tenant, all)
  })
  return workspace
}

/** Without who the people are: the first five may be any five. */
const plain = ({ teams: _, checkIns, ...count }: MonthCount) => ({
  ...count,
  checkIns: {
    gap: checkIns.gap,
    ...Object.fromEntries(
      (['met', 'agreed', 'open', 'metWithin', 'metAcross', 'ties'] as const).map((name) => [
        name,
        { amount: checkIns[name].amount, sides: checkIns[name].sides.map(({ length }) => length) },
      ]),
    ),
  },
  cells: count.cells.map((cell) => ({ ...cell, sides: cell.sides.map(({ length }) => length) })),
  ties: count.ties.amount,
  passedOn: count.passedOn.amount,
})

it('agrees with the slow recount, in every month and zone', async () => {
  let told = {
    crossed: 0,
    ties: 0,
    passedOn: 0,
    thankedOn: 0,
    met: 0,
    metAcross: 0,
    metTies: 0,
    tookPart: 0,
    unreached: 0,
  }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES).chain((zone) => fc.record({ zone: fc.constant(zone), all: happened(zone) })),
      async ({ zone, all }) => {
        const workspace = await store(database.db, all)
        const last = monthNamed('2026-12', zone)
        if (!last) throw new Error('no such month')
        for (const month of monthsSince(new Date('2026-03-15T12:00:00Z'), last)) {
          const count = await inWorkspace(database.db, workspace, (tenant) => countMonth(tenant, month))
          expect(plain(count)).toEqual({ ...recount(all, month.name, zone), ...recountTogether(all, month.name, zone) })
          told = {
            crossed: told.crossed + count.cells.filter(({ crossed }) => crossed).length,
            ties: told.ties + count.ties.amount,
            passedOn: told.passedOn + count.passedOn.amount,
            thankedOn: told.thankedOn + count.thankedOn,
            met: told.met + count.checkIns.met.amount,
            metAcross: told.metAcross + count.checkIns.metAcross.amount,
            metTies: told.metTies + count.checkIns.ties.amount,
            tookPart: told.tookPart + count.prompts.tookPart,
            unreached: told.unreached + count.unreached,
          }
        }
      },
    ),
    { numRuns: 50 },
  )
  // What never happened would always agree.
  expect(Math.min(...Object.values(told))).toBeGreaterThan(10)
}, 120_000)
