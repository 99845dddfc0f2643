/** A clock that leaps without a word, forwards and back, as one that is set right: nothing comes twice, nothing stands still. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type Prompts, promptsOf } from '../support/prompts.ts'
import { createWorld, type World } from '../support/world.ts'

const DAY = 24 * 60
let world: World
let prompts: Prompts
beforeAll(async () => {
  world = await createWorld()
  prompts = promptsOf(world)
})
afterAll(() => world?.stop())

const cards = (reason: string) =>
  world.sandbox.messages('#general', { app: true }).filter(({ text }) => text.includes(reason))

async function give(reason: string): Promise<void> {
  await world.sandbox.as('noor').command('#general', '/kudos', `@ann for ${reason}`)
  await eventually(`the card for ${reason}`, () => cards(reason).length === 1)
}

/** A minute passes on whatever clock there is now. */
async function ask(): Promise<void> {
  await world.app.timePassed(0)
  await world.settled()
}

it('kudos go on, in their order, and can be taken back', async () => {
  await give('the time before')
  world.clock.advance({ minutes: 3 * DAY })
  await give('three days later')
  world.clock.reset()
  await give('the time before, again')
  await world.settled()
  expect((await world.given('noor')).map(({ reason }) => reason).sort()).toEqual(
    ['the time before', 'the time before, again', 'three days later'].sort(),
  )
  const confirmation = world.told('noor')
  if (!confirmation) throw new Error('no confirmation')
  await world.sandbox.as('noor').click(confirmation, 'kudos.undo')
  await eventually('one less', async () => (await world.given('noor')).length === 2)
})

it('a weekly prompt is posted once a week, whichever week it is thought to be', async () => {
  const channel = await prompts.channel()
  const due = (await prompts.next(channel))?.due
  if (!due) throw new Error('no prompt to come')
  const untilDue = (due.at.getTime() - world.clock.now()) / 60_000 + 1
  for (let leap = 0; leap < 3; leap += 1) {
    world.clock.advance({ minutes: untilDue })
    await ask()
    expect(prompts.posted(channel)).toHaveLength(1)
    world.clock.reset()
    await ask()
    expect(prompts.posted(channel)).toHaveLength(1)
  }
  world.clock.advance({ minutes: untilDue + 7 * DAY })
  await ask()
  expect(prompts.posted(channel)).toHaveLength(2)
})
