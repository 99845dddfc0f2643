/** The real process, killed while kudos stream in: what was confirmed is kept, and shown. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { type AppProcess, startAppProcess } from '../support/app-process.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

const GIVERS = ['noor', 'ann', 'kofi', 'mei']
const CHANNEL = '#general'
const KILLS = 3
/** So many are confirmed between one kill and the next. */
const BETWEEN = 15

let database: TestDatabase
let sandbox: Sandbox
let app: AppProcess
/** The reasons of all kudos that somebody was told are on their way. */
const confirmed: string[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  sandbox = await startSandbox({ port: 0, clock: systemClock })
  await start()
  let tries = 0
  await eventually('the directory', async () => {
    tries += 1
    return await give('noor', `a first one, try ${tries}`)
  })
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

/** True when it was confirmed, with a card to come. */
async function give(giver: string, reason: string): Promise<boolean> {
  const { status, body } = await sandbox.as(giver).command(CHANNEL, '/kudos', `@bram for ${reason}`)
  const ok = status === 200 && JSON.stringify(body).includes('is on its way. A card appears')
  if (ok) confirmed.push(reason)
  return ok
}

/** People give and give, until told to stop. */
function stream(name: string): { stop(): Promise<void> } {
  let going = true
  const giving = GIVERS.map(async (giver) => {
    for (let count = 1; going; count += 1) {
      await give(giver, `${name} ${giver} ${count}`)
      await new Promise((done) => setTimeout(done, 50))
    }
  })
  return {
    async stop() {
      going = false
      await Promise.all(giving)
    },
  }
}

const moreConfirmed = (count: number) => {
  const target = confirmed.length + count
  return eventually(`${count} more kudos`, () => confirmed.length >= target)
}

async function storedReasons(): Promise<string[]> {
  const { rows } = await sql<{ reason: string }>`select reason from kudos`.execute(database.db)
  return rows.map(({ reason }) => reason)
}

/** How many cards, and how many notes, say each reason. */
function shown(): { cards: Map<string, number>; notes: Map<string, number> } {
  const count = (messages: { text: string }[]) => {
    const counts = new Map<string, number>()
    for (const { text } of messages) {
      const reason = text.slice(text.indexOf(': ') + 2)
      counts.set(reason, (counts.get(reason) ?? 0) + 1)
    }
    return counts
  }
  return { cards: count(sandbox.messages(CHANNEL, { app: true })), notes: count(sandbox.directMessages('bram')) }
}

/** Waits until all that is stored was shown, and nothing is left to do. A dead worker's job is noticed after 17 s. */
const allShown = () =>
  eventually(
    'every card and note',
    async () => {
      const { rows } = await sql<{ open: number }>`
        select (select count(*) from kudos_to_post)::int + (
          select count(*) from pgboss.job where state in ('created', 'retry', 'active')
        )::int as open`.execute(database.db)
      return rows[0]?.open === 0
    },
    60,
  )

const times = (list: string[]) => Map.groupBy(list, (reason) => reason)

describe('a process that is killed again and again', () => {
  it('loses nothing that was confirmed, and doubles at most what it was just sending', async () => {
    const people = stream('kill')
    for (let kill = 0; kill < KILLS; kill += 1) {
      await moreConfirmed(BETWEEN)
      app.signal('SIGKILL')
      expect(await app.ended).toBe('SIGKILL')
      await start()
    }
    await moreConfirmed(BETWEEN)
    await people.stop()
    await allShown()

    const stored = times(await storedReasons())
    const { cards, notes } = shown()
    expect(confirmed.filter((reason) => stored.get(reason)?.length !== 1)).toEqual([])
    expect(confirmed.filter((reason) => !cards.has(reason) || !notes.has(reason))).toEqual([])
    const twice = [...cards, ...notes].filter(([, count]) => count > 1)
    expect(twice.every(([, count]) => count === 2)).toBe(true)
    expect(twice.length, JSON.stringify(twice)).toBeLessThanOrEqual(KILLS)
  }, 120_000)
})

describe('a process that is told to stop', () => {
  it('answers what it has begun, exits with 0 within ten seconds, and the next one shows the rest', async () => {
    const people = stream('stop')
    await moreConfirmed(BETWEEN)
    const told = performance.now()
    app.signal('SIGTERM')
    expect(await app.ended).toBe(0)
    expect(performance.now() - told).toBeLessThan(10_000)
    await people.stop()
    const ours = (reasons: string[]) => reasons.filter((reason) => reason.startsWith('stop ')).sort()
    const stored = ours(await storedReasons())
    expect(stored).toEqual(ours(confirmed))
    await start()
    await allShown()
    const { cards, notes } = shown()
    expect(stored.filter((reason) => cards.get(reason) !== 1 || notes.get(reason) !== 1)).toEqual([])
  }, 60_000)
})
