/** Trouble with Slack or the database in the middle of a round: everybody has their messages, once. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../src/sandbox/slack/faults.ts'
import { eventually } from '../support/eventually.ts'
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
  world.sandbox.faults.clear()
  await world.stored((tenant) => sql`delete from avoidance`.execute(tenant.trx))
})

const dms = (name: string) => world.sandbox.directMessages(name)
const proposals = (name: string) => dms(name).filter((message) => words(message).includes('pairing.accept'))
/** What is on its way has been posted, however often it had to be tried. Other kinds wait for the next minute. */
const allSent = () =>
  eventually(
    'all that is due to be posted',
    async () => {
      const { rows } = await sql<{ open: number }>`
        select count(*)::int as open from check_in_message
        where state = 'due' and kind in ('proposal', 'introduction') and due_at <= ${new Date(world.clock.now())}`.execute(
        world.database.db,
      )
      return rows[0]?.open === 0
    },
    60,
  )
const given = async () => {
  const { rows } = await sql<{ kind: string; state: string; problem: string }>`
    select kind, state, problem from check_in_message where state in ('failed', 'gone')`.execute(world.database.db)
  return rows
}
const start = async (...names: string[]) => {
  await world.stored((tenant) => sql`update participation set left_at = now()`.execute(tenant.trx))
  await rounds.joins(...names)
}

describe('Slack', () => {
  const FAULTS: [string, Fault, number][] = [
    ['answers 500', { status: 500 }, 0],
    ['answers 429', { status: 429, retryAfter: 1 }, 0],
    ['cuts the connection', { cut: 'before' }, 0],
    // Nobody can know that it was done: a message may come twice, and none is missing.
    ['cuts the connection when it was done', { cut: 'after' }, 1],
  ]
  it.each(FAULTS)('%s, at each of the messages of a round', async (_what, fault, doubles) => {
    const names = ['ann', 'kofi', 'lena', 'noor']
    const before = new Map(names.map((name) => [name, dms(name).length]))
    await start(...names)
    for (const name of names)
      world.sandbox.faults.api('chat.postMessage', fault, 1, ({ channel }) => channel === rounds.id(name))
    await rounds.goToNext(1, 10)
    await allSent()
    for (const name of names) expect(proposals(name)).toHaveLength(1 + doubles)
    for (const name of names) expect(dms(name)).toHaveLength((before.get(name) ?? 0) + 1 + doubles)

    const [partner = ''] = names.filter(
      (name) => name !== 'ann' && words(rounds.proposalOf('ann')).includes(`<@${rounds.id(name)}>`),
    )
    const introductions = (await rounds.groupOf('ann', partner)).length
    const group = await world.sandbox.as('ann').direct(partner, world.sandbox.app.botUser)
    world.sandbox.faults.api('conversations.open', fault, 1)
    world.sandbox.faults.api('chat.postMessage', fault, 1, ({ channel }) => channel === group)
    world.sandbox.faults.api('chat.update', fault, 1)
    for (const name of ['ann', partner]) await rounds.click(name, 'pairing.accept')
    await allSent()
    await world.settled()
    expect(await rounds.groupOf('ann', partner)).toHaveLength(introductions + 1 + doubles)
    await eventually('both to read so', () =>
      ['ann', partner].every((name) => words(dms(name).at(-1)).includes('You are introduced')),
    )
    expect(await given()).toEqual([])
    for (const name of names.filter((one) => one !== 'ann' && one !== partner)) {
      await world.sandbox.as(name).click(proposals(name).at(-1) as never, 'pairing.decline')
    }
    await rounds.goToNext(4, 12)
    for (const name of names) {
      for (const message of dms(name)) await world.sandbox.as(name).deleteMessage(message)
    }
  })

  it('does not answer at all: what it may have done is tried again, and nobody misses it', async () => {
    const names = ['ingrid', 'vikram', 'shreya', 'dwayne']
    await start(...names)
    // Longer than the app waits; by then it is done, and nobody heard of it.
    world.sandbox.faults.api('chat.postMessage', { hang: 11_000 }, 1)
    await rounds.goToNext(1, 10)
    await allSent()
    const counts = names.map((name) => proposals(name).length)
    expect(Math.min(...counts)).toBe(1)
    expect(counts.reduce((a, b) => a + b)).toBeLessThanOrEqual(names.length + 1)
    expect(await given()).toEqual([])
    await rounds.goToNext(4, 12)
  }, 60_000)
})

describe('the database', () => {
  /** Time passes without it, and then it is back. */
  const without = async (time: () => Promise<void>) => {
    await world.proxy.down()
    await expect(time()).rejects.toThrow()
    world.proxy.up()
    await eventually('readiness', async () => (await fetch(`http://127.0.0.1:${world.app.port}/readyz`)).ok)
  }

  it('is gone when the round should open: it opens as soon as it is back, once', async () => {
    const names = ['tomas', 'mei', 'bram', 'aisha']
    await start(...names)
    await without(() => rounds.goToNext(1, 10))
    for (const name of names) expect(dms(name)).toHaveLength(0)
    await rounds.goOn({ hours: 0.1 })
    await allSent()
    for (const name of names) expect(proposals(name)).toHaveLength(1)
  })

  it('goes away while messages are sent, and at the telling time: what was told is told once', async () => {
    const names = ['joon', 'ritu', 'callum', 'dede']
    await start(...names)
    world.sandbox.faults.api('chat.postMessage', { hang: 300 }, names.length)
    const opened = rounds.goToNext(1, 10)
    const all = () => names.reduce((sum, name) => sum + proposals(name).length, 0)
    await eventually('the first message', () => all() > 0)
    // It stands in Slack, and where is not to be written down.
    await world.proxy.down()
    const ready = async () => (await fetch(`http://127.0.0.1:${world.app.port}/readyz`)).ok
    expect(await ready()).toBe(false)
    world.proxy.up()
    await eventually('readiness', ready)
    await Promise.allSettled([opened])
    await allSent()
    await world.settled()
    const counts = names.map((name) => proposals(name).length)
    expect(Math.min(...counts)).toBe(1)
    expect(all()).toBeLessThanOrEqual(names.length + 1)

    await rounds.click('joon', 'pairing.accept')
    await without(() => rounds.goToNext(2, 16))
    expect(words(rounds.proposalOf('joon'))).toContain('Waiting until')
    await rounds.goOn({ hours: 0.1 })
    await eventually('the one sentence', () => words(dms('joon').at(-1)).includes('does not fit this week'))
    await rounds.goToNext(3, 16)
    await rounds.goToNext(4, 10)
    expect(dms('joon').filter((message) => words(message).includes('you come first'))).toHaveLength(1)
    expect(await given()).toEqual([])
  }, 120_000)
})
