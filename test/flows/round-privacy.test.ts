/** Whatever the cause of a no: whoever said yes gets the same messages, at the same times. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { saveAvoided, saveParticipation } from '../../src/workspace/participation-store.ts'
import { createRounds, type Rounds, words } from '../support/rounds.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let rounds: Rounds
beforeAll(async () => {
  world = await createWorld()
  rounds = await createRounds(world)
})
afterAll(() => world?.stop())

const GROUPS = [
  ['ann', 'kofi', 'lena', 'noor'],
  ['ingrid', 'vikram', 'shreya', 'dwayne'],
  ['tomas', 'mei', 'bram', 'aisha'],
  ['joon', 'ritu', 'callum', 'dede'],
  ['yuki', 'farah', 'mateo', 'grace'],
  ['sam', 'priya', 'oleh', 'marcus'],
  ['anjali', 'hana', 'diego', 'chidi'],
  ['sofie', 'arjun', 'lucia', 'margit'],
]

/** What the one who does not want to, or can't, does about it. `who` said nothing yet; `partner` said yes. */
const CAUSES: Record<string, (who: string, partner: string) => Promise<unknown>> = {
  silence: async () => {},
  'not this week': (who) => rounds.click(who, 'pairing.decline'),
  'a yes taken back before the other one said theirs': async () => {},
  'a pause, from the menu': (who) => fromMenu(who, 'pause'),
  'leaving, from the menu': (who) => fromMenu(who, 'leave'),
  'the avoid list, from the menu': (who) => fromMenu(who, 'avoid0'),
  'the avoid list of Home, and then a yes': async (who, partner) => {
    await world.stored((tenant) => saveAvoided(tenant, rounds.id(who), [rounds.id(partner)], new Date()))
    await rounds.click(who, 'pairing.accept')
  },
  deactivation: (who) => world.sandbox.changePerson(who, { kind: 'deactivated' }),
}

const fromMenu = (who: string, word: string) => {
  const proposal = rounds.proposalOf(who)
  const value = new RegExp(`${word} [0-9a-f-]{36}`).exec(words(proposal))?.[0] ?? ''
  return rounds.click(who, 'pairing.more', proposal, value)
}

/** Everything somebody has from the app, without what differs from week to week: ids, names and dates. */
const seenBy = (name: string) =>
  world.sandbox.directMessages(name).map((message) =>
    words(message)
      .replace(/"block_id":"[^"]*"/g, '')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
      .replace(/<@\w+>/g, '@')
      .replace(/<!date\^\d+\^([^|]*)\|[^>]*>/g, '$1'),
  )

it('the same messages come at the same times for every cause of a no', async () => {
  const stories: Record<string, string[][]> = {}
  for (const [index, [cause, act]] of Object.entries(CAUSES).entries()) {
    const people = GROUPS[index] ?? []
    const pairs = await rounds.open(...people)
    const [yes = ''] = people
    const [partner = ''] = pairs.get(yes) ?? []
    const story: string[][] = []
    if (cause.startsWith('a yes taken back')) {
      await rounds.click(partner, 'pairing.accept')
      await rounds.click(partner, 'pairing.reconsider')
    }
    await rounds.click(yes, 'pairing.accept')
    story.push(seenBy(yes))
    await act(partner, yes)
    story.push(seenBy(yes))
    for (const [weekday, hour, minute] of [
      [1, 16, 1],
      [2, 15, 58],
      [2, 16, 1],
      [3, 16, 1],
      [4, 10, 1],
    ] as const) {
      await rounds.goToNext(weekday, hour, minute)
      story.push(seenBy(yes))
    }
    stories[cause] = story
  }
  const { silence } = stories
  const [before, , , , told, , end] = silence ?? []
  expect(before?.join()).toContain('Waiting until')
  expect(told?.join()).toContain('does not fit this week')
  expect(end?.at(-1)).toContain('you come first')
  for (const [cause, story] of Object.entries(stories)) expect([cause, story]).toEqual([cause, silence])
}, 180_000)

it('somebody whom the other one avoids can answer like anybody else', async () => {
  await world.stored(async (tenant) => {
    await saveParticipation(tenant, rounds.id('ann'), { joined: true }, new Date())
  })
  const pairs = await rounds.open('ann', 'kofi', 'lena', 'noor')
  const [partner = ''] = pairs.get('ann') ?? []
  await world.stored((tenant) => saveAvoided(tenant, rounds.id(partner), [rounds.id('ann')], new Date()))
  await rounds.click('ann', 'pairing.accept')
  expect(words(rounds.proposalOf('ann'))).toContain('Waiting until')
  expect(world.told('ann')).toBeUndefined()
})
