import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readHome } from '../../src/home/home-store.ts'
import { dismissKeepsake } from '../../src/home/keepsake-store.ts'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { listGiven, listReceived, markWithdrawn } from '../../src/kudos/store.ts'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { saveAvoided, saveParticipation } from '../../src/workspace/participation-store.ts'
import { saveInstallation, saveMembers } from '../../src/workspace/store.ts'
import { aKudos, aMember } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-09-15T12:00:00Z')
const LONG_AGO = new Date('2026-06-15T12:00:00Z')
const MONTH = new Date('2026-09-01T00:00:00Z')
let database: TestDatabase
let run = 0
let workspace: string

const within = <T>(work: (tenant: Tenant) => Promise<T>, id = workspace) => inWorkspace(database.db, id, work)
const look = (week = 0, member = 'U01ANN') =>
  within((tenant) => readHome(tenant, member, () => ({ month: MONTH, longAgo: LONG_AGO, week }), 3, NOW))
let count = 0
const give = async (over: Parameters<typeof aKudos>[0] = {}) => {
  count += 1
  const kudos = aKudos({ id: naturalId('kudos', workspace, String(count)), likeness: String(count), ...over })
  await within((tenant) => insertKudos(tenant, [kudos]))
  return kudos
}

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  run += 1
  workspace = `THOME${run}`
  await saveInstallation(database.db, { workspaceId: workspace, botUserId: 'U0BOT', botId: 'B0BOT' }, NOW)
  await within((tenant) => saveMembers(tenant, [aMember(), aMember({ id: 'U02RAJ', isOwner: true })]))
})

describe('a keepsake', () => {
  const old = new Date('2026-03-01T12:00:00Z')

  it('is a kudos to me from at least three months ago, another each week', async () => {
    const given = [await give({ givenAt: old }), await give({ givenAt: new Date('2026-04-01T12:00:00Z') })]
    await give({ givenAt: new Date('2026-06-16T12:00:00Z') })
    await give({ givenAt: old, recipients: ['U03LEE'] })
    const shown = []
    for (const week of [10, 10, 11, 12]) shown.push((await look(week)).month.keepsake?.kudosId)
    expect(shown).toEqual([given[0]?.id, given[0]?.id, given[1]?.id, given[0]?.id])
    expect((await look(14)).month.keepsake).toMatchObject({ giver: 'U02RAJ', reason: 'staying late' })
    // One that becomes old enough comes before any other comes again, and changes nothing in a week that has its own.
    const third = await give({ givenAt: new Date('2026-05-01T12:00:00Z') })
    expect((await look(14)).month.keepsake?.kudosId).toBe(given[1]?.id)
    expect((await look(15)).month.keepsake?.kudosId).toBe(third.id)
    expect((await look(10, 'U04KIM')).month.keepsake).toBeNull()
  })

  it('never comes back once it was dismissed or withdrawn', async () => {
    const [first, second] = [await give({ givenAt: old }), await give({ givenAt: old })]
    await within((tenant) => dismissKeepsake(tenant, 'U01ANN', first.id, NOW))
    for (const week of [0, 1]) expect((await look(week)).month.keepsake?.kudosId).toBe(second.id)
    await within((tenant) => markWithdrawn(tenant, second.id, NOW))
    expect((await look()).month.keepsake).toBeNull()
  })

  it.each([
    ['U01ANN', 'U02RAJ'],
    ['U02RAJ', 'U01ANN'],
  ])('never crosses an avoid list: %s avoids %s', async (owner, avoided) => {
    await give({ givenAt: old })
    expect((await look()).month.keepsake).not.toBeNull()
    await within((tenant) => saveAvoided(tenant, owner, [avoided], NOW))
    expect((await look()).month.keepsake).toBeNull()
  })
})

