import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { learnUsers } from '../../src/workspace/learning.ts'
import { endSkips, findParticipants, listAvoidances, listParticipants } from '../../src/workspace/participant-store.ts'
import { saveAvoided, saveParticipation } from '../../src/workspace/participation-store.ts'
import { saveInstallation, saveMembers } from '../../src/workspace/store.ts'
import { saveTeamClaims } from '../../src/workspace/team-store.ts'
import { aMember } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-09-15T12:00:00Z')
const PEOPLE = ['U01ANN', 'U02RAJ', 'U03LEE', 'U04KIM']
let database: TestDatabase
let run = 0
let workspace: string
const within = <T>(work: (tenant: Tenant) => Promise<T>, id = workspace) => inWorkspace(database.db, id, work)
const joins = (...ids: string[]) =>
  within(async (tenant) => {
    for (const id of ids) await saveParticipation(tenant, id, { joined: true }, NOW)
  })

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  run += 1
  workspace = `TPART${run}`
  await saveInstallation(database.db, { workspaceId: workspace, botUserId: 'U0BOT', botId: 'B0BOT' }, NOW)
  const members = PEOPLE.map((id) => aMember({ id }))
  await within((tenant) => saveMembers(tenant, members))
})

it('lists everybody who joined, with what a round needs to know of them', async () => {
  await joins('U03LEE', 'U01ANN', 'U02RAJ')
  await within(async (tenant) => {
    const hours = { days: [1, 2], from: 600, until: 900 }
    await saveParticipation(tenant, 'U01ANN', { hours, pausedUntil: 'until I say so', skipsNext: true }, NOW)
    await saveParticipation(tenant, 'U02RAJ', { joined: false }, NOW)
    await saveParticipation(tenant, 'U04KIM', { hours }, NOW)
    await saveTeamClaims(tenant, 'self', [{ memberId: 'U01ANN', team: 'Mine' }], NOW)
    await saveTeamClaims(tenant, 'group', [{ memberId: 'U01ANN', team: 'Group' }], NOW)
  })
  const all = await within(listParticipants)
  expect(all.map(({ id }) => id)).toEqual(['U01ANN', 'U03LEE'])
  expect(all[0]).toEqual({
    id: 'U01ANN',
    kind: 'member',
    tz: 'Europe/Berlin',
    locale: 'en-US',
    team: { name: 'Group', source: 'group' },
    participation: {
      joined: true,
      pausedUntil: 'until I say so',
      skipsNext: true,
      hours: { days: [1, 2], from: 600, until: 900 },
      readsStatus: false,
      awayUntil: null,
    },
  })
  expect(all[1]?.team).toBeNull()
  const some = await within((tenant) => findParticipants(tenant, ['U02RAJ', 'U04KIM', 'U0NOBODY']))
  expect(some.map(({ id, participation }) => [id, participation.joined])).toEqual([
    ['U02RAJ', false],
    ['U04KIM', false],
  ])
  expect(await within(listParticipants, 'TELSEWHERE')).toEqual([])
})

it('ends the skipping of these people alone', async () => {
  await joins('U01ANN', 'U02RAJ')
  await within(async (tenant) => {
    for (const id of ['U01ANN', 'U02RAJ']) await saveParticipation(tenant, id, { skipsNext: true }, NOW)
    await endSkips(tenant, ['U02RAJ'])
  })
  expect((await within(listParticipants)).map((one) => one.participation.skipsNext)).toEqual([true, false])
})

it('knows who keeps apart from whom, of those who joined', async () => {
  await joins('U01ANN', 'U02RAJ')
  await within((tenant) => saveAvoided(tenant, 'U02RAJ', ['U01ANN', 'U03LEE'], NOW))
  await within((tenant) => saveAvoided(tenant, 'U04KIM', ['U01ANN'], NOW))
  expect(await within(listAvoidances)).toEqual([['U02RAJ', 'U01ANN']])
})

it('keeps until when somebody is away, of those alone who asked for it, and by the newest word', async () => {
  await joins('U01ANN', 'U02RAJ')
  await within((tenant) => saveParticipation(tenant, 'U01ANN', { readsStatus: true }, NOW))
  const sick = { status_text: 'Sick', status_expiration: NOW.getTime() / 1000 + 3600 }
  const told = (updated: number, profile: object) =>
    within((tenant) =>
      learnUsers(
        tenant,
        ['U01ANN', 'U02RAJ'].map((id) => ({ id, updated, profile })),
        NOW,
      ),
    )
  const away = async () => (await within(listParticipants)).map((one) => one.participation.awayUntil)
  await told(10, sick)
  expect(await away()).toEqual([new Date('2026-09-15T13:00:00Z'), null])
  await told(9, {})
  expect(await away()).toEqual([new Date('2026-09-15T13:00:00Z'), null])
  await told(11, { status_text: 'On leave' })
  expect(await away()).toEqual(['until I say so', null])
  await within((tenant) => saveParticipation(tenant, 'U01ANN', { readsStatus: false }, NOW))
  expect(await away()).toEqual([null, null])
})
