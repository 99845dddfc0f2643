import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { savePreference } from '../../src/kudos/preference-store.ts'
import { findAnswerOf } from '../../src/prompts/answer-store.ts'
import { TEST_POST } from '../../src/prompts/post-store.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { eventually } from '../support/eventually.ts'
import { type Prompts, promptsOf } from '../support/prompts.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let prompts: Prompts
let channel: string
/** The prompt of this week: an appreciation. */
let post: SlackMessage
beforeAll(async () => {
  world = await createWorld()
  prompts = promptsOf(world)
  await newPrompt('appreciation')
})
afterAll(() => world?.stop())

async function newPrompt(kinds: 'appreciation' | 'connection') {
  await prompts.endAll()
  channel = await prompts.channel({ kinds })
  await prompts.untilDue(channel)
  const [found] = prompts.posted(channel)
  if (!found) throw new Error('no prompt')
  post = found
}
const id = (name: string) => world.sandbox.person(name).id
const json = (value: unknown) => JSON.stringify(value)
const postId = () => /"value":"([0-9a-f-]{36})"/.exec(json(post.blocks))?.[1] ?? ''
const modal = (name: string, words: string) =>
  eventually(`"${words}" in a modal of ${name}`, () => json(world.sandbox.view(name)?.view ?? null).includes(words))
const inThread = () =>
  world.sandbox.messages(channel).filter(({ threadTs, ts }) => threadTs === post.ts && ts !== post.ts)
const drawn = () => json(prompts.posted(channel)[0]?.blocks)
const stored = (name: string) => world.stored((tenant) => findAnswerOf(tenant, postId(), id(name)))

/** The prompt as it looks now: a change gives its buttons new places. */
const current = () => prompts.posted(channel)[0] ?? post
async function openAnswer(name: string) {
  await world.sandbox.as(name).click(current(), 'prompts.answer')
  await eventually(`a modal of ${name}`, () => world.sandbox.view(name) !== null)
}
async function answer(name: string, values: Record<string, string | string[]>) {
  await openAnswer(name)
  await world.sandbox.as(name).submit(values)
}
async function close(name: string) {
  while (world.sandbox.view(name)) await world.sandbox.as(name).close()
}
const hears = (name: string, words: string) =>
  eventually(`"${words}" for ${name}`, () => world.told(name)?.text.includes(words))
async function clickMore(name: string, choice: string) {
  await world.sandbox.as(name).click(current(), 'prompts.more', `${choice} ${postId()}`)
}

describe('an answer', () => {
  it('stands in the thread under one’s name, and tells nobody else', async () => {
    await answer('noor', { text: 'Kofi <!channel> <@U1> *made* it https://fernhill.example/x' })
    await modal('noor', 'stands in the thread')
    await close('noor')
    await world.settled()
    const [reply, ...others] = inThread()
    expect(others).toEqual([])
    expect(json(reply?.blocks)).toContain(`<@${id('noor')}>`)
    const heard = reply ? [...world.sandbox.notified(reply)] : []
    expect(heard.filter((person) => person !== id('noor'))).toEqual([])
  })

  it('is one a person: whoever comes back sees it, and can take it back', async () => {
    await openAnswer('noor')
    await modal('noor', 'stands in the thread')
    await world.sandbox.as('noor').click('modal', 'prompts.remove')
    await modal('noor', 'Removed')
    await close('noor')
    await world.settled()
    expect(inThread()).toEqual([])
    await answer('noor', { text: 'Better this way' })
    await close('noor')
    await world.settled()
    expect(inThread()).toHaveLength(1)
    await clickMore('noor', 'remove')
    await hears('noor', 'Removed')
    await world.settled()
    expect(inThread()).toEqual([])
    await clickMore('noor', 'remove')
    await hears('noor', 'nothing of yours')
  })

  it('sent twice is there once', async () => {
    const { sandbox } = world
    await answer('lena', { text: 'Twice' })
    const submission = sandbox.deliveries.filter(({ body }) => body.includes('view_submission')).at(-1)
    if (submission) await sandbox.repeat(submission)
    await close('lena')
    await world.settled()
    expect(inThread().filter((reply) => json(reply).includes('Twice'))).toHaveLength(1)
    expect((await stored('lena'))?.text).toBe('Twice')
  })

  it('for one person alone is seen by that person, and by nobody else', async () => {
    const { sandbox } = world
    const before = inThread().length
    await answer('kofi', { text: 'You were patient with me', to: id('ann') })
    await modal('kofi', 'alone')
    await close('kofi')
    await world.settled()
    expect(inThread()).toHaveLength(before)
    const note = sandbox.directMessages('ann').at(-1)
    expect(json(note)).toContain('You were patient with me')
    expect(json(note)).toContain('kudos.notes-off')
    await clickMore('kofi', 'remove')
    await world.settled()
    expect(json(sandbox.directMessages('ann'))).not.toContain('You were patient with me')
  })

  it.each([
    ['oneself', 'mei', 'mei', 'That is you'],
    ['an app', 'mei', 'app', 'can’t be reached'],
    ['somebody who wants no notes', 'mei', 'bram', 'get no messages'],
  ])('for %s is refused with a way out, and the form stays', async (_, from, to, words) => {
    if (to === 'bram') {
      await world.stored((tenant) => savePreference(tenant, id('bram'), { notes: false }, new Date()))
    }
    await openAnswer(from)
    await world.sandbox.as(from).submit({ text: 'Hm', to: to === 'app' ? world.sandbox.app.botUser : id(to) })
    expect(world.sandbox.view(from)?.errors.to).toContain(words)
    await close(from)
    expect(await stored(from)).toBeNull()
  })

  it('that can’t be brought is given back to its writer', async () => {
    const { sandbox } = world
    sandbox.faults.api('chat.postMessage', { error: 'thread_not_found' }, 1)
    await answer('mei', { text: 'Into the void' })
    await close('mei')
    await eventually('a word about it', () => json(sandbox.directMessages('mei')).includes('Into the void'))
    await world.settled()
    await clickMore('mei', 'remove')
  })

  it('waits while Slack is away, and is there once', async () => {
    const { sandbox } = world
    sandbox.faults.api('chat.postMessage', { status: 500 }, 2)
    await answer('mei', { text: 'A little later' })
    await close('mei')
    await eventually('the answer', () => json(inThread()).includes('A little later'))
    await world.settled()
    expect(inThread().filter((reply) => json(reply).includes('A little later'))).toHaveLength(1)
  })
})