describe('the month', () => {
  it('counts the whole workspace’s, without what was withdrawn or before', async () => {
    await give({ givenAt: new Date('2026-09-01T00:00:00Z'), recipients: ['U01ANN', 'U03LEE'] })
    await give({ givenAt: NOW, giver: 'U04KIM', recipients: ['U03LEE'], isPrivate: true })
    await give({ givenAt: new Date('2026-08-31T23:59:59Z') })
    const withdrawn = await give({ givenAt: NOW, giver: 'U05NEW' })
    await within((tenant) => markWithdrawn(tenant, withdrawn.id, NOW))
    const { month, received, given } = await look()
    expect(month).toMatchObject({ kudos: 2, givers: 2, receivers: 2, members: 2 })
    expect(received.map(({ giver }) => giver)).toEqual(['U02RAJ'])
    expect(given).toEqual([])
    expect((await look(0, 'U02RAJ')).given).toHaveLength(1)
  })

  it('is counted up to its first 10,000 kudos: what comes after changes nothing', async () => {
    const many = (from: number, until: number, giver: string) =>
      within(async ({ trx, workspaceId }) => {
        await sql`insert into kudos (workspace_id, id, giver_id, reason, likeness, given_at, nth)
            select ${workspaceId}, gen_random_uuid(), ${giver} || n % 7, 'much', n::text,
              ${MONTH}::timestamptz + n * interval '1 second', n from generate_series(${from}::int, ${until}::int) as n`.execute(
          trx,
        )
        await sql`insert into kudos_recipient (workspace_id, kudos_id, member_id, position, given_at)
            select workspace_id, id, 'U0TO' || nth % 11, 1, given_at from kudos
            where workspace_id = ${workspaceId} and giver_id like ${`${giver}%`}`.execute(trx)
      })
    await many(1, 9_999, 'U0BY')
    expect((await look()).month).toMatchObject({ kudos: 9_999, givers: 7, receivers: 11 })
    await many(10_000, 10_100, 'U0AFTER')
    expect((await look()).month).toMatchObject({ kudos: 10_000, givers: 8, receivers: 11 })
  })

  it('is fenced: another workspace has its own', async () => {
    await give({ givenAt: NOW })
    const elsewhere = await within(
      (tenant) => readHome(tenant, 'U01ANN', () => ({ month: MONTH, longAgo: LONG_AGO, week: 0 }), 3, NOW),
      'TELSEWHERE',
    )
    expect(elsewhere).toMatchObject({ received: [], month: { kudos: 0, keepsake: null }, person: { kind: null } })
  })
})

describe('the page', () => {
  it.each([
    ['somebody who has joined check-ins', 'U01ANN', 4],
    ['an admin', 'U02RAJ', 3],
    ['somebody new', 'U04KIM', 3],
  ])('takes at most four statements for %s', async (_who, member, expected) => {
    await give({ givenAt: NOW })
    await give({ givenAt: new Date('2026-03-01T12:00:00Z') })
    let statements = 0
    await within(async (tenant) => {
      await saveParticipation(tenant, 'U01ANN', { joined: true }, NOW)
      const trx = tenant.trx.withPlugin({
        transformQuery({ node }) {
          statements += 1
          return node
        },
        transformResult: async ({ result }) => result,
      })
      await readHome({ ...tenant, trx }, member, () => ({ month: MONTH, longAgo: LONG_AGO, week: 0 }), 3, NOW)
    })
    expect(statements).toBe(expected)
  })

  it('shows the newest of what one received and gave, as the lists have them', async () => {
    const at = (minute: number) => new Date(NOW.getTime() + minute * 60_000)
    for (const minute of [1, 2, 3, 4, 5]) {
      await give({ givenAt: at(minute) })
      await give({ givenAt: at(minute), giver: 'U01ANN', recipients: ['U02RAJ', 'U03LEE'] })
    }
    const withdrawn = await give({ givenAt: at(9) })
    await within((tenant) => markWithdrawn(tenant, withdrawn.id, NOW))
    const { received, given } = await look()
    expect(received).toEqual(await within((tenant) => listReceived(tenant, 'U01ANN', 4)))
    expect(given).toEqual(await within((tenant) => listGiven(tenant, 'U01ANN', 4)))
    expect(received).toHaveLength(4)
    expect(given).toHaveLength(4)
  })

  it('knows an owner for an admin, and nobody else', async () => {
    expect((await look(0, 'U02RAJ')).person.isAdmin).toBe(true)
    expect((await look()).person.isAdmin).toBe(false)
  })
})
