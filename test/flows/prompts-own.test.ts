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

async function openManage(name: string) {
  await as(name).openHome()
  await world.homeOf(name, 'settings.prompts')
  const block = world.sandbox.home(name)?.view.blocks.findLast((one) => json(one).includes('"settings.prompts"'))
  await as(name).click('home', 'settings.prompts', undefined, block?.block_id)
  await modal(name, 'Weekly prompt')
}
async function openNewChannel() {
  await openManage('margit')
  await as('margit').click('modal', 'prompts.add-channel')
  await modal('margit', 'prompts.channel-form')
}
/** Chooses from the menu beside the block after the one with `words`. */
async function choose(name: string, choice: string, promptId: string) {
  const block = world.sandbox.view(name)?.view.blocks.find((one) => json(one).includes(`"${choice} ${promptId}`))
  await as(name).click('modal', 'prompts.own-one', `${choice} ${promptId}`, block?.block_id)
}

it('is written, looked at, kept, comes first, is changed, and retired', async () => {
  const channel = await prompts.channel({ kinds: 'alternating', own: 'first' })
  await openManage('margit')
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
  await openManage('margit')
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

  await openManage('margit')
  await as('margit').click('modal', 'prompts.own')
  await modal('margit', 'They come before')
  await choose('margit', 'retire', prompt?.id ?? '')
  await modal('margit', 'None yet')
  expect(await own()).toEqual([])
})

it('that comes next and is retired gives way to another one', async () => {
  const channel = await prompts.channel({ own: 'first' })
  await openManage('margit')
  await as('margit').click('modal', 'prompts.own')
  await modal('margit', 'None yet')
  await as('margit').click('modal', 'prompts.add-own')
  await modal('margit', 'prompts.own-form')
  await as('margit').submit({ text: 'Retired in time?', kind: 'connection' })
  await modal('margit', 'How it looks')
  await as('margit').submit()
  await openManage('margit')
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

it('a channel that Small Acts is not in is refused under its field', async () => {
  const { id } = world.sandbox.addChannel({ name: 'elsewhere', members: [world.sandbox.person('margit').id] })
  await openNewChannel()
  await as('margit').submit({ channel: id })
  expect(world.sandbox.view('margit')?.errors.channel).toContain('/invite @Small Acts')
  await as('margit').close()
})

it('a form that was saved does not come back because Slack was slow to say what a channel is', async () => {
  const { sandbox } = world
  const channel = sandbox.channel('#random').id
  await openNewChannel()
  sandbox.faults.api('conversations.info', { hang: 1_000 }, 1)
  await as('margit').click('modal', 'channel', channel)
  await as('margit').submit({ channel, weekday: '4', time: '15:30' })
  await modal('margit', 'Thursdays at 15:30')
  await world.settled()
  expect(json(sandbox.view('margit')?.view)).toContain('Thursdays at 15:30')
  await as('margit').close()
})

it('of two choices in a row the second one is told of, however late the first one is', async () => {
  const { sandbox } = world
  await openNewChannel()
  sandbox.faults.api('conversations.info', { hang: 1_000 }, 1)
  await Promise.all(
    ['#random', '#general'].map((name) => as('margit').click('modal', 'channel', sandbox.channel(name).id)),
  )
  await world.settled()
  const shown = json(sandbox.view('margit')?.view)
  expect(shown).toContain(`<#${sandbox.channel('#general').id}>`)
  expect(shown).not.toContain(`<#${sandbox.channel('#random').id}>`)
  await as('margit').close()
})

it('so it is when the second choice is made before the form shows what was found about the first', async () => {
  const { sandbox } = world
  const [first, second] = [sandbox.channel('#random').id, sandbox.channel('#general').id]
  await openNewChannel()
  // The form is drawn for the first one while the second one is looked at.
  sandbox.faults.api('conversations.info', { hang: 1_000 }, 1, ({ channel }) => channel === second)
  let isDrawn = false
  sandbox.faults.api('views.update', { hang: 500 }, 1, () => {
    isDrawn = true
    return true
  })
  await as('margit').click('modal', 'channel', first)
  await eventually('the form to be drawn', () => isDrawn)
  await as('margit').click('modal', 'channel', second)
  await world.settled()
  const shown = json(sandbox.view('margit')?.view)
  expect(shown).toContain(`<#${second}>`)
  expect(shown).not.toContain(`<#${first}>`)
  await as('margit').close()
})

it('a choice that Slack did not let us tell of keeps the next one from nothing', async () => {
  const { sandbox } = world
  await openNewChannel()
  sandbox.faults.api('views.update', { status: 500 }, 1)
  await as('margit').click('modal', 'channel', sandbox.channel('#random').id)
  await world.settled()
  const second = sandbox.channel('#general').id
  await as('margit').click('modal', 'channel', second)
  await modal('margit', `<#${second}>`)
  await as('margit').close()
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
