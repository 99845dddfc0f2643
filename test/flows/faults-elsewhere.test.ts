/** Whatever somebody types or clicks while the database or Slack is away: a sentence, nothing half done, and it recovers. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listReceived } from '../../src/kudos/store.ts'
import { readParticipation } from '../../src/workspace/participation-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let kudosId: string
beforeAll(async () => {
  world = await createWorld()
  await world.sandbox.as('noor').command('#general', '/kudos', '@ann @kofi for the ground to stand on')
  await world.settled()
  kudosId = (await world.given('noor'))[0]?.id ?? ''
})
afterAll(() => world?.stop())
beforeEach(() => world.sandbox.faults.clear())

const id = (name: string) => world.sandbox.person(name).id
const card = () => {
  const found = world.sandbox
    .messages('#general', { app: true })
    .find(({ text }) => text.includes('ground to stand on'))
  if (!found) throw new Error('no card')
  return found
}
/** Everything that person was told anywhere. */
const heard = (name: string) =>
  JSON.stringify([...world.sandbox.ephemerals(name), ...world.sandbox.directMessages(name), world.sandbox.view(name)])

/** What somebody does, and what must not have changed when it fails. */
const deeds: [what: string, deed: () => Promise<unknown>][] = [
  ['opens the form', () => world.sandbox.as('ann').command('#general', '/kudos')],
  ['looks back', () => world.sandbox.as('ann').command('#general', '/kudos', 'mine')],
  ['says how kudos are shown', () => world.sandbox.as('ann').command('#general', '/kudos', 'only me')],
  ['keeps a kudos private', () => world.sandbox.as('ann').click(card(), 'kudos.more', `keep-private ${kudosId}`)],
  ['wants to report one', () => world.sandbox.as('ann').click(card(), 'kudos.more', `report ${kudosId}`)],
  ['passes it on', () => world.sandbox.as('ann').click(card(), 'kudos.pass-on')],
  ['uses the shortcut', () => world.sandbox.as('ann').shortcut('kudos.give')],
  ['uses the message shortcut', () => world.sandbox.as('ann').shortcut('kudos.give-about', card())],
  ['pauses', () => world.sandbox.as('ann').command('#general', '/smallacts', 'pause 2 weeks')],
  ['says their team', () => world.sandbox.as('ann').command('#general', '/smallacts', 'team Design')],
  ['gives feedback', () => world.sandbox.as('ann').command('#general', '/smallacts', 'feedback hello')],
  ['opens the settings', () => world.sandbox.as('ann').command('#general', '/smallacts', 'settings')],
]

describe('with the database away', () => {
  it.each(deeds)('somebody who %s hears that nothing has changed', async (_what, deed) => {
    const told = () => heard('ann').split('could not save it').length
    const before = told()
    await world.proxy.down()
    try {
      await deed()
      await eventually('a sentence', () => told() > before)
      expect(world.sandbox.view('ann')).toBeNull()
    } finally {
      await world.proxy.up()
    }
  })

  it('afterwards everything is as it was, and works', async () => {
    await eventually('the database to be back', async () => {
      await world.sandbox.as('ann').command('#general', '/kudos', 'mine')
      return world.told('ann')?.text.includes('Kudos to you')
    })
    const [kudos] = await world.stored((tenant) => listReceived(tenant, id('ann'), 5))
    expect(kudos).toMatchObject({ id: kudosId, keptPrivate: [] })
    expect((await world.stored((tenant) => readParticipation(tenant, id('ann')))).pausedUntil).toBeNull()
    await world.settled()
    expect(world.sandbox.directMessages('margit').filter(({ text }) => text.includes('has feedback'))).toEqual([])
  })
})

describe('when Slack opens no form', () => {
  it.each([
    ['429', { status: 429, retryAfter: 1 } as const],
    ['500', { status: 500 } as const],
    ['an error', { error: 'expired_trigger_id' } as const],
    ['a cut connection', { cut: 'before' } as const],
  ])('with %s, somebody is told', async (_how, fault) => {
    for (const deed of [
      () => world.sandbox.as('kofi').command('#general', '/kudos'),
      () => world.sandbox.as('kofi').click(card(), 'kudos.pass-on'),
      () => world.sandbox.as('kofi').shortcut('kudos.give'),
    ]) {
      const told = () => heard('kofi').split('did not open the form').length
      const before = told()
      world.sandbox.faults.api('views.open', fault)
      await deed()
      await eventually('a sentence', () => told() > before)
      expect(world.sandbox.view('kofi')).toBeNull()
    }
  })
})

it('a Home tab that could not be drawn is drawn at the next look', async () => {
  world.sandbox.faults.api('views.publish', { status: 500 })
  await world.sandbox.as('lena').openHome()
  await eventually('the failure', () =>
    world.sandbox.calls.some(({ method, status }) => method === 'views.publish' && status === 500),
  )
  await world.sandbox.as('lena').openHome()
  await world.homeOf('lena', 'Yours to decide')
})
