import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { listUserGroups, saveInstallation, saveUserGroup } from '../../src/workspace/store.ts'
import { findTeam, readAdminTeams, saveTeamClaims, teamsAt } from '../../src/workspace/team-store.ts'
import { renewTeams } from '../../src/workspace/teams.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let run = 0
let workspace: string
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  run += 1
  workspace = `TTEAMS${run}`
  await saveInstallation(database.db, { workspaceId: workspace, botUserId: 'U0BOT', botId: 'B0BOT' }, day(1))
})

const day = (number: number) => new Date(Date.UTC(2026, 2, number))
const within = <T>(work: (tenant: Tenant) => Promise<T>, id = workspace) => inWorkspace(database.db, id, work)
const claim = (source: 'admin' | 'group' | 'field' | 'self', team: string | null, on: Date, memberId = 'U01ANN') =>
  within((tenant) => saveTeamClaims(tenant, source, [{ memberId, team }], on))
const team = (memberId = 'U01ANN') => within((tenant) => findTeam(tenant, memberId))

it('the strongest source that knows counts, and what it knew no more gives way', async () => {
  await claim('self', 'Mine', day(1))
  await claim('field', 'Field', day(2))
  expect(await team()).toEqual({ name: 'Field', source: 'field' })
  await claim('group', 'Group', day(3))
  await claim('admin', 'Admin', day(4))
  expect(await team()).toEqual({ name: 'Admin', source: 'admin' })
  expect(await within((tenant) => readAdminTeams(tenant))).toEqual(new Map([['U01ANN', 'Admin']]))
  await claim('admin', null, day(5))
  expect(await team()).toEqual({ name: 'Group', source: 'group' })
  await claim('group', null, day(6))
  await claim('field', null, day(6))
  await claim('self', null, day(6))
  expect(await team()).toBeNull()
})

it('what held last month stays what it was', async () => {
  await claim('self', 'Design', day(1))
  await claim('self', 'Design', day(5))
  await claim('self', 'Care', day(10))
  await claim('admin', 'Platform', day(20))
  const at = async (number: number) =>
    (await within((tenant) => teamsAt(tenant, ['U01ANN', 'U02RAJ'], day(number)))).get('U01ANN')
  expect([await at(1), await at(9), await at(10), await at(19), await at(20), await at(31)]).toEqual([
    'Design',
    'Design',
    'Care',
    'Care',
    'Platform',
    'Platform',
  ])
  expect(await within((tenant) => teamsAt(tenant, ['U01ANN'], new Date(day(1).getTime() - 1)))).toEqual(new Map())
  expect(await within((tenant) => teamsAt(tenant, ['U01ANN'], day(31)), 'TELSEWHERE')).toEqual(new Map())
})

it('user groups that an admin marks are teams, in the order they are marked', async () => {
  const group = (id: string, name: string, members: string[], version: number) =>
    within((tenant) => saveUserGroup(tenant, { id, name, members, version }))
  await group('S01', 'Design', ['U01ANN', 'U02RAJ'], 1)
  await group('S02', 'Care', ['U02RAJ', 'U03LEE'], 1)
  await group('S03', 'Everybody', ['U01ANN', 'U02RAJ', 'U03LEE', 'U04KIM'], 1)
  const mark = async (ids: string[], on: Date) => {
    await within(async (tenant) => {
      await saveSettings(tenant, { 'teams.groups': ids }, null, on)
      await renewTeams(tenant, on)
    })
    const names = ['U01ANN', 'U02RAJ', 'U03LEE', 'U04KIM'].map(async (id) => (await team(id))?.name ?? null)
    return await Promise.all(names)
  }
  expect(await mark([], day(1))).toEqual([null, null, null, null])
  expect(await mark(['S02', 'S01'], day(2))).toEqual(['Design', 'Care', 'Care', null])
  expect(await mark(['S01', 'S02'], day(3))).toEqual(['Design', 'Design', 'Care', null])
  await group('S02', 'Customer care', [], 2)
  await within((tenant) => renewTeams(tenant, day(4)))
  expect(await team('U03LEE')).toBeNull()
  expect(await mark([], day(5))).toEqual([null, null, null, null])
  expect(await within((tenant) => teamsAt(tenant, ['U03LEE'], day(3)))).toEqual(new Map([['U03LEE', 'Care']]))
  expect(await within((tenant) => listUserGroups(tenant))).toEqual([
    { id: 'S01', name: 'Design' },
    { id: 'S03', name: 'Everybody' },
  ])
})
