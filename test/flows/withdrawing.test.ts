import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeliveries } from '../../src/kudos/delivery-store.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const told = (name: string): SlackMessage => {
  const last = world.told(name)
  if (!last) throw new Error(`${name} was told nothing`)
  return last
}
const give = async (giver: string, reason: string) => {
  await world.sandbox.as(giver).command('#general', '/kudos', `@ann for ${reason}`)
  const [kudos] = await world.given(giver)
  if (kudos?.reason !== reason) throw new Error('nothing was given')
  return { kudosId: kudos.id, confirmation: told(giver) }
}
const states = async (kudosId: string) =>
  (await world.stored((tenant) => listDeliveries(tenant, kudosId))).map(({ kind, state }) => `${kind} ${state}`)
const shown = (reason: string) =>
  [...world.sandbox.messages('#general', { app: true }), ...world.sandbox.directMessages('ann')].filter((message) =>
    JSON.stringify(message.blocks).includes(reason),
  )

describe('Undo', () => {
  it('takes back the card and the notes, and says so in its own place', async () => {
    const { sandbox } = world
    const { kudosId, confirmation } = await give('noor', 'the undone')
    await world.settled()
    expect(shown('the undone')).toHaveLength(2)
    await sandbox.as('noor').click(confirmation, 'kudos.undo')
    await world.settled()
    expect(shown('the undone')).toEqual([])
    expect(await states(kudosId)).toEqual(['card removed', 'note removed'])
    const answer = sandbox.ephemerals('noor').find((message) => message.ts === confirmation.ts)
    expect(answer?.text).toContain('Withdrawn')
  })

  it('twice is once', async () => {
    const { sandbox } = world
    const { kudosId, confirmation } = await give('noor', 'the twice undone')
    await Promise.all([1, 2].map(() => sandbox.as('noor').click(confirmation, 'kudos.undo')))
    await world.settled()
    expect(shown('the twice undone')).toEqual([])
    for (const state of await states(kudosId)) expect(state).toMatch(/removed|skipped/)
  })

  it('also when the card is being posted at that moment', async () => {
    const { sandbox } = world
    let posting = false
    sandbox.faults.api('chat.postMessage', { hang: 700 }, 2, () => {
      posting = true
      return true
    })
    const { kudosId, confirmation } = await give('noor', 'the hasty')
    await eventually('the card to be under way', () => posting)
    await sandbox.as('noor').click(confirmation, 'kudos.undo')
    await world.settled()
    expect(shown('the hasty')).toEqual([])
    for (const state of await states(kudosId)) expect(state).toMatch(/removed|skipped/)
  })

  it('says after five minutes where to withdraw instead, and there it works', async () => {
    const { sandbox, clock } = world
    const { kudosId, confirmation } = await give('kofi', 'the late one')
    await world.settled()
    clock.advance({ minutes: 5, seconds: 1 })
    await sandbox.as('kofi').click(confirmation, 'kudos.undo')
    await world.settled()
    await eventually('the answer', () =>
      sandbox
        .ephemerals('kofi')
        .find((message) => message.ts === confirmation.ts)
        ?.text.includes('/kudos given'),
    )
    expect(shown('the late one')).toHaveLength(2)

    await sandbox.as('kofi').command('#general', '/kudos', 'given')
    expect(JSON.stringify(told('kofi').blocks)).toContain('the late one')
    await sandbox.as('kofi').click(told('kofi'), 'kudos.withdraw')
    await world.settled()
    expect(shown('the late one')).toEqual([])
    expect(await states(kudosId)).toEqual(['card removed', 'note removed'])
  })

  it('is the giver’s alone', async () => {
    const { sandbox } = world
    const { kudosId, confirmation } = await give('noor', 'not yours to undo')
    await world.settled()
    const delivered = sandbox.deliveries.length
    await sandbox.as('noor').click(confirmation, 'kudos.undo')
    const click = sandbox.deliveries[delivered]
    if (!click) throw new Error('no click was delivered')
    // The same click in somebody else's name: a signed forgery, which only a stolen secret could make.
    const { confirmation: other } = await give('noor', 'not yours either')
    const payload = JSON.parse(new URLSearchParams(click.body).get('payload') ?? '{}')
    payload.user.id = id('kofi')
    payload.actions[0].value = JSON.stringify(other.blocks).match(/"value":"([^"]+)"/)?.[1]
    await sandbox.send({ body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() })
    await world.settled()
    expect(shown('not yours either')).toHaveLength(2)
    expect(await states(kudosId)).toEqual(['card removed', 'note removed'])
  })
})

describe('what Slack does not let us delete', () => {
  it('is changed to a neutral line', async () => {
    const { sandbox } = world
    const { confirmation } = await give('noor', 'the undeletable')
    await world.settled()
    sandbox.faults.api('chat.delete', { error: 'cant_delete_message' }, 2)
    await sandbox.as('noor').click(confirmation, 'kudos.undo')
    await world.settled()
    expect(shown('the undeletable')).toEqual([])
    expect(sandbox.messages('#general', { app: true }).at(-1)?.text).toContain('withdrawn')
  })

  it('and was deleted by hand, counts as removed', async () => {
    const { sandbox } = world
    const { kudosId, confirmation } = await give('noor', 'deleted by hand')
    await world.settled()
    const [card] = shown('deleted by hand')
    if (!card) throw new Error('no card')
    await sandbox.as('margit').deleteMessage(card)
    await sandbox.as('noor').click(confirmation, 'kudos.undo')
    await world.settled()
    expect(await states(kudosId)).toEqual(['card removed', 'note removed'])
  })
})

describe('notes', () => {
  it('stop with a click on the first one, and come back with a command; Home has them meanwhile', async () => {
    const { sandbox } = world
    await sandbox.as('noor').command('#general', '/kudos', '@tomas for the first note')
    await world.settled()
    const note = sandbox.directMessages('tomas').at(-1)
    if (!note) throw new Error('no note')
    await sandbox.as('tomas').click(note, 'kudos.notes-off')
    await sandbox.as('noor').command('#general', '/kudos', '@tomas for the quiet one')
    await world.settled()
    expect(sandbox.directMessages('tomas').filter((message) => message.ephemeralTo === null)).toHaveLength(1)
    await sandbox.as('tomas').openHome()
    await world.settled()
    const home = await world.homeOf('tomas', 'the quiet one')
    expect(home).toContain('Notes are off')

    await sandbox.as('tomas').command('#general', '/kudos', 'notes on')
    await sandbox.as('noor').command('#general', '/kudos', '@tomas for the loud one')
    await world.settled()
    expect(sandbox.directMessages('tomas').at(-1)?.text).toContain('the loud one')
  })

  it('are switched on Home too', async () => {
    const { sandbox } = world
    await sandbox.as('kofi').openHome()
    await world.homeOf('kofi', 'Notes are on')
    await sandbox.as('kofi').click('home', 'home.notes')
    await world.homeOf('kofi', 'Notes are off')
  })
})
