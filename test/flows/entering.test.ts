/** What was given, and is not in the ledger yet: another process gave it, and ended before it could enter it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listDeliveries } from '../../src/kudos/delivery-store.ts'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { findKudos } from '../../src/kudos/store.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { aKudos } from '../support/builders.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

/** Gives as a process does that is killed with its answer. */
async function leaveBehind(reasons: string[], giver = 'noor'): Promise<string[]> {
  const { sandbox, clock, stored } = world
  const kudos = reasons.map((reason) =>
    aKudos({
      id: naturalId('kudos', 'left behind', reason),
      giver: sandbox.person(giver).id,
      recipients: [sandbox.person('ann').id],
      saidIn: sandbox.channel('general').id,
      reason,
      likeness: reason,
      givenAt: new Date(clock.now()),
    }),
  )
  await stored((tenant) => insertKudos(tenant, kudos))
  return kudos.map(({ id }) => id)
}
const cards = (reason: string) =>
  world.sandbox.messages('#general', { app: true }).filter(({ blocks }) => JSON.stringify(blocks).includes(reason))
const notes = (reason: string) =>
  world.sandbox.directMessages('ann').filter(({ blocks }) => JSON.stringify(blocks).includes(reason))
const states = async (kudosId = '') =>
  (await world.stored((tenant) => listDeliveries(tenant, kudosId))).map(({ kind, state }) => `${kind} ${state}`)

it('is entered and posted within a minute, however much it is', async () => {
  const reasons = Array.from({ length: 60 }, (_, number) => `deed no. ${number};`)
  const ids = await leaveBehind(reasons)
  expect(await states(ids[0])).toEqual([])
  await world.pass({ minutes: 1 })
  for (const reason of reasons) expect([reason, cards(reason).length, notes(reason).length]).toEqual([reason, 1, 1])
  expect(await states(ids.at(-1))).toEqual(['card sent', 'note sent'])
})

it('is entered and posted when a process starts', async () => {
  await leaveBehind(['the night'])
  await world.restart()
  await world.settled()
  expect([cards('the night').length, notes('the night').length]).toEqual([1, 1])
})

it('is posted once by two processes that find it at the same moment', async () => {
  const other = await world.another()
  try {
    await leaveBehind(['the handover'])
    await Promise.all([world.app.timePassed(0), other.timePassed(0)])
    await world.settled()
    expect([cards('the handover').length, notes('the handover').length]).toEqual([1, 1])
  } finally {
    await other.stop()
    world.sandbox.connectApp(`http://127.0.0.1:${world.app.port}/slack/events`)
  }
})

it('is on its giver’s list, can be withdrawn, and is never posted then', async () => {
  const { sandbox } = world
  const [kudosId = ''] = await leaveBehind(['the regret'], 'mei')
  await sandbox.as('mei').command('#general', '/kudos', 'given')
  const list = world.told('mei')
  expect(JSON.stringify(list?.blocks)).toContain('the regret')
  if (list) await sandbox.as('mei').click(list, 'kudos.withdraw')
  expect(await world.stored((tenant) => findKudos(tenant, kudosId))).toMatchObject({ withdrawn: true })
  await world.pass({ minutes: 1 })
  expect([cards('the regret').length, notes('the regret').length]).toEqual([0, 0])
  expect(await states(kudosId)).toEqual(['card skipped', 'note skipped'])
})

it('is on its recipient’s list before it is in the ledger, and has no card once it is kept private', async () => {
  const { sandbox } = world
  await leaveBehind(['the secret'])
  await sandbox.as('ann').command('#general', '/kudos', 'mine')
  expect(JSON.stringify(world.told('ann')?.blocks)).toContain('the secret')
  await sandbox.as('ann').command('#general', '/kudos', 'only me')
  await world.pass({ minutes: 1 })
  expect([cards('the secret').length, notes('the secret').length]).toEqual([0, 1])
})
