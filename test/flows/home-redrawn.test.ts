import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

it('shows the newest last, however slow Slack was with what came before', async () => {
  const { sandbox } = world
  await sandbox.as('noor').openHome()
  await world.homeOf('noor', 'Notes are on.')
  const published = () => sandbox.calls.filter(({ method }) => method === 'views.publish')
  const before = published().length
  // The drawing of the first click is on its way for so long that the second one's would overtake it.
  sandbox.faults.api('views.publish', { hang: 1_500 })
  await sandbox.as('noor').click('home', 'home.notes')
  await sandbox.as('noor').command('#general', '/smallacts', 'team Design')
  await eventually('both drawings', () => published().length >= before + 2)
  await world.homeOf('noor', 'Your team is Design')
  expect(JSON.stringify(published().at(-1)?.args.view)).toContain('Your team is Design')
})

it('draws on after Slack refused once', async () => {
  const { sandbox } = world
  sandbox.faults.api('views.publish', { status: 500 })
  await sandbox.as('ann').openHome()
  await sandbox.as('ann').openHome()
  await world.homeOf('ann', 'Check-ins')
})
