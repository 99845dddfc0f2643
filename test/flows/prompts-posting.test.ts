import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { naturalId } from '../../src/platform/natural-key.ts'
import { POST } from '../../src/prompts/due.ts'
import { movePost } from '../../src/prompts/post-store.ts'
import type { Faults } from '../../src/sandbox/slack/faults.ts'
import { eventually } from '../support/eventually.ts'
import { type Prompts, promptsOf } from '../support/prompts.ts'
import { createWorld, type World } from '../support/world.ts'

const HOUR = 3_600
let world: World
let prompts: Prompts
beforeAll(async () => {
  world = await createWorld()
  prompts = promptsOf(world)
})
afterAll(() => world?.stop())
afterEach(async () => {
  world.sandbox.faults.clear()
  await prompts.endAll()
  // What the admins have not heard yet.
  await world.pass({ minutes: 1 })
})

const id = (name: string) => world.sandbox.person(name).id
const json = (value: unknown) => JSON.stringify(value)
const sends = (channel: string) =>
  world.sandbox.calls.filter(
    ({ method, args }) => method === 'chat.postMessage' && args.channel === world.sandbox.channel(channel).id,
  )
/** What is sent to that channel fails so often. */
const failing = (channel: string, fault: Parameters<Faults['api']>[1], times: number) =>
  world.sandbox.faults.api(
    'chat.postMessage',
    fault,
    times,
    (args) => args.channel === world.sandbox.channel(channel).id,
  )
/** What an admin was told about prompts. */
const notices = (admin: string) =>
  world.sandbox.directMessages(admin).filter(({ text }) => /could not be sure|has ended/.test(text))
const clickAgain = (admin: string, action = 'prompts.again') => {
  const notice = notices(admin).at(-1)
  if (!notice) throw new Error(`${admin} was told nothing`)
  return world.sandbox.as(admin).click(notice, action)
}

describe('a prompt that is late', () => {
  it('by less than a day is posted all the same, in the week it was due', async () => {
    const channel = await prompts.channel({ weekday: 7, time: '23:30', zone: 'Europe/Berlin' })
    // Monday evening: the week after has begun.
    const week = await prompts.untilDue(channel, 23 * HOUR)
    expect(await prompts.post(channel, week)).toMatchObject({ state: 'posted', week })
    expect(prompts.posted(channel)).toHaveLength(1)
    const next = await prompts.untilDue(channel)
    expect(next).not.toBe(week)
    expect(prompts.posted(channel)).toHaveLength(2)
  })

  it('by more is skipped, and the next one comes as usual', async () => {
    const channel = await prompts.channel()
    const before = await prompts.next(channel)
    const week = await prompts.untilDue(channel, 25 * HOUR)
    expect(await prompts.post(channel, week)).toMatchObject({ state: 'skipped', problem: 'too late', words: null })
    expect(prompts.posted(channel)).toEqual([])
    const next = await prompts.untilDue(channel)
    // What was to come a week ago was not used up by it.
    expect((await prompts.post(channel, next))?.words?.promptId).toBe(before?.choice?.id)
  })

  it('because the queue stood still is skipped right before it would be sent', async () => {
    const channel = await prompts.channel()
    failing(channel, { status: 429, retryAfter: 2 * 24 * HOUR }, 1)
    const week = await prompts.untilDue(channel)
    await eventually('the rate limit', async () => (await prompts.post(channel, week))?.state === 'due')
    await world.pass({ seconds: 2 * 24 * HOUR + 60 })
    await eventually('a decision', async () => (await prompts.post(channel, week))?.state === 'skipped')
    expect(prompts.posted(channel)).toEqual([])
  })
})

describe('weeks that are left out', () => {
  it('have no prompt', async () => {
    const channel = await prompts.channel()
    const first = (await prompts.next(channel))?.due?.week ?? ''
    await prompts.plan(channel, { skippedWeeks: [first] })
    const week = await prompts.untilDue(channel)
    expect(week).not.toBe(first)
    expect(await prompts.post(channel, first)).toBeNull()
    expect(prompts.posted(channel)).toHaveLength(1)
  })

  it('have none even when it was decided in the last minute', async () => {
    const channel = await prompts.channel()
    failing(channel, { status: 429, retryAfter: 60 }, 1)
    const week = await prompts.untilDue(channel)
    await eventually('the rate limit', async () => (await prompts.post(channel, week))?.state === 'due')
    await prompts.plan(channel, { skippedWeeks: [week] })
    await world.pass({ seconds: 90 })
    await eventually('a decision', async () => (await prompts.post(channel, week))?.state === 'skipped')
    expect(prompts.posted(channel)).toEqual([])
  })
})

describe('another day', () => {
  it('in a week that had its prompt already brings no second one', async () => {
    const channel = await prompts.channel({ weekday: 1 })
    const week = await prompts.untilDue(channel)
    await prompts.plan(channel, { weekday: 3 })
    expect((await prompts.next(channel))?.due?.week).not.toBe(week)
    await prompts.untilDue(channel)
    expect(prompts.posted(channel)).toHaveLength(2)
  })
})

