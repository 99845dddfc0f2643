/** The real process, killed while weekly prompts go out: no channel gets two, and admins hear of each that may be missing. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { savePlan, usualPlan } from '../../src/prompts/admin-acts.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { saveChannel } from '../../src/workspace/channel-store.ts'
import { type AppProcess, startAppProcess } from '../support/app-process.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

const CHANNELS = 40
const KILLS = 4
/** So many are posted between one kill and the next. */
const BETWEEN = 5

let database: TestDatabase
let sandbox: Sandbox
let app: AppProcess
const names = Array.from({ length: CHANNELS }, (_, index) => `kill-${index}`)

beforeAll(async () => {
  database = await createTestDatabase()
  sandbox = await startSandbox({ port: 0, clock: systemClock })
  await start()
  await eventually('the directory', async () => {
    const { rows } = await sql`select from member where is_admin`.execute(database.db)
    return rows.length > 0
  })
  // Each is on its way for a moment, so that a kill finds some of them there.
  sandbox.faults.api('chat.postMessage', { hang: 40 }, 1_000)
})
afterAll(async () => {
  app?.signal('SIGKILL')
  await app?.ended
  await sandbox?.stop()
  await database?.drop()
})

async function start() {
  app = await startAppProcess({
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_SIGNING_SECRET: sandbox.signingSecret,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'silent',
  })
  sandbox.connectApp(app.url)
}

const within = <T>(work: (tenant: Tenant) => Promise<T>) => inWorkspace(database.db, sandbox.app.teamId, work)

/** Channels whose prompt of this week became due a minute ago. */
async function makeDue() {
  const now = new Date()
  const minute = new Date(now.getTime() - 60_000)
  const by = sandbox.person('margit').id
  for (const name of names) {
    const { id } = sandbox.addChannel({ name, members: [by, sandbox.app.botUser] })
    await within(async (tenant) => {
      await saveChannel(tenant, { id, isShared: false, isArchived: false })
      const time = minute.toISOString().slice(11, 16)
      const plan = { ...(await usualPlan(tenant)), weekday: minute.getUTCDay() || 7, time, zone: 'UTC' }
      await savePlan(tenant, { ...plan, channel: id }, by, now)
    })
  }
  await sql`
    update prompt_channel set next_due_at = next_due_at - interval '7 days',
      next_week = to_char((next_due_at - interval '7 days') at time zone 'UTC', 'IYYY-"W"IW')`.execute(database.db)
}

const postedIn = (name: string) =>
  sandbox.messages(`#${name}`, { app: true }).filter(({ text }) => text.startsWith('This week’s')).length
const posted = () => names.reduce((sum, name) => sum + postedIn(name), 0)

it('posts each at most once, whenever it is killed, and tells the admins of what nobody can be sure of', async () => {
  await makeDue()
  for (let kill = 0; kill < KILLS; kill += 1) {
    const target = posted() + BETWEEN
    // It looks for what is due when it starts, and once a minute.
    await eventually('more prompts', () => posted() >= target, 90)
    app.signal('SIGKILL')
    expect(await app.ended).toBe('SIGKILL')
    await start()
  }
  await eventually(
    'nothing left to post',
    async () => {
      const { rows } = await sql`select from prompt_post where state in ('due', 'claimed')`.execute(database.db)
      return rows.length === 0
    },
    90,
  )
  const { rows: uncertain } = await sql<{ channel: string }>`
    select channel_id as channel from prompt_post where state = 'uncertain'`.execute(database.db)
  const isUncertain = (name: string) => uncertain.some(({ channel }) => channel === sandbox.channel(`#${name}`).id)
  expect(names.filter((name) => postedIn(name) > 1)).toEqual([])
  expect(names.filter((name) => postedIn(name) === 0 && !isUncertain(name))).toEqual([])
  // Otherwise no kill ever came in between.
  expect(uncertain.length).toBeGreaterThan(0)
  const told = await eventually(
    'an admin to be told of all of them',
    () => {
      const all = JSON.stringify(sandbox.directMessages('margit').map(({ blocks }) => blocks))
      return uncertain.every(({ channel }) => all.includes(channel)) && all
    },
    150,
  )
  expect(told).toContain('Post again')
}, 400_000)
