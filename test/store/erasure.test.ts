import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReceived } from '../../src/kudos/store.ts'
import { erase } from '../../src/own-data/erasure-store.ts'
import { readAll } from '../../src/own-data/export-store.ts'
import { listMatchings } from '../../src/pairing/history-store.ts'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { isStandIn, newStandIn } from '../../src/platform/stand-in.ts'
import { listAvoided, saveAvoided, saveParticipation } from '../../src/workspace/participation-store.ts'
import { saveInstallation } from '../../src/workspace/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type FullWorkspace, fillWorkspace } from '../support/full-workspace.ts'
import { rowsOf, tablesNaming, tablesOf, withQueueTables } from '../support/tables.ts'

/** The tables that never name a person. Whatever else there is names the one who is everywhere. */
const NAMES_NOBODY = [
  'install_ticket',
  'slack_budget',
  'kudos_to_post',
  'channel',
  'channel_greeting',
  'digest_month',
  'kudos_retention',
  'member_reading',
  'profile_field',
  'prompt_channel',
  'round',
  'round_outlook',
  'round_watch',
  'user_group',
  'workspace',
]

const ME = 'U0ERASED'
const now = new Date('2026-03-03T10:00:00Z')

let database: TestDatabase
let here: FullWorkspace
let elsewhere: FullWorkspace
const within = <T>(work: (tenant: Tenant) => Promise<T>) => inWorkspace(database.db, here.workspaceId, work)

beforeAll(async () => {
  database = await createTestDatabase()
  await withQueueTables(database.db)
  const fill = async (workspaceId: string, key: string) => {
    await saveInstallation(database.db, { workspaceId, botUserId: 'UBOT', botId: 'BBOT' }, now)
    return await fillWorkspace(database.db, workspaceId, key, { me: ME, other: 'U0OTHER', third: 'U0THIRD' })
  }
  here = await fill('T1', '1')
  elsewhere = await fill('T2', '2')
})
afterAll(() => database?.drop())