describe('a prompt of which Slack', () => {
  it('says to wait is sent after as long, once', async () => {
    const channel = await prompts.channel()
    failing(channel, { status: 429, retryAfter: 1 }, 2)
    const week = await prompts.untilDue(channel)
    await eventually('the prompt', async () => (await prompts.post(channel, week))?.state === 'posted')
    expect(prompts.posted(channel)).toHaveLength(1)
  })

  it.each([
    ['fails', { status: 500 as const }, 0],
    ['hangs up before it takes it', { cut: 'before' as const }, 0],
    ['hangs up after it took it', { cut: 'after' as const }, 1],
  ])(
    '%s is not sent again by itself, and whoever of the admins says so first has it posted again',
    async (_, fault, there) => {
      const { sandbox } = world
      const channel = await prompts.channel()
      const told = { margit: notices('margit').length, jonah: notices('jonah').length }
      failing(channel, fault, 1)
      const week = await prompts.untilDue(channel)
      await eventually('uncertainty', async () => (await prompts.post(channel, week))?.state === 'uncertain')
      await world.pass({ minutes: 3 })
      await world.pass({ minutes: 3 })
      expect(sends(channel)).toHaveLength(1)
      expect(prompts.posted(channel)).toHaveLength(there)
      // Told once, in one message.
      expect(notices('margit')).toHaveLength(told.margit + 1)
      expect(notices('jonah')).toHaveLength(told.jonah + 1)
      const offered = notices('jonah').at(-1)
      await Promise.all([clickAgain('margit'), offered && sandbox.as('jonah').click(offered, 'prompts.again')])
      await eventually('the prompt', async () => (await prompts.post(channel, week))?.state === 'posted')
      await world.settled()
      expect(sends(channel)).toHaveLength(2)
      const post = await prompts.post(channel, week)
      expect(post).toMatchObject({ attempt: 2 })
      expect([id('margit'), id('jonah')]).toContain(post?.againBy)
      await world.pass({ minutes: 3 })
      expect(sends(channel)).toHaveLength(2)
    },
  )

  it('says nothing is there after all, when somebody clicks on it', async () => {
    const channel = await prompts.channel()
    failing(channel, { cut: 'after' }, 1)
    const week = await prompts.untilDue(channel)
    const [post] = prompts.posted(channel)
    if (!post) throw new Error('no prompt')
    await world.sandbox.as('ann').click(post, 'prompts.done')
    expect(await prompts.post(channel, week)).toMatchObject({ state: 'posted', place: { ts: post.ts } })
  })

  it('refuses ends with an operator and the admins knowing', async () => {
    const channel = await prompts.channel()
    const before = notices('margit').length
    failing(channel, { error: 'invalid_blocks' }, 1)
    const week = await prompts.untilDue(channel)
    await eventually('a refusal', async () => (await prompts.post(channel, week))?.state === 'failed')
    await world.pass({ minutes: 1 })
    await eventually('the notice', () => notices('margit').length > before)
    expect(json(notices('margit').at(-1)?.blocks)).toContain('invalid_blocks')
    await clickAgain('margit')
    await eventually('the prompt', async () => (await prompts.post(channel, week))?.state === 'posted')
  })
})

describe('a process that ends while it sends', () => {
  it('leaves a prompt that nobody sends again', async () => {
    const channel = await prompts.channel()
    failing(channel, { status: 429, retryAfter: 3_600 }, 1)
    const week = await prompts.untilDue(channel)
    await eventually('the rate limit', async () => (await prompts.post(channel, week))?.state === 'due')
    const post = await prompts.post(channel, week)
    // As after a kill right before the answer of Slack.
    await world.stored((tenant) => movePost(tenant, post?.id ?? '', ['due'], { state: 'claimed' }))
    await world.pass({ seconds: 3_700 })
    await eventually('uncertainty', async () => (await prompts.post(channel, week))?.state === 'uncertain')
    expect(sends(channel)).toHaveLength(1)
  })
})

describe('a channel that is gone', () => {
  it.each(['is_archived', 'not_in_channel', 'channel_not_found'])(
    'is found out on sending (%s): its prompt ends, and the admins are told once',
    async (error) => {
      const channel = await prompts.channel()
      const before = notices('margit').length
      failing(channel, { error }, 1)
      const week = await prompts.untilDue(channel)
      await eventually('it', async () => (await prompts.post(channel, week))?.state === 'gone')
      await world.pass({ minutes: 1 })
      await eventually('the notice', () => notices('margit').length === before + 1)
      expect(await prompts.next(channel)).toBeNull()
      await world.pass({ seconds: 8 * 24 * HOUR })
      expect(notices('margit')).toHaveLength(before + 1)
      expect(sends(channel)).toHaveLength(1)
    },
  )

  it('is not even tried when it is known', async () => {
    const channel = await prompts.channel()
    await world.sandbox.changeChannel(channel, 'archive')
    await world.settled()
    const week = await prompts.untilDue(channel)
    expect(await prompts.post(channel, week)).toMatchObject({ state: 'gone' })
    expect(sends(channel)).toEqual([])
  })
})

describe('the button of joining check-ins', () => {
  it('comes once a month, where it is wanted', async () => {
    const wanted = await prompts.channel({ joinButton: true })
    const plain = await prompts.channel()
    for (let week = 0; week < 6; week += 1) {
      await prompts.untilDue(wanted)
      await eventually('both', () => prompts.posted(plain).length === week + 1)
    }
    const withButton = prompts.posted(wanted).map(({ blocks }) => json(blocks).includes('"home.join"'))
    expect(withButton).toEqual([true, false, false, false, false, true])
    expect(json(prompts.posted(plain).map(({ blocks }) => blocks))).not.toContain('"home.join"')
    const [post] = prompts.posted(wanted)
    if (!post) throw new Error('no prompt')
    await world.sandbox.as('ann').click(post, 'home.join')
    await eventually('the form', () => world.sandbox.view('ann')?.view.callback_id === 'home.join-form')
  })
})

it('one job a post and attempt: asking twice is harmless', async () => {
  const channel = await prompts.channel()
  await prompts.untilDue(channel)
  await Promise.all([world.pass({ minutes: 1 }), world.app.timePassed(0), world.app.timePassed(0)])
  await world.settled()
  expect(sends(channel)).toHaveLength(1)
  expect(naturalId(POST, 'x', '1')).not.toBe(naturalId(POST, 'x', '2'))
})
