import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const give = (giver: string, text: string) => world.sandbox.as(giver).command('#general', '/kudos', text)
/** The numbers of the kudos that a list shows, in its order. */
const numbers = (list: SlackMessage | undefined) =>
  [...JSON.stringify(list?.blocks ?? []).matchAll(/deed (\d+)/g)].map((match) => Number(match[1]))
const look = async (name: string, list: string): Promise<SlackMessage> => {
  await world.sandbox.as(name).command('#general', '/kudos', list)
  const told = world.told(name)
  if (!told) throw new Error(`${name} sees no list`)
  return told
}
/** The list in its place after a click on it, once it shows what is expected. */
const turned = (name: string, list: SlackMessage, expected: number[]) =>
  eventually(`${name} to see ${expected}`, () => {
    const now = world.sandbox.ephemerals(name).find(({ ts }) => ts === list.ts)
    return JSON.stringify(numbers(now)) === JSON.stringify(expected) ? now : null
  })

it('/kudos given and /kudos mine show pages, newest first, to one person alone', async () => {
  const { sandbox } = world
  expect((await look('noor', 'given')).text).toContain('no kudos out there yet')
  expect((await look('ann', 'mine')).text).toContain('Nothing here yet')
  for (let number = 1; number <= 12; number += 1) {
    await give('noor', `@ann for deed ${number}`)
    world.clock.advance({ seconds: 1 })
  }
  await world.settled()
  const before = sandbox.calls.length
  for (const [name, list] of [
    ['noor', 'given'],
    ['ann', 'mine'],
  ] as const) {
    const first = await look(name, list)
    expect(numbers(first)).toEqual([12, 11, 10, 9, 8])
    expect(JSON.stringify(first.blocks)).not.toContain(`kudos.${list}-newest`)
    await sandbox.as(name).click(first, `kudos.${list}-older`)
    const second = await turned(name, first, [7, 6, 5, 4, 3])
    await sandbox.as(name).click(second, `kudos.${list}-older`)
    const third = await turned(name, first, [2, 1])
    expect(JSON.stringify(third.blocks)).not.toContain(`kudos.${list}-older`)
    await sandbox.as(name).click(third, `kudos.${list}-newest`)
    await turned(name, first, [12, 11, 10, 9, 8])
  }
  // Answers to the one who asked, and nothing posted anywhere.
  expect(new Set(sandbox.calls.slice(before).map(({ method }) => method))).toEqual(new Set(['response_url']))
})

it('withdraws from the list at any time; where Slack no longer deletes, a neutral line stays', async () => {
  const { sandbox } = world
  await give('kofi', '@lena for deed 100')
  await world.settled()
  world.clock.advance({ minutes: 40 * 24 * 60 })
  const list = await look('kofi', 'given')
  const shown = () =>
    [...sandbox.messages('#general', { app: true }), ...sandbox.directMessages('lena')].filter((message) =>
      JSON.stringify(message).includes('deed 100'),
    )
  expect(shown()).toHaveLength(2)
  const places = shown().map(({ ts }) => ts)
  sandbox.faults.api('chat.delete', { error: 'cant_delete_message' }, 1)
  await sandbox.as('kofi').click(list, 'kudos.withdraw')
  await world.settled()
  expect(shown()).toEqual([])
  const left = [...sandbox.messages('#general'), ...sandbox.directMessages('lena')].filter(({ ts }) =>
    places.includes(ts),
  )
  expect(left.map(({ text }) => text)).toEqual(['_A kudos stood here. It was withdrawn._'])
  expect((await look('kofi', 'given')).text).toContain('no kudos out there yet')
  expect((await look('lena', 'mine')).text).toContain('Nothing here yet')
})

it('shows in one’s own list what is private, with a way to pass it on and to report it', async () => {
  const { sandbox } = world
  await sandbox.as('mei').command('#general', '/kudos')
  await eventually('the form', () => sandbox.view('mei'))
  await sandbox.as('mei').submit({ people: [id('dede')], reason: 'deed 200', private: ['yes'] })
  await world.settled()
  const list = await look('dede', 'mine')
  const blocks = JSON.stringify(list.blocks)
  expect(blocks).toContain(':lock:')
  expect(blocks).toContain('kudos.pass-on')
  expect(blocks).not.toContain('keep-private')
  await sandbox.as('dede').click(list, 'kudos.pass-on')
  await eventually('the form', () => sandbox.view('dede'))
})

it('turns no page for a button that is not ours', async () => {
  const { sandbox } = world
  const first = await look('ann', 'mine')
  await sandbox.as('ann').click(first, 'kudos.mine-older')
  const delivery = sandbox.deliveries.at(-1)
  if (!delivery) throw new Error('no click')
  const form = new URLSearchParams(delivery.body)
  const payload = JSON.parse(form.get('payload') ?? '')
  for (const value of ['', 'x y', '1 not-a-uuid', '99999999999999999999 0', `0 ${'a'.repeat(36)}`]) {
    payload.actions[0].value = value
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
    expect(await sandbox.send({ kind: 'block_actions', body })).toMatchObject({ status: 200 })
  }
})