describe('an appreciation that names somebody', () => {
  it('becomes a kudos by one click of its writer, once', async () => {
    const { sandbox } = world
    await answer('aisha', { text: 'calm in a storm', about: [id('ann'), id('aisha')] })
    await modal('aisha', 'Give it as a kudos')
    expect(await world.given('aisha')).toEqual([])
    const opened = sandbox.view('aisha')
    await sandbox.as('aisha').click('modal', 'prompts.kudos')
    await modal('aisha', 'is on its way')
    const click = sandbox.deliveries.filter(({ name }) => name === 'prompts.kudos').at(-1)
    if (click) await sandbox.repeat(click)
    await world.settled()
    expect(opened).not.toBeNull()
    const given = await world.given('aisha')
    expect(given).toHaveLength(1)
    expect(given[0]).toMatchObject({ recipients: [id('ann')], reason: 'calm in a storm', isPrivate: false })
    await close('aisha')
    await openAnswer('aisha')
    await modal('aisha', 'stands in the thread')
    expect(json(sandbox.view('aisha')?.view)).not.toContain('prompts.kudos')
    await close('aisha')
  })

  it('for one person alone becomes a private one', async () => {
    await answer('margit', { text: 'steady hands', to: id('ann') })
    await modal('margit', 'Give it as a kudos')
    await world.sandbox.as('margit').click('modal', 'prompts.kudos')
    await modal('margit', 'is on its way')
    await world.settled()
    expect((await world.given('margit'))[0]).toMatchObject({ recipients: [id('ann')], isPrivate: true, saidIn: null })
    await close('margit')
  })

  it('is nobody else’s to give', async () => {
    const { sandbox } = world
    const click = sandbox.deliveries.filter(({ name }) => name === 'prompts.kudos').at(-1)
    const payload = JSON.parse(new URLSearchParams(click?.body).get('payload') ?? '{}')
    payload.user = { ...payload.user, id: id('jonah') }
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
    await sandbox.send({ body, kind: 'block_actions', name: 'prompts.kudos' })
    await world.settled()
    expect(await world.given('jonah')).toEqual([])
  })
})

describe('taking part', () => {
  it('needs no word, counts once a person, and says a number from five on, in fives', async () => {
    const { sandbox } = world
    await newPrompt('connection')
    const act = (name: string) => sandbox.as(name).click(current(), 'prompts.done')
    for (const name of ['ann', 'kofi', 'noor', 'mei']) await act(name)
    await act('ann')
    await hears('ann', 'counts already')
    await answer('ann', { text: 'And a word' })
    await close('ann')
    await world.pass({ minutes: 1 })
    expect(drawn()).not.toContain('took part')
    const updates = () => sandbox.calls.filter(({ method }) => method === 'chat.update').length
    const before = updates()
    await act('lena')
    await act('bram')
    await hears('bram', 'nobody sees that it was you')
    await world.pass({ minutes: 1 })
    await eventually('the number', () => drawn().includes('5 or more people took part'))
    expect(updates()).toBe(before + 1)
    for (const name of ['aisha', 'jonah', 'margit']) await act(name)
    await world.pass({ minutes: 1 })
    await world.pass({ minutes: 1 })
    expect(updates()).toBe(before + 1)
    expect(drawn()).not.toContain(id('ann'))
  })

  it('and taking it back: under five the number is gone', async () => {
    for (const name of ['lena', 'bram', 'aisha', 'jonah', 'margit']) await clickMore(name, 'remove')
    await world.pass({ minutes: 1 })
    await eventually('no number', () => !drawn().includes('took part'))
  })

  it('is drawn later when Slack says to wait', async () => {
    const { sandbox } = world
    sandbox.faults.api('chat.update', { status: 429, retryAfter: 1 }, 1)
    for (const name of ['lena', 'bram']) await sandbox.as(name).click(current(), 'prompts.done')
    await world.pass({ minutes: 1 })
    await eventually('the number', () => drawn().includes('5 or more people took part'))
  })
})

it('why it works, with its source, for whoever asks', async () => {
  await clickMore('noor', 'why')
  await hears('noor', 'Why this works')
  expect(json(world.told('noor')?.blocks)).toMatch(/20\d\d|Sandstrom/)
})

it('a prompt that is only a test, or not known, is said to be so', async () => {
  await prompts.endAll()
  const { sandbox } = world
  await sandbox.as('ann').click(current(), 'prompts.done')
  const sent = sandbox.deliveries.filter(({ name }) => name === 'prompts.done').at(-1)
  const payload = JSON.parse(new URLSearchParams(sent?.body).get('payload') ?? '{}')
  payload.actions[0].value = TEST_POST
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const delivery = await sandbox.send({ body, kind: 'block_actions', name: 'prompts.done' })
  expect(delivery.status).toBe(200)
  await hears('ann', 'only a test')
})
