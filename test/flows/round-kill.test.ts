/** Two real processes with a round of five hundred people, one of them killed again and again. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { answer } from '../../src/pairing/answering.ts'
import { openRound } from '../../src/pairing/opening.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import type { Platform } from '../../src/platform/platform.ts'
import { demoCompany } from '../../src/sandbox/company/company.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { type AppProcess, startAppProcess } from '../support/app-process.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

const PEOPLE = 500
/** So many pairs have said yes already, and are to be introduced. */
const AGREED = 100
const KILLS = 20
/** At most so many messages between one kill and the next. */
const BETWEEN = 25

let database: TestDatabase
let sandbox: Sandbox
const apps: AppProcess[] = []
beforeAll(async () => {
  const people = Array.from({ length: PEOPLE }, (_, index) => ({
    handle: `p${index}`,
    realName: `Person ${index}`,
    title: 'Here',
    team: `Team ${index % 50}`,
    tz: 'UTC',
  }))
  database = await createTestDatabase()
  sandbox = await startSandbox({
    port: 0,
    clock: systemClock,
    company: { ...demoCompany, people, groups: [], channels: [], directMessages: [] },
  })
})
afterAll(async () => {
  for (const app of apps) app.signal('SIGKILL')
  await Promise.all(apps.map((app) => app.ended))
  await sandbox?.stop()
  await database?.drop()
})

const start = () =>
  startAppProcess({
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_SIGNING_SECRET: sandbox.signingSecret,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'silent',
  })
const workspace = () => sandbox.app.teamId
const within = <T>(work: (tenant: Tenant) => Promise<T>) => inWorkspace(database.db, workspace(), work)
const posted = () => sandbox.calls.filter(({ method }) => method === 'chat.postMessage').length

// The embedded database belongs to one process; a round on several needs a server.
it.skipIf(inject('databaseTemplate').kind === 'embedded')(
  'everyone has exactly their messages, doubled at most once a kill',
  async () => {
    apps.push(await start())
    await eventually('the directory', async () => {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from member`.execute(database.db)
      return (rows[0]?.count ?? 0) >= PEOPLE
    })
    await within((tenant) =>
      // Around the clock, so that the test may run at any time.
      sql`insert into participation (workspace_id, member_id, joined_at, work_days, work_from, work_until, changed_at)
        select workspace_id, id, now(), '{1,2,3,4,5,6,7}', 0, 1440, now() from member where kind = 'member'`.execute(
        tenant.trx,
      ),
    )
    const now = new Date()
    const log = createLog('silent')
    await openRound({ jobsDb: database.db, log }, workspace(), '2026-01-05', now)
    const silent = { clock: systemClock, queue: { enqueue: async () => {} } } as unknown as Platform
    const { rows: pairs } = await sql<{ id: string; members: string[] }>`
      select pairing_id as id, array_agg(member_id) as members from pairing_member
      group by pairing_id order by pairing_id limit ${AGREED}`.execute(database.db)
    for (const { id, members } of pairs) {
      for (const member of members)
        await within((tenant) => answer(tenant, silent, { pairingId: id, member }, 'accept'))
    }

    apps.push(await start())
    for (let kill = 0; kill < KILLS; kill += 1) {
      const target = posted() + 1 + Math.floor(Math.random() * BETWEEN)
      await eventually('more messages', () => posted() >= target || posted() >= PEOPLE + AGREED, 60)
      const [victim] = apps.splice(kill % 2, 1)
      victim?.signal('SIGKILL')
      await victim?.ended
      apps.push(await start())
    }
    await eventually(
      'nothing left to send',
      async () => {
        const { rows } = await sql<{ open: number }>`
          select count(*)::int as open from check_in_message
          where state = 'due' and due_at <= now()`.execute(database.db)
        return rows[0]?.open === 0
      },
      180,
    )

    const { rows: failed } = await sql`select from check_in_message where state not in ('sent', 'due')`.execute(
      database.db,
    )
    expect(failed).toHaveLength(0)
    let doubled = 0
    for (const { handle } of Array.from({ length: PEOPLE }, (_, index) => ({ handle: `p${index}` }))) {
      const proposals = sandbox.directMessages(handle)
      expect([handle, proposals.length > 0]).toEqual([handle, true])
      doubled += proposals.length - 1
    }
    for (const { members } of pairs) {
      const group = await sandbox.as(members[0] ?? '').direct(...members.slice(1), sandbox.app.botUser)
      const introductions = sandbox.messages(group, { app: true })
      expect([group, introductions.length > 0]).toEqual([group, true])
      doubled += introductions.length - 1
    }
    expect(doubled).toBeLessThanOrEqual(KILLS)
  },
  400_000,
)
