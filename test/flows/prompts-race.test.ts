import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type Prompts, promptsOf } from '../support/prompts.ts'
import { createWorld, type World } from '../support/world.ts'

const CHANNELS = 200
const WEEKS = 2
let world: World
let prompts: Prompts
beforeAll(async () => {
  world = await createWorld()
  prompts = promptsOf(world)
})
afterAll(() => world?.stop())

it('two processes, asked at the same moments, post once in each of 200 channels, two weeks long', async () => {
  const { sandbox } = world
  const names: string[] = []
  for (let made = 0; made < CHANNELS; made += 1) names.push(await prompts.channel())
  const other = await world.another()
  const rows = async (state: 'unsettled' | 'posted') => {
    const states = state === 'posted' ? ['posted'] : ['due', 'claimed']
    const found = await world.database.db
      .selectFrom('prompt_post')
      .select('ts')
      .where('state', 'in', states as [])
      .execute()
    return found.length
  }
  try {
    for (let week = 1; week <= WEEKS; week += 1) {
      const due = (await prompts.next(names[0] ?? ''))?.due
      const ms = (due?.at.getTime() ?? 0) - world.clock.now() + 1_000
      world.clock.advance({ seconds: ms / 1_000 })
      await Promise.all([world.app, other, world.app, other].map((app, index) => app.timePassed(index === 0 ? ms : 0)))
      await eventually('all of them to be settled', async () => (await rows('unsettled')) === 0, 120)
      await world.settled()
      for (const name of names) expect(prompts.posted(name).length, name).toBeLessThanOrEqual(week)
      const total = await world.database.db.selectFrom('prompt_post').select('id').execute()
      expect(total).toHaveLength(week * CHANNELS)
    }
  } finally {
    await other.stop()
  }
  // On a machine that is busy enough even a connection on itself breaks now and then: such a prompt is uncertain. What
  // counts is that none was sent twice, and that what was written down is what stands there.
  const sends = sandbox.calls.filter(
    ({ method, args }) => method === 'chat.postMessage' && /^C/.test(String(args.channel)),
  )
  const taken = sends.filter(({ status }) => status === 200)
  const posted = await rows('posted')
  expect(sends.length).toBeLessThanOrEqual(WEEKS * CHANNELS)
  expect(taken.length).toBeGreaterThanOrEqual(posted)
  expect(posted).toBeGreaterThan(WEEKS * CHANNELS * 0.95)
  for (const name of names) {
    const texts = prompts.posted(name).map(({ text }) => text)
    expect(new Set(texts).size).toBe(texts.length)
  }
  // Each channel has an order of its own.
  expect(new Set(names.map((name) => prompts.posted(name)[0]?.text)).size).toBeGreaterThan(30)
}, 600_000)
