/** Clicks that come late, or twice, or from somebody else, and people whom Slack does not let be introduced. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
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

const latest = (name: string) => world.sandbox.directMessages(name).at(-1) as SlackMessage
/** Uses a button that the message has not any more, as on a screen that has not caught up; what the person is told then. */
async function clickAsItWas(name: string, action: string, value: string): Promise<string> {
  const { sandbox } = world
  const heard = () => sandbox.ephemerals(name).map(({ ts }) => ts)
  // The click of anybody, made by this person now: with an address to answer to that has not expired.
  const click = sandbox.deliveries.findLast(({ kind }) => kind === 'block_actions')
  await sandbox.as(name).command('#general', '/smallacts', 'help')
  const { body } = sandbox.deliveries.findLast(({ kind }) => kind === 'command') ?? { body: '' }
  const payload = JSON.parse(new URLSearchParams(click?.body).get('payload') ?? '{}')
  payload.user.id = rounds.id(name)
  payload.response_url = new URLSearchParams(body).get('response_url')
  Object.assign(payload.actions[0], { action_id: action, value })
  await world.settled()
  const before = heard()
  const { status } = await sandbox.send({ body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() })
  expect(status).toBe(200)
  await world.settled()
  await eventually('a word', () => heard().length > before.length)
  return sandbox.ephemerals(name).find(({ ts }) => !before.includes(ts))?.text ?? ''
}

it('a click that comes twice, late, or from somebody else is answered kindly and changes nothing', async () => {
  await rounds.onlyWithin(['ann', 'kofi'], ['lena', 'noor'])
  await rounds.open('ann', 'kofi', 'lena', 'noor')
  const pairingOf = (name: string) => /[0-9a-f-]{36}/.exec(words(rounds.proposalOf(name)))?.[0] ?? ''
  const [theirs, lenas] = [pairingOf('ann'), pairingOf('lena')]
  await rounds.click('ann', 'pairing.accept')
  expect(world.told('ann')).toBeUndefined()
  expect(await clickAsItWas('ann', 'pairing.accept', theirs)).toContain('You said so already')
  expect(await clickAsItWas('noor', 'pairing.accept', theirs)).toContain('between other people')
  expect(words(latest('ann'))).toContain('Waiting until')

  await rounds.click('kofi', 'pairing.accept')
  expect(await rounds.groupOf('ann', 'kofi')).toHaveLength(1)
  for (const action of ['pairing.accept', 'pairing.decline', 'pairing.reconsider', 'pairing.expect-3']) {
    expect(await clickAsItWas('kofi', action, theirs)).toContain('You are introduced already')
  }
  expect(await rounds.groupOf('ann', 'kofi')).toHaveLength(1)

  await rounds.goToNext(2, 16)
  const late = latest('lena').text
  expect(late).toContain('The time to answer is over')
  for (const action of ['pairing.accept', 'pairing.decline', 'pairing.expect-3'])
    expect(await clickAsItWas('lena', action, lenas)).toContain('The time for this one is over. The next round')
  expect(await clickAsItWas('lena', 'pairing.anyone', `on ${lenas}`)).toContain('The time for this one is over')
  expect(latest('lena').text).toBe(late)
  expect(await clickAsItWas('lena', 'pairing.accept', 'rubbish')).toContain('is not there any more')
  await rounds.goToNext(4, 10)
})

describe('whom Slack does not let be introduced', () => {
  it.each(['user_not_visible', 'user_disabled'])('(%s) is matched again, and nobody is told why', async (error) => {
    const names =
      error === 'user_disabled' ? ['ingrid', 'vikram', 'shreya', 'dwayne'] : ['tomas', 'mei', 'bram', 'aisha']
    const [a, b, c, d] = names as [string, string, string, string]
    await rounds.onlyWithin([a, b], [c, d])
    await rounds.open(...names)
    await world.stored((tenant) => sql`delete from avoidance`.execute(tenant.trx))
    const together = [rounds.id(a), rounds.id(b)].sort().join()
    world.sandbox.faults.api(
      'conversations.open',
      { error },
      5,
      ({ users }) => String(users).split(',').sort().join() === together,
    )
    for (const name of [a, b, c]) await rounds.click(name, 'pairing.accept')
    // Until the telling time it is as if the other one had not answered.
    for (const name of [a, b, c]) expect(words(latest(name))).toContain('Waiting until')
    await rounds.goToNext(2, 16)
    const proposed = [a, b].filter((name) => words(latest(name)).includes('How about'))
    expect(proposed).toHaveLength(1)
    const [again = ''] = proposed
    const [left = ''] = [a, b].filter((name) => name !== again)
    expect(words(latest(again))).toContain(`does not fit this week`)
    expect(words(latest(again))).toContain(`15 minutes with <@${rounds.id(c)}>`)
    expect(words(latest(left))).toContain('does not fit this week')
    for (const name of [again, c]) await rounds.click(name, 'pairing.accept')
    expect(words((await rounds.groupOf(again, c))[0])).toContain('you both said yes')
    await rounds.goToNext(3, 16)
    await rounds.goToNext(4, 10)
    expect(words(latest(left))).toContain('you come first')
    const said = names.flatMap((name) => world.sandbox.directMessages(name).map(words)).join()
    expect(said).not.toMatch(/not visible|disabled|could not/i)
  })
})
