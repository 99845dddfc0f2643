/** Who said yes and is free is asked once more; whoever waits is introduced directly; nobody is asked for ever. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readParticipation } from '../../src/workspace/participation-store.ts'
import { createRounds, type Rounds, words } from '../support/rounds.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let rounds: Rounds
beforeAll(async () => {
  world = await createWorld()
  rounds = await createRounds(world)
})
afterAll(() => world?.stop())
beforeEach(async () => {
  await rounds.settings({})
  await world.stored((tenant) => sql`delete from avoidance`.execute(tenant.trx))
})

const latest = (name: string) => world.sandbox.directMessages(name).at(-1)
const groupOf = async (one: string, ...others: string[]) =>
  world.sandbox.messages(await world.sandbox.as(one).direct(...others, world.sandbox.app.botUser), { app: true })
/** Of each pair the two, in the order of the names. */
const couples = (pairs: Map<string, string[]>) =>
  [...pairs].flatMap(([one, [other = '']]) => (one < other ? [[one, other] as const] : []))

describe('the second wave', () => {
  it('brings two together who said yes to somebody else, as a new proposal that begins with the one sentence', async () => {
    const pairs = await rounds.open('ann', 'kofi', 'lena', 'noor')
    const [[a, b] = ['', ''], [c, d] = ['', '']] = couples(pairs)
    for (const name of [a, c]) await rounds.click(name, 'pairing.accept')
    await rounds.click(b, 'pairing.decline')
    expect(world.sandbox.directMessages(a)).toHaveLength(1)
    await rounds.goToNext(2, 16)
    for (const [name, old, other] of [
      [a, b, c],
      [c, d, a],
    ] as const) {
      const proposal = words(latest(name))
      expect(proposal).toContain(`The check-in with <@${rounds.id(old)}> does not fit this week.`)
      expect(proposal).toContain(`How about *15 minutes with <@${rounds.id(other)}>`)
      await rounds.click(name, 'pairing.accept')
    }
    expect(words((await groupOf(a, c))[0])).toContain('goes first')
    await rounds.goToNext(3, 16)
    // Whoever said no, or nothing, has their one message, and no button in it.
    for (const name of [b, d]) {
      expect(world.sandbox.directMessages(name).filter((one) => words(one).includes('"action_id"'))).toEqual([])
    }
  })

  it('is no second chance for the same two', async () => {
    const pairs = await rounds.open('ingrid', 'vikram', 'shreya', 'dwayne')
    const [[a, b] = ['', '']] = couples(pairs)
    world.sandbox.faults.api('conversations.open', { error: 'user_not_visible' })
    for (const name of [a, b]) await rounds.click(name, 'pairing.accept')
    // Nothing is to be seen of it before the telling time.
    for (const name of [a, b]) expect(words(latest(name))).toContain('Waiting until')
    await rounds.goToNext(2, 16)
    for (const name of [a, b]) expect(words(latest(name))).toContain('does not fit this week')
    await rounds.goToNext(3, 16)
    await rounds.goToNext(4, 10)
    for (const name of [a, b]) expect(words(latest(name))).toContain('you come first')
  })
})

it('whoever would meet anyone is introduced directly when the round closes', async () => {
  await rounds.settings({ answerHours: 24 })
  const pairs = await rounds.open('tomas', 'mei', 'bram', 'aisha')
  const [[a, b] = ['', ''], [c] = ['', '']] = couples(pairs)
  for (const name of [a, c]) {
    await rounds.click(name, 'pairing.accept')
    await rounds.click(name, 'pairing.anyone')
    expect(words(rounds.proposalOf(name))).toContain('☑')
  }
  await rounds.click(b, 'pairing.decline')
  await rounds.goToNext(2, 16)
  expect(words((await groupOf(a, c))[0])).toContain('both said yes')
})

