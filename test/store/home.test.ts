import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readHome } from '../../src/home/home-store.ts'
import { dismissKeepsake } from '../../src/home/keepsake-store.ts'
import { home } from '../../src/home/messages.ts'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { listGiven, listReceived } from '../../src/kudos/store.ts'
import { markWithdrawn } from '../../src/kudos/writing-store.ts'
import { saveOutlook } from '../../src/pairing/history-store.ts'
import { insertPairings } from '../../src/pairing/pairing-writing-store.ts'
import { insertRound } from '../../src/pairing/round-writing-store.ts'
import { nextOpening } from '../../src/pairing/schedule.ts'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { saveAvoided, saveParticipation } from '../../src/workspace/participation-store.ts'
import { readSetting } from '../../src/workspace/settings.ts'
import { saveInstallation, saveMembers } from '../../src/workspace/store.ts'
import { aKudos, aMember } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const DAY_MS = 24 * 3_600_000
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

let rounds = 0
/** A pairing of a round of its own, or a later wave of another one; met, or to be answered. Answers with its round. */
async function insertCheckIn(
  tenant: Tenant,
  { round, wave, members, met }: { round?: string; wave: number; members: string[]; met?: Date },
): Promise<string> {
  if (!round) rounds += 1
  const id = round ?? naturalId('round', String(rounds))
  const closesAt = new Date(NOW.getTime() + 30 * DAY_MS)
  const gap = { expected: 3.1, was: 4.2 }
  const one = { id, date: String(rounds), state: 'open' as const, number: rounds, people: 3, closesAt, gap }
  if (!round) await insertRound(tenant, { ...one, openedAt: NOW, settleAt: null })
  const pairingId = naturalId('pairing', id, String(wave))
  const pairing = { id: pairingId, members, answerBy: met ?? closesAt, state: 'proposed' as const }
  await insertPairings(tenant, { id, number: rounds, wave }, [pairing])
  if (met || !round) {
    const state = met ? 'introduced' : 'over'
    await sql`update pairing set state = ${state}, introduced_at = ${met ?? null} where id = ${pairingId}`.execute(
      tenant.trx,
    )
    await sql`update pairing_member set answer = 'yes', outcome = ${met ? 'met' : null}
      where pairing_id = ${pairingId}`.execute(tenant.trx)
  }
  return id
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
  const read = async (member: string, now: Date) => {
    let statements = 0
    const data = await within(async (tenant) => {
      const trx = tenant.trx.withPlugin({
        transformQuery({ node }) {
          statements += 1
          return node
        },
        transformResult: async ({ result }) => result,
      })
      return await readHome({ ...tenant, trx }, member, () => ({ month: MONTH, longAgo: LONG_AGO, week: 0 }), 3, now)
    })
    return { statements, page: JSON.stringify(home(data, now)) }
  }

  it('takes at most four statements, whoever looks and whatever is open', async () => {
    const next = nextOpening(readSetting('check-ins.rhythm', undefined), 'UTC', NOW)
    const dayBefore = new Date(next.at.getTime() - DAY_MS)
    await give({ givenAt: dayBefore })
    await give({ givenAt: new Date('2026-03-01T12:00:00Z') })
    await within((tenant) => saveMembers(tenant, [aMember({ id: 'U03LEE' })]))
    await within(async (tenant) => {
      for (const id of ['U01ANN', 'U02RAJ', 'U03LEE']) await saveParticipation(tenant, id, { joined: true }, NOW)
      await saveOutlook(tenant, { date: next.date, people: 12, sameTeam: 0, repeats: 7 })
      await insertCheckIn(tenant, { wave: 1, members: ['U01ANN', 'U03LEE'], met: new Date('2026-06-01T10:00:00Z') })
      const before = await insertCheckIn(tenant, { wave: 1, members: ['U01ANN', 'U03LEE'] })
      await insertCheckIn(tenant, { round: before, wave: 2, members: ['U01ANN', 'U02RAJ'] })
    })
    const stranger = await read('U04KIM', dayBefore)
    expect(stranger.statements).toBe(3)
    expect(stranger.page).not.toContain('will take part')
    const busy = await read('U01ANN', dayBefore)
    expect(busy.statements).toBe(4)
    expect(busy.page).toContain('home.pairing.accept')
    expect(busy.page).toContain('From a while ago')
    // With whom it did not fit before.
    expect(busy.page).toContain('<@U03LEE>')
    expect(busy.page).toContain('4.2')
    // An admin who is in a check-in as well, the day before a round.
    await within((tenant) => saveMembers(tenant, [aMember({ id: 'U02RAJ', isOwner: true, version: 2 })]))
    const admin = await read('U02RAJ', dayBefore)
    expect(admin.statements).toBe(4)
    expect(admin.page).toContain('home.pairing.accept')
    expect(admin.page).toContain('How many will take part')
    expect((await read('U02RAJ', NOW)).page).not.toContain('How many will take part')
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
