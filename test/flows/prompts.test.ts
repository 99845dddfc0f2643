import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postNow } from '../../src/prompts/post-now.ts'
import { readParticipation } from '../../src/workspace/participation-store.ts'
import { findTeam, saveTeamClaims } from '../../src/workspace/team-store.ts'
import { eventually } from '../support/eventually.ts'
import { type Prompts, promptsOf } from '../support/prompts.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let prompts: Prompts
beforeAll(async () => {
  world = await createWorld()
  prompts = promptsOf(world)
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const json = (value: unknown) => JSON.stringify(value)
const modalOf = (name: string, words: string) =>
  eventually(`"${words}" in a modal of ${name}`, () => json(world.sandbox.view(name)?.view ?? null).includes(words))

describe('the weekly prompt', () => {
  it('is posted when it is due, once a week, and never the same twice', async () => {
    await prompts.plan('#general')
    expect(prompts.posted('#general')).toEqual([])
    const week = await prompts.untilDue('#general')
    expect(prompts.posted('#general')).toHaveLength(1)
    expect(await prompts.post('#general', week)).toMatchObject({ state: 'posted', attempt: 1 })
    await world.pass({ minutes: 3 })
    await world.restart()
    await world.settled()
    expect(prompts.posted('#general')).toHaveLength(1)
    await prompts.untilDue('#general')
    const [first, second] = prompts.posted('#general')
    expect(second).toBeDefined()
    expect(second?.text).not.toBe(first?.text)
    expect(json(second?.blocks)).toContain('does not read or count them')
    expect(world.problems).toEqual([])
  })

  it('is answered in the thread, under one’s name, and taken back', async () => {
    const { sandbox } = world
    const post = prompts.posted('#general').at(-1)
    if (!post) throw new Error('no prompt')
    await sandbox.as('ann').click(post, 'prompts.answer')
    await modalOf('ann', 'prompts.answer-form')
    await sandbox.as('ann').submit({ text: '   ' })
    expect(sandbox.view('ann')?.errors.text).toContain('Say a word')
    await sandbox.as('ann').submit({ text: 'Kofi & his <!channel> lists' })
    await modalOf('ann', 'stands in the thread')
    await world.settled()
    const answers = () =>
      sandbox.messages('#general').filter(({ threadTs, ts }) => threadTs === post.ts && ts !== post.ts)
    expect(answers()).toHaveLength(1)
    expect(json(answers()[0]?.blocks)).toContain(`<@${id('ann')}>`)
    expect([...sandbox.notified(answers()[0] ?? post)].filter((person) => person !== id('ann'))).toEqual([])
    await sandbox.as('ann').click('modal', 'prompts.remove')
    await modalOf('ann', 'Removed')
    await world.settled()
    expect(answers()).toEqual([])
  })
})

describe('the button of joining check-ins', () => {
  it('is in a channel’s prompt once a month, and opens the form that says what it is and asks for the team', async () => {
    const { sandbox } = world
    const channel = await prompts.channel({ joinButton: true })
    await prompts.untilDue(channel)
    const post = prompts.posted(channel).at(-1)
    if (!post) throw new Error('no prompt')
    expect(json(post.blocks)).toContain('"home.join"')
    await sandbox.as('lena').click(post, 'home.join')
    await modalOf('lena', '15 minutes')
    await modalOf('lena', 'Which team are you on?')
    const part = () => world.stored((tenant) => readParticipation(tenant, id('lena')))
    expect((await part()).joined).toBe(false)
    await sandbox.as('lena').submit({ team: 'Finance' })
    await modalOf('lena', 'You are in')
    expect((await part()).joined).toBe(true)
    expect(await world.stored((tenant) => findTeam(tenant, id('lena')))).toEqual({ name: 'Finance', source: 'self' })
    await sandbox.as('lena').close()

    // Whose team is known is not asked; whoever is in already hears that, and what they see stays theirs.
    await world.stored((tenant) =>
      saveTeamClaims(tenant, 'admin', [{ memberId: id('bram'), team: 'Care' }], new Date(world.clock.now())),
    )
    await sandbox.as('bram').click(post, 'home.join')
    await modalOf('bram', '15 minutes')
    expect(json(sandbox.view('bram')?.view)).not.toContain('Which team are you on?')
    await sandbox.as('lena').click(post, 'home.join')
    await modalOf('lena', 'You are in already')
    expect(json(prompts.posted(channel).at(-1)?.blocks)).toBe(json(post.blocks))

    await prompts.untilDue(channel)
    expect(prompts.posted(channel)).toHaveLength(2)
    expect(json(prompts.posted(channel).at(-1)?.blocks)).not.toContain('"home.join"')
    expect(world.problems).toEqual([])
  })
})

describe('an admin', () => {
  it('gives a channel its prompt, looks at it, has another one, and leaves a week out', async () => {
    const { sandbox } = world
    await prompts.openList('margit')
    await modalOf('margit', 'This is what goes out next')
    await sandbox.as('margit').click('modal', 'prompts.add-channel')
    await modalOf('margit', 'prompts.channel-form')
    await sandbox.as('margit').submit({ channel: sandbox.channel('#random').id, weekday: '4', time: '15:30' })
    await modalOf('margit', 'Thursdays at 15:30')
    const before = await prompts.next('#random')
    expect(before).toMatchObject({ weekday: 4, time: '15:30', kinds: 'alternating', own: 'first', joinButton: false })
    // Only this one channel has choices that name it.
    const block = () =>
      sandbox.view('margit')?.view.blocks.find((one) => json(one).includes(`another ${sandbox.channel('#random').id}`))
    const pick = (choice: string) => {
      const value = json(block()).match(new RegExp(`"value":"(${choice} [^"]*)"`))?.[1] ?? ''
      return sandbox.as('margit').click('modal', 'prompts.channel', value, block()?.block_id)
    }
    await pick('another')
    await eventually('another prompt', async () => (await prompts.next('#random'))?.choice?.id !== before?.choice?.id)
    await eventually('it in the modal', async () =>
      json(block()).includes((await prompts.next('#random'))?.choice?.id ?? '-'),
    )
    await pick('skip')
    await eventually('the week after', async () => (await prompts.next('#random'))?.skippedWeeks.length === 1)
    expect((await prompts.next('#random'))?.due?.week).not.toBe(before?.due?.week)
    await pick('test')
    await eventually('a test', () => json(sandbox.directMessages('margit')).includes('A test, for you alone'))
    await modalOf('margit', 'It is on its way to you')
    expect(world.problems).toEqual([])
  })
})

describe('an operator', () => {
  it('looks at what comes next, and has it posted now, once a week', async () => {
    const channel = await prompts.channel({ weekday: 7 })
    const { id: channelId } = world.sandbox.channel(channel)
    const now = (dryRun: boolean) =>
      world.stored((tenant) => postNow(tenant, channelId, new Date(world.clock.now()), dryRun))
    const would = await now(true)
    expect(would).toMatchObject({ kind: 'would post' })
    await world.pass({ minutes: 1 })
    expect(prompts.posted(channel)).toEqual([])
    expect(await now(false)).toEqual({ ...would, kind: 'due' })
    await world.pass({ minutes: 1 })
    expect(prompts.posted(channel)).toHaveLength(1)
    expect(await now(false)).toMatchObject({ kind: 'had it', state: 'posted' })
    // Sunday of the same week brings no second one.
    expect((await prompts.next(channel))?.due?.week).not.toBe('week' in would && would.week)
    expect(await world.stored((tenant) => postNow(tenant, 'C0NOWHERE', new Date(), true))).toEqual({
      kind: 'no prompt',
    })
  })
})