it('of three, the two who said yes are introduced when the time is up', async () => {
  const names = ['joon', 'ritu', 'callum', 'dede', 'lucia']
  const pairs = await rounds.open(...names)
  const [one = '', others = []] = [...pairs].find(([, others]) => others.length === 2) ?? []
  const [second = '', third = ''] = others
  await rounds.click(one, 'pairing.accept')
  await rounds.click(third, 'pairing.decline')
  await rounds.click(second, 'pairing.accept')
  expect(words(latest(one))).toContain('Waiting until')
  await rounds.goToNext(2, 16)
  expect(words((await groupOf(one, second))[0])).toContain('both said yes')
  expect(words(latest(one))).toContain('You are introduced')
  expect(words(latest(one))).not.toContain(`<@${rounds.id(third)}>`)
})

it('only those are reminded who have not answered, once', async () => {
  const pairs = await rounds.open('yuki', 'farah', 'mateo', 'grace')
  const [[a, b] = ['', '']] = couples(pairs)
  await rounds.click(a, 'pairing.accept')
  await rounds.goToNext(2, 15)
  const reminders = (name: string) =>
    world.sandbox.directMessages(name).filter(({ text }) => text.includes('can be answered until'))
  expect(reminders(a)).toHaveLength(0)
  expect(reminders(b)).toHaveLength(1)
})

it('three rounds without an answer pause somebody, who is told once and can come back by button', async () => {
  const names = ['sam', 'priya', 'oleh', 'marcus']
  const ghosts = () => world.sandbox.directMessages('sam').filter(({ text }) => text.includes('paused for you'))
  const pausedUntil = async () =>
    (await world.stored((tenant) => readParticipation(tenant, rounds.id('sam')))).pausedUntil
  await rounds.open(...names)
  await rounds.goToNext(3, 16)
  await rounds.goToNext(1, 10)
  await rounds.goToNext(3, 16)
  expect(await pausedUntil()).toBeNull()
  await rounds.goToNext(1, 10)
  await rounds.goToNext(3, 16)
  await rounds.goToNext(4, 10)
  expect(await pausedUntil()).toBe('until I say so')
  expect(ghosts()).toHaveLength(1)
  await world.sandbox.as('sam').click(ghosts()[0] as never, 'pairing.come-back')
  expect(await pausedUntil()).toBeNull()
  // And it is three again from here on, not one.
  await rounds.goToNext(1, 10)
  await rounds.goToNext(3, 16)
  await rounds.goToNext(4, 10)
  expect(await pausedUntil()).toBeNull()
  expect(ghosts()).toHaveLength(0)
})

it('on the Home tab the check-in comes first, with buttons that work there', async () => {
  const pairs = await rounds.open('anjali', 'hana', 'diego', 'chidi')
  const [partner = ''] = pairs.get('hana') ?? []
  await world.sandbox.as('hana').openHome()
  await world.homeOf('hana', 'home.pairing.accept')
  await world.sandbox.as('hana').click('home', 'home.pairing.accept')
  await world.homeOf('hana', 'home.pairing.reconsider')
  await world.settled()
  expect(words(latest('hana'))).toContain('Waiting until')
  await world.sandbox.as(partner).openHome()
  await world.homeOf(partner, 'home.pairing.accept')
})

describe('the opening', () => {
  it('happens once, whoever runs beside it', async () => {
    const other = await world.another()
    await rounds.open('sofie', 'arjun', 'margit', 'jonah')
    await other.timePassed(0)
    await world.settled()
    for (const name of ['sofie', 'arjun']) {
      expect(world.sandbox.directMessages(name).filter((one) => words(one).includes('pairing.accept'))).toHaveLength(1)
    }
    await other.stop()
    await rounds.goToNext(5, 12)
  })

  it('comes late after an outage of less than a day, and is left out and said after more', async () => {
    await rounds.goToNext(7, 12)
    const before = world.sandbox.directMessages('sofie').length
    world.clock.advance({ minutes: 30 * 60 })
    await world.restart()
    await world.settled()
    // Monday, 18:01: the messages wait for the next morning.
    await rounds.goToNext(2, 9)
    expect(world.sandbox.directMessages('sofie').length).toBe(before + 1)
    await rounds.goToNext(7, 12)
    world.clock.advance({ minutes: 3 * 24 * 60 })
    await world.restart()
    await world.settled()
    expect(world.sandbox.directMessages('margit').at(-1)?.text).toContain('was left out')
  })
})
