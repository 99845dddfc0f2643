/** People whose working days hardly meet, and rounds across the days on which clocks change. */
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listMeetings } from '../../src/pairing/history-store.ts'
import { listRounds } from '../../src/pairing/round-store.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { createRounds, type Rounds, words } from '../support/rounds.ts'
import { createWorld, type World } from '../support/world.ts'

const FAR = 'Pacific/Auckland'
let world: World
let rounds: Rounds
beforeAll(async () => {
  world = await createWorld()
  rounds = await createRounds(world)
})
afterAll(() => world?.stop())
beforeEach(() => world.stored((tenant) => sql`delete from avoidance`.execute(tenant.trx)))

const dms = (name: string) => world.sandbox.directMessages(name)
const latest = (name: string) => dms(name).at(-1) as SlackMessage
const postedAt = ({ ts }: SlackMessage, zone: string) => DateTime.fromMillis(Number(ts) * 1_000, { zone })

it('under one shared hour a day they are written to in their own hours, exchange messages, and that counts', async () => {
  await world.stored((tenant) =>
    sql`update member set tz = ${FAR} where id in (${rounds.id('kofi')}, ${rounds.id('noor')})`.execute(tenant.trx),
  )
  await rounds.onlyWithin(['ann', 'kofi'], ['lena', 'noor'])
  await rounds.joins('ann', 'kofi', 'lena', 'noor')
  await rounds.goToNext(1, 10)
  expect(dms('ann')).toHaveLength(1)
  expect(dms('kofi')).toHaveLength(0)
  await rounds.goOn({ hours: 14 })
  expect(dms('kofi')).toHaveLength(1)
  const { hour, weekday } = postedAt(latest('kofi'), FAR)
  expect(weekday).toBeLessThanOrEqual(5)
  expect(hour).toBeGreaterThanOrEqual(9)
  expect(hour).toBeLessThan(17)
  await rounds.click('ann', 'pairing.accept')
  await rounds.click('kofi', 'pairing.accept')
  const [introduction] = await rounds.groupOf('ann', 'kofi')
  expect(words(introduction)).toContain('an exchange of messages fits better')
  expect(words(introduction)).toContain('the other answers when their day begins')
  expect(words(introduction)).not.toContain('Google Calendar')
  await rounds.goOn({ days: 9 })
  const question = dms('kofi').find((message) => words(message).includes('did it happen?')) as SlackMessage
  expect(postedAt(question, FAR).hour).toBeGreaterThanOrEqual(9)
  await rounds.click('kofi', 'pairing.met', question)
  const met = await world.stored((tenant) => listMeetings(tenant, new Date(0), new Date('2100-01-01')))
  expect(met.map(({ members }) => members)).toEqual([[rounds.id('ann'), rounds.id('kofi')].sort()])
})

describe('when the clocks change', () => {
  /** The coming last such weekday (7 is Sunday) of a month, in a zone. */
  const last = (weekday: number, month: number, zone: string) => {
    const now = DateTime.fromMillis(world.clock.now(), { zone })
    const inYear = (year: number) => {
      const end = DateTime.fromObject({ year, month, day: 1 }, { zone }).endOf('month').startOf('day')
      return end.minus({ days: (end.weekday - weekday + 7) % 7 })
    }
    return inYear(now.year) > now.plus({ days: 4 }) ? inYear(now.year) : inYear(now.year + 1)
  }
  const goTo = (to: DateTime) => rounds.goOn({ hours: (to.toMillis() - world.clock.now()) / 3_600_000 })
  const only = async (...names: string[]) => {
    await world.stored((tenant) => sql`update participation set left_at = now()`.execute(tenant.trx))
    await rounds.joins(...names)
  }

  it('a round from Friday to Tuesday tells at four by the new clocks, and says so beforehand', async () => {
    const change = last(7, 3, 'Europe/Berlin')
    await goTo(change.minus({ days: 3 }).set({ hour: 12 }))
    await rounds.settings({ weekday: 5 })
    await only('tomas', 'mei', 'bram', 'aisha')
    await rounds.goToNext(5, 10)
    const told = change.plus({ days: 1 }).set({ hour: 16 })
    expect(change.minus({ days: 1 }).offset).not.toBe(told.offset)
    expect(words(latest('tomas'))).toContain(`<!date^${told.toSeconds()}^`)
    await rounds.click('tomas', 'pairing.accept')
    await rounds.goToNext(1, 15, 58)
    expect(words(dms('tomas')[0])).toContain('Waiting until')
    await rounds.goToNext(1, 16)
    expect(words(dms('tomas')[0])).toContain('does not fit')
    await rounds.goToNext(2, 16)
    await rounds.goToNext(3, 10)
    expect(words(latest('tomas'))).toContain('you come first')
  })

  // In Cairo they change in a night to Friday: in April midnight is followed by one o'clock, in October by eleven.
  it.each([
    ['does not exist', 4, 5, '00:30'],
    ['is at a midnight that does not exist', 4, 5, '00:00'],
    ['comes twice', 10, 4, '23:30'],
  ])('a round whose time %s opens once, and is written about in the morning', async (_what, month, weekday, time) => {
    const CAIRO = 'Africa/Cairo'
    const day = last(weekday, month, CAIRO)
    const night = weekday === 5 ? day : day.plus({ days: 1 })
    expect(night.plus({ hours: 6 }).offset).not.toBe(night.minus({ hours: 6 }).offset)
    await goTo(night.minus({ hours: 4 }))
    await only('joon', 'ritu', 'callum', 'dede')
    await rounds.settings({ weekday, time }, CAIRO)
    const before = dms('joon').length
    for (let half = 0; half < 12; half += 1) await rounds.goOn({ hours: 0.5 })
    const opened = (await world.stored((tenant) => listRounds(tenant, 50))).filter(({ number }) => number > 0)
    expect(opened[0]?.date).toBe(day.toISODate())
    expect(opened.filter(({ openedAt }) => openedAt >= night.minus({ hours: 4 }).toJSDate())).toHaveLength(1)
    expect(dms('joon')).toHaveLength(before)
    await rounds.goToNext(5, 9)
    expect(dms('joon')).toHaveLength(before + 1)
    expect(words(latest('joon'))).toContain('pairing.accept')
    await rounds.settings({})
    await rounds.goToNext(7, 12)
  })
})