describe('somebody who is in every table', () => {
  it('is in every table that can name a person: a new table has to be looked at', async () => {
    const all = await tablesOf(database.db)
    expect(all.filter((table) => !NAMES_NOBODY.includes(table))).toEqual(await tablesNaming(database.db, ME))
    // None of them is empty, or the rest of this would prove little.
    const rows = await rowsOf(database.db, here.workspaceId)
    expect(Object.entries(rows).filter(([, found]) => found.length === 0)).toEqual([])
  })

  it('can read all of it that is theirs, and nothing that others said in confidence', async () => {
    const all = await within((tenant) => readAll(tenant, ME))
    expect(Object.keys(all).sort()).toMatchInlineSnapshot(`
      [
        "avoids",
        "checkInChoices",
        "checkIns",
        "choices",
        "directory",
        "keepsakes",
        "keepsakesDismissed",
        "kudosGiven",
        "kudosReceived",
        "kudosRemoved",
        "messages",
        "promptAnswers",
        "promptsAdded",
        "promptsDone",
        "promptsPostedAgain",
        "reports",
        "reportsDecided",
        "rounds",
        "settings",
        "settingsChanged",
        "teams",
        "ties",
        "userGroups",
      ]
    `)
    expect(all.avoids).toEqual([expect.objectContaining({ member: 'U0THIRD' })])
    const checkIns = all.checkIns as { expectation: number; rating: number }[]
    expect(checkIns).toContainEqual(expect.objectContaining({ with: ['U0OTHER'], expectation: 2, rating: 4 }))
    // What the other one said of it is the other one's.
    expect(JSON.stringify(checkIns)).not.toMatch(/"expectation":3|"rating":5/)
    expect(JSON.stringify(all)).not.toContain('secret of 2')
    const others = await within((tenant) => readAll(tenant, 'U0THIRD'))
    expect(JSON.stringify(others.avoids)).toContain(ME)
    expect(await within((tenant) => readAll(tenant, 'U0NOBODY'))).toEqual({})
  })

  it('is in none of them after they were erased, and only there; the words for them alone are gone, others’ stay', async () => {
    const before = await rowsOf(database.db, elsewhere.workspaceId)
    for (const workspaceId of ['T1', 'T2'])
      await sql`insert into pgboss.job (data) values (${JSON.stringify({ workspaceId, to: ME })}::jsonb)`.execute(
        database.db,
      )
    const standIn = newStandIn()
    await within((tenant) => erase(tenant, { member: ME, standIn, written: false }, now))
    const rows = await rowsOf(database.db, here.workspaceId)
    expect(Object.entries(rows).filter(([, found]) => found.some((row) => row.includes(ME)))).toEqual([])
    expect(await rowsOf(database.db, elsewhere.workspaceId)).toEqual(before)
    const jobs = await sql<{ workspace: string }>`select data ->> 'workspaceId' as workspace from pgboss.job`.execute(
      database.db,
    )
    expect(jobs.rows).toEqual([{ workspace: 'T2' }])

    const kudos = (await within((tenant) => listReceived(tenant, 'U0OTHER', 10)))[0]
    expect(kudos).toMatchObject({ id: here.kudos.given, giver: standIn, reason: here.secret })
    const shared = await within((tenant) => listReceived(tenant, 'U0THIRD', 10))
    expect(shared).toMatchObject([
      { recipients: [standIn, 'U0THIRD'], reason: `${here.secret}, and somebody (somebody)` },
    ])
    const alone = await within((tenant) => listReceived(tenant, standIn, 10))
    expect(alone.find(({ id }) => id === here.kudos.received)).toMatchObject({ reason: '', giver: 'U0OTHER' })
    expect(await within((tenant) => listMatchings(tenant, here.round))).toMatchObject([
      { input: null, groups: [[standIn, 'U0OTHER', 'U0THIRD']] },
    ])
    expect(isStandIn(standIn)).toBe(true)
  })

  it('is erased with the kudos they wrote, if they want', async () => {
    const standIn = newStandIn()
    await inWorkspace(database.db, 'T2', (tenant) => erase(tenant, { member: ME, standIn, written: true }, now))
    expect(await tablesNaming(database.db, ME, ['pgboss.job'])).toEqual([])
    const left = await inWorkspace(database.db, 'T2', (tenant) => listReceived(tenant, 'U0OTHER', 10))
    expect(left).toEqual([])
    const { rows } = await sql<{ reason: string }>`
      select reason from kudos where id = ${elsewhere.kudos.given}`.execute(database.db)
    expect(rows).toEqual([{ reason: '' }])
  })

  it('may be named on a list again before they come back: forgotten once more, or taken off it, they are as if only named', async () => {
    const avoiding = () => within((tenant) => listAvoided(tenant, 'U0OWNER'))
    const forget = () =>
      within((tenant) => erase(tenant, { member: 'U0BACK', standIn: newStandIn(), written: false }, now))
    await within((tenant) => saveAvoided(tenant, 'U0OWNER', ['U0BACK'], now))
    await forget()
    await within((tenant) => saveAvoided(tenant, 'U0OWNER', ['U0BACK'], now))
    await forget()
    expect(await avoiding()).toEqual([])
    // Both at once, as when a list is saved while somebody on it is forgotten.
    await sql`
      insert into avoidance (workspace_id, owner_id, avoided_id, since)
      values ('T1', 'U0OWNER', 'U0BACK', now())`.execute(database.db)
    await forget()
    expect(await avoiding()).toEqual([])
    await within((tenant) => saveAvoided(tenant, 'U0OWNER', ['U0BACK'], now))
    await within((tenant) => saveAvoided(tenant, 'U0OWNER', [], now))
    await within((tenant) => saveParticipation(tenant, 'U0BACK', { joined: true }, now))
    expect(await avoiding()).toEqual([])
  })

  it('stays avoided by whoever avoided them, should they come back; and nobody sees it until then', async () => {
    const avoiding = () => within((tenant) => listAvoided(tenant, 'U0THIRD'))
    expect(await avoiding()).toEqual([])
    expect((await within((tenant) => readAll(tenant, 'U0THIRD'))).avoids).toEqual([
      expect.objectContaining({ member: 'somebody who was forgotten' }),
    ])
    // The list is saved anew, as by its form.
    await within((tenant) => saveAvoided(tenant, 'U0THIRD', ['U0OTHER'], now))
    expect(await avoiding()).toEqual(['U0OTHER'])
    await within((tenant) => saveParticipation(tenant, 'U0ELSE', { joined: true }, now))
    expect(await avoiding()).toEqual(['U0OTHER'])
    await within((tenant) => saveParticipation(tenant, ME, { joined: true }, now))
    expect((await avoiding()).sort()).toEqual([ME, 'U0OTHER'].sort())
    await within((tenant) => erase(tenant, { member: ME, standIn: newStandIn(), written: true }, now))
    expect(await avoiding()).toEqual(['U0OTHER'])
    // Whoever avoided them takes it with them.
    await within((tenant) => erase(tenant, { member: 'U0THIRD', standIn: newStandIn(), written: true }, now))
    await within((tenant) => saveParticipation(tenant, ME, { joined: true }, now))
    expect(await avoiding()).toEqual([])
    await within((tenant) => erase(tenant, { member: ME, standIn: newStandIn(), written: true }, now))
  })

  it('can be erased twice', async () => {
    const rows = await rowsOf(database.db, 'T1')
    await within((tenant) => erase(tenant, { member: ME, standIn: newStandIn(), written: true }, now))
    expect(await rowsOf(database.db, 'T1')).toEqual(rows)
  })
})
