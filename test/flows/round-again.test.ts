/** What one round means for the next: who waited comes first, what people expected and how it was, meeting again. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { createRounds, type Rounds, words } from '../support/rounds.ts'
import { createWorld, type World } from '../support/world.ts'

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
const question = (name: string) => dms(name).findLast((message) => words(message).includes('did it happen?'))

it('who is left alone is told in the same words at the same time whatever the cause, and comes first next time', async () => {
  // Hana and Diego have been proposed to each other before: bringing them together again is a repeat.
  await rounds.onlyWithin(['hana', 'diego'], ['chidi', 'yuki'])
  await rounds.open('hana', 'diego', 'chidi', 'yuki')
  await rounds.goToNext(4, 10)

  // Now Diego can be paired with nobody: he gets no proposal. Of the others one says yes, and is left alone as well.
  await rounds.onlyWithin(['diego'], ['hana', 'farah', 'mateo', 'grace'])
  const before = dms('diego').length
  const pairs = await rounds.open('diego', 'hana', 'farah', 'mateo', 'grace')
  expect(pairs.get('diego')).toEqual([])
  const yes = pairs.get('farah')?.[0] ?? ''
  await rounds.click(yes, 'pairing.accept')
  await rounds.goToNext(3, 15, 58)
  expect(dms('diego')).toHaveLength(before)
  await rounds.goToNext(3, 16)
  await rounds.goToNext(4, 10)
  expect(dms('diego')).toHaveLength(before + 1)
  expect(words(latest('diego'))).toContain('Thank you for being ready')
  expect(words(latest('diego'))).toContain('you come first')
  expect(latest('diego').text).toBe(latest(yes).text)

  // One of two can be with Hana: a newcomer whom she does not know, or Diego, a repeat, who waited.
  await world.stored((tenant) => sql`delete from avoidance`.execute(tenant.trx))
  await rounds.onlyWithin(['hana'], ['arjun'])
  await rounds.onlyWithin(['diego'], ['sofie'], ['arjun'])
  const next = await rounds.open('hana', 'diego', 'sofie', 'arjun')
  expect(next.get('hana')).toEqual(['diego'])
  await rounds.goToNext(4, 10)
})

it('what six people expected and how it was is in the next proposals, with when they met; the same two get a second introduction', async () => {
  const couples = [
    ['ann', 'kofi'],
    ['lena', 'noor'],
    ['tomas', 'mei'],
  ] as [string, string][]
  const names = couples.flat()
  await rounds.onlyWithin(...couples)
  await rounds.settings({ every: 'two weeks' })
  await world.stored((tenant) => saveSettings(tenant, { 'check-ins.follow-up-days': 7 }, null, new Date()))
  await rounds.open(...names)
  while (!words(latest('ann')).includes('pairing.accept')) await rounds.goToNext(1, 10)
  for (const name of names) {
    expect(words(rounds.proposalOf(name))).not.toContain('on average')
    await rounds.click(name, 'pairing.expect-2')
    await rounds.click(name, 'pairing.accept')
  }
  await rounds.goOn({ days: 8 })
  for (const name of names) {
    await rounds.click(name, 'pairing.met', question(name))
    await rounds.click(name, 'pairing.rate-4', question(name))
  }

  // The day before, an admin reads what to expect: nothing in it depends on who keeps apart from whom.
  await rounds.goToNext(7, 12)
  await world.sandbox.as('margit').openHome()
  const home = await world.homeOf('margit', 'The round of')
  expect(home).toContain('5 or more people will take part')
  expect(home).toContain('fewer than five pairs who were paired before')

  await rounds.goToNext(1, 10)
  for (const name of names) {
    expect(words(rounds.proposalOf(name))).toContain('Here, people expected 2 on average, and it was 4.')
    expect(words(rounds.proposalOf(name))).toMatch(/last met in [A-Z][a-z]+ \d{4}/)
  }
  for (const name of ['ann', 'kofi']) await rounds.click(name, 'pairing.accept')
  const introductions = await rounds.groupOf('ann', 'kofi')
  expect(introductions).toHaveLength(2)
  const first = introductions.map((message) => /<@(\w+)> goes first/.exec(words(message))?.[1])
  expect(new Set(first).size).toBe(2)
  await rounds.goOn({ days: 8 })
  expect(dms('ann').filter((message) => words(message).includes('did it happen?'))).toHaveLength(2)
})
