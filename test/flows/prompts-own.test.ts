import { afterAll, beforeAll, expect, it } from 'vitest'
import { listOwn } from '../../src/prompts/own-store.ts'
import { listSettingChanges } from '../../src/workspace/settings-store.ts'
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

const json = (value: unknown) => JSON.stringify(value)
const own = () => world.stored((tenant) => listOwn(tenant))
const modal = (name: string, words: string) =>
  eventually(`"${words}" in a modal of ${name}`, () => json(world.sandbox.view(name)?.view ?? null).includes(words))
const as = (name: string) => world.sandbox.as(name)

/** Chooses from the menu beside the block after the one with `words`. */
async function choose(name: string, choice: string, promptId: string) {
  const block = world.sandbox.view(name)?.view.blocks.find((one) => json(one).includes(`"${choice} ${promptId}`))
  await as(name).click('modal', 'prompts.own-one', `${choice} ${promptId}`, block?.block_id)
}

it('is written, looked at, kept, comes first, is changed, and retired', async () => {
  const channel = await prompts.channel({ kinds: 'alternating', own: 'first' })
  await prompts.openList('margit')
  await as('margit').click('modal', 'prompts.own')
  await modal('margit', 'None yet')
  await as('margit').click('modal', 'prompts.add-own')
  await modal('margit', 'prompts.own-form')
  await as('margit').submit({ text: '  ', kind: 'connection' })
  expect(world.sandbox.view('margit')?.errors.text).toContain('Write the prompt')
  const words = 'Whom <!here> & *how* did you help? https://fernhill.example'
  await as('margit').submit({ text: words, kind: 'connection' })
  await modal('margit', 'How it looks')
  expect(json(world.sandbox.view('margit')?.view)).toContain('<!here> & *how*'.split(' ')[0])
  expect(await own()).toEqual([])
  await as('margit').submit()
  await eventually('it', async () => (await own()).length === 1)
  const submission = world.sandbox.deliveries.filter(({ body }) => body.includes('own-preview')).at(-1)
  if (submission) await world.sandbox.repeat(submission)
  expect(await own()).toHaveLength(1)
  expect(world.sandbox.view('margit')).toBeNull()

  await prompts.untilDue(channel)
  const [first] = prompts.posted(channel)
  expect(json(first?.blocks)).toContain('Whom <!here> & ')
  expect(first?.text).toContain('&lt;!here&gt;')
  expect(first ? world.sandbox.notified(first).size : 1).toBe(0)

  const [prompt] = await own()
  await prompts.openList('margit')
  await as('margit').click('modal', 'prompts.own')
  await modal('margit', 'They come before')
  await choose('margit', 'change', prompt?.id ?? '')
  await modal('margit', 'Change a prompt')
  expect(json(world.sandbox.view('margit')?.view)).toContain(words)
  await as('margit').submit({ text: 'Shorter', kind: 'appreciation' })
  await modal('margit', 'How it looks')
  await as('margit').submit()
  await eventually('the change', async () => (await own())[0]?.text === 'Shorter')
  // What was posted keeps its words.
  expect(json(prompts.posted(channel)[0]?.blocks)).toContain('Whom')

  await prompts.openList('margit')
  await as('margit').click('modal', 'prompts.own')
  await modal('margit', 'They come before')
  await choose('margit', 'retire', prompt?.id ?? '')
  await modal('margit', 'None yet')
  expect(await own()).toEqual([])
})

it('that comes next and is retired gives way to another one', async () => {
  const channel = await prompts.channel({ own: 'first' })
  await prompts.openList('margit')
  await as('margit').click('modal', 'prompts.own')
  await modal('margit', 'None yet')
  await as('margit').click('modal', 'prompts.add-own')
  await modal('margit', 'prompts.own-form')
  await as('margit').submit({ text: 'Retired in time?', kind: 'connection' })
  await modal('margit', 'How it looks')
  await as('margit').submit()
  await prompts.openList('margit')
  await modal('margit', 'Retired in time?')
  const [prompt] = await own()
  expect((await prompts.next(channel))?.choice?.id).toBe(prompt?.id)
  await as('margit').click('modal', 'prompts.own')
  await modal('margit', 'They come before')
  await choose('margit', 'retire', prompt?.id ?? '')
  await modal('margit', 'None yet')
  await prompts.untilDue(channel)
  expect(prompts.posted(channel)).toHaveLength(1)
  expect(prompts.posted(channel)[0]?.text).not.toContain('Retired')
})

it('is for admins alone, whatever is sent; and who changed a channel is written down', async () => {
  const clicks = world.sandbox.deliveries.filter(
    ({ name }) => name.startsWith('prompts.') || name === 'settings.prompts',
  )
  const before = { own: await own(), changes: await world.stored((tenant) => listSettingChanges(tenant, 50)) }
  expect(before.changes.some(({ key, by }) => key === 'prompts.channel' && by !== null)).toBe(true)
  const noor = world.sandbox.person('noor').id
  for (const { name, kind, body } of clicks) {
    const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '{}')
    payload.user = { ...payload.user, id: noor }
    const delivery = await world.sandbox.send({
      body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      kind,
      name,
    })
    expect(delivery.status).toBe(200)
  }
  await world.settled()
  expect(await own()).toEqual(before.own)
  expect(await world.stored((tenant) => listSettingChanges(tenant, 50))).toEqual(before.changes)
})

it('whatever stands in a button that somebody made up, nothing comes of it, and it is answered', async () => {
  const { sandbox } = world
  const admins = sandbox.deliveries.filter(({ name }) => name === 'prompts.own-one').at(-1)
  const payload = JSON.parse(new URLSearchParams(admins?.body).get('payload') ?? '{}')
  const values = [
    '',
    'x',
    'retire x',
    'change',
    "remove '; drop table prompt_post",
    'again',
    'skip C1 2026-W99',
    'test C1',
    '-1',
  ]
  const actions = [
    'answer',
    'done',
    'more',
    'remove',
    'kudos',
    'again',
    'again-all',
    'next',
    'own-next',
    'own-one',
    'channel',
  ]
  for (const action of actions) {
    for (const value of values) {
      payload.actions = [{ type: 'button', block_id: 'b', action_id: `prompts.${action}`, value, action_ts: '1' }]
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
      const delivery = await sandbox.send({ body, kind: 'block_actions', name: `prompts.${action}` })
      expect(delivery.status, `${action} ${value}`).toBe(200)
    }
  }
  await world.settled()
  const told = [...sandbox.ephemerals('margit'), ...sandbox.directMessages('margit')]
  expect(told.length).toBeGreaterThan(0)
  expect(json(told)).not.toContain('could not save')
})
