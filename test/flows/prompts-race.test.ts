import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type Prompts, promptsOf } from '../support/prompts.ts'
import { createWorld, type World } from '../support/world.ts'

const CHANNELS = 200
let world: World
let prompts: Prompts
beforeAll(async () => {
  world = await createWorld()
  prompts = promptsOf(world)
})
afterAll(() => world?.stop())

it('two processes, asked at the same moments, post once in each of 200 channels, four weeks long', async () => {
  const { sandbox } = world
  const names: string[] = []
  for (let made = 0; made < CHANNELS; made += 1) names.push(await prompts.channel())
  const other = await world.another()
  const all = () => names.flatMap((name) => prompts.posted(name))
  try {
    for (let week = 1; week <= 4; week += 1) {
      const due = (await prompts.next(names[0] ?? ''))?.due
      const ms = (due?.at.getTime() ?? 0) - world.clock.now() + 1_000
      world.clock.advance({ seconds: ms / 1_000 })
      await Promise.all([world.app, other, world.app, other].map((app, index) => app.timePassed(index === 0 ? ms : 0)))
      await eventually('all prompts', () => all().length >= week * CHANNELS, 120)
      await world.settled()
      expect(all()).toHaveLength(week * CHANNELS)
      for (const name of names) expect(prompts.posted(name)).toHaveLength(week)
    }
  } finally {
    await other.stop()
  }
  const sends = sandbox.calls.filter(({ method, status }) => method === 'chat.postMessage' && status === 200)
  expect(sends).toHaveLength(4 * CHANNELS)
  for (const name of names) {
    expect(new Set(prompts.posted(name).map(({ text }) => text)).size).toBe(4)
  }
  // Each channel has an order of its own.
  expect(new Set(names.map((name) => prompts.posted(name)[0]?.text)).size).toBeGreaterThan(30)
}, 300_000)
