/** Three people in one check-in, from the proposal to how it went. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listMeetings } from '../../src/pairing/history-store.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { createRounds, type Rounds, words } from '../support/rounds.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let rounds: Rounds
beforeAll(async () => {
  world = await createWorld()
  rounds = await createRounds(world)
})
afterAll(() => world?.stop())

const latest = (name: string) => world.sandbox.directMessages(name).at(-1) as SlackMessage
const met = async () =>
  (await world.stored((tenant) => listMeetings(tenant, new Date(0), new Date('2100-01-01')))).map(({ members }) =>
    [...members].sort(),
  )
/** The pairs of some people, as they are counted. */
const pairsOf = (...names: string[]) =>
  names.flatMap((one, at) => names.slice(at + 1).map((other) => [rounds.id(one), rounds.id(other)].sort()))
/** Opens a round of five, and says who the three are. */
async function openWithTrio(...names: string[]): Promise<[string, string, string]> {
  const pairs = await rounds.open(...names)
  const [one = '', [second = '', third = ''] = []] = [...pairs].find(([, others]) => others.length === 2) ?? []
  return [one, second, third]
}

it('all three say yes: they are introduced at once, and one of them saying so makes three met pairs', async () => {
  const three = await openWithTrio('ann', 'kofi', 'lena', 'noor', 'tomas')
  const [one, second, third] = three
  for (const name of [one, second]) {
    await rounds.click(name, 'pairing.accept')
    expect(words(latest(name))).toContain('Waiting until')
  }
  expect(await rounds.groupOf(one, second, third)).toEqual([])
  await rounds.click(third, 'pairing.accept')
  const [introduction, ...more] = await rounds.groupOf(one, second, third)
  expect(more).toEqual([])
  expect(words(introduction)).toContain('you all said yes')
  expect(words(introduction)).toContain('Times when all of you work')
  for (const name of three) {
    expect(words(latest(name))).toContain('You are introduced')
    for (const other of three.filter((id) => id !== name))
      expect(words(latest(name))).toContain(`<@${rounds.id(other)}>`)
  }
  await rounds.goOn({ days: 8 })
  for (const name of three) expect(words(latest(name))).toContain('did it happen?')
  await rounds.click(second, 'pairing.met', latest(second))
  expect((await met()).sort()).toEqual(pairsOf(one, second, third).sort())
  // None of the three pairs met when one of them says it will not happen.
  await rounds.click(third, 'pairing.will-not', latest(third))
  expect(await met()).toEqual([])
  await rounds.click(third, 'pairing.met', latest(third))
  expect(await met()).toHaveLength(3)
})

it('two say yes: they are introduced when the time is up, asked how it went, and are one met pair', async () => {
  const before = (await met()).length
  const [one, second, third] = await openWithTrio('joon', 'ritu', 'callum', 'dede', 'lucia')
  await rounds.click(one, 'pairing.accept')
  await rounds.click(second, 'pairing.accept')
  await rounds.goToNext(2, 16)
  expect(words((await rounds.groupOf(one, second))[0])).toContain('you both said yes')
  expect(await rounds.groupOf(one, second, third)).toEqual([])
  expect(words(latest(third))).toContain('The time to answer is over')
  await rounds.goOn({ days: 8 })
  const asked = (name: string) =>
    world.sandbox.directMessages(name).filter((message) => words(message).includes('did it happen?'))
  expect(asked(third)).toEqual([])
  const [question] = asked(one)
  expect(words(question)).not.toContain(`<@${rounds.id(third)}>`)
  await rounds.click(one, 'pairing.met', question)
  const after = await met()
  expect(after).toHaveLength(before + 1)
  expect(after).toContainEqual([rounds.id(one), rounds.id(second)].sort())
})
