/** Slack in trouble while something that was posted has to change, or go: in the end it did, once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listDeliveries } from '../../src/kudos/delivery-store.ts'
import type { Fault } from '../../src/sandbox/slack/faults.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())
beforeEach(() => world.sandbox.faults.clear())

const TROUBLE: [string, Fault][] = [
  ['answers 500', { status: 500 }],
  ['answers 429', { status: 429, retryAfter: 1 }],
  ['cuts the connection before it did anything', { cut: 'before' }],
  ['cuts the connection after it did it', { cut: 'after' }],
  ['says nothing for longer than we wait', { hang: 11_000 }],
]

const id = (name: string) => world.sandbox.person(name).id
const about = (messages: SlackMessage[], words: string) =>
  messages.filter(({ text, blocks }) => JSON.stringify([text, blocks]).includes(words))
const cards = (words: string) => about(world.sandbox.messages('#general', { app: true }), words)
const notes = (name: string, words: string) => about(world.sandbox.directMessages(name), words)
const states = async (kudosId: string) =>
  (await world.stored((tenant) => listDeliveries(tenant, kudosId))).map(({ kind, state }) => `${kind} ${state}`)

async function give(people: string, reason: string) {
  await world.sandbox.as('noor').command('#general', '/kudos', `${people} for ${reason}`)
  await world.settled()
  const [kudos] = await world.given('noor')
  if (!kudos) throw new Error('nothing was given')
  return kudos
}

describe.each(TROUBLE)('Slack %s', (what, fault) => {
  it('while a kudos is withdrawn: nothing of it stays', async () => {
    const { sandbox } = world
    const kudos = await give('@ann @kofi', `undoing while it ${what}`)
    const confirmation = world.told('noor')
    if (!confirmation) throw new Error('no confirmation')
    sandbox.faults.api('chat.delete', fault, 1)
    await sandbox.as('noor').click(confirmation, 'kudos.undo')
    await eventually(
      'all of it to go',
      async () => (await states(kudos.id)).join() === 'card removed,note removed,note removed',
      60,
    )
    for (const left of [cards(kudos.reason), notes('ann', kudos.reason), notes('kofi', kudos.reason)]) {
      expect(left).toEqual([])
    }
  })

  it('while it is kept private: in the end nobody is named who would rather not be', async () => {
    const { sandbox } = world
    const kudos = await give('@ann @kofi', `hiding while it ${what}`)
    const [note] = notes('ann', kudos.reason)
    if (!note) throw new Error('no note')
    sandbox.faults.api('chat.update', fault, 1)
    await sandbox.as('ann').click(note, 'kudos.more', `keep-private ${kudos.id}`)
    const named = () => JSON.stringify([...cards(kudos.reason), ...notes('kofi', kudos.reason)].map((m) => m.blocks))
    await eventually('ann to be named nowhere', () => !named().includes(id('ann')), 60)
    await world.settled()
    expect(cards(kudos.reason)).toHaveLength(1)
    expect(notes('ann', kudos.reason)).toHaveLength(1)
    expect(notes('kofi', kudos.reason)).toHaveLength(1)
  })

  it('while admins are told of a report: each of them is, and the verdict comes', async () => {
    const { sandbox } = world
    const kudos = await give('@ann', `reporting while it ${what}`)
    const [card] = cards(kudos.reason)
    if (!card) throw new Error('no card')
    sandbox.faults.api('chat.postMessage', fault, 1)
    await sandbox.as('sam').click(card, 'kudos.more', `report ${kudos.id}`)
    await eventually('the form', () => sandbox.view('sam'))
    await sandbox.as('sam').submit({})
    const report = await eventually('the report', () => notes('margit', kudos.reason)[0], 60)
    await eventually('the other report', () => notes('jonah', kudos.reason)[0], 60)
    await sandbox.as('sam').close()
    // Otherwise one that is tried again could have the fault that is meant for the verdict.
    await eventually(
      'the reports to be known as sent',
      async () => (await states(kudos.id)).filter((one) => one === 'report sent').length === 2,
      60,
    )
    sandbox.faults.api('chat.postMessage', fault, 1)
    await sandbox.as('margit').click(report, 'kudos.remove')
    await eventually('the form', () => sandbox.view('margit'))
    await sandbox.as('margit').submit({ reason: 'Kinder words, please.' })
    await eventually('the verdict', async () => (await states(kudos.id)).includes('verdict sent'), 60)
    // Once; but where the answer was lost it had to be sent again.
    const answerWasLost = 'hang' in fault || ('cut' in fault && fault.cut === 'after')
    expect(notes('noor', kudos.reason)).toHaveLength(answerWasLost ? 2 : 1)
    expect(cards(kudos.reason)).toEqual([])
  })
})
