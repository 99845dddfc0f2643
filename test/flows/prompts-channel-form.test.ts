import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { promptsOf } from '../support/prompts.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const json = (value: unknown) => JSON.stringify(value)
const as = (name: string) => world.sandbox.as(name)
const modal = (name: string, words: string) =>
  eventually(`"${words}" in a modal of ${name}`, () => json(world.sandbox.view(name)?.view ?? null).includes(words))

async function openNewChannel() {
  await promptsOf(world).openList('margit')
  await as('margit').click('modal', 'prompts.add-channel')
  await modal('margit', 'prompts.channel-form')
}
/** Once all is done, the form tells of this channel, and not of the other one. */
async function tellsOf(channel: string, other: string) {
  await world.settled()
  const shown = json(world.sandbox.view('margit')?.view)
  expect(shown).toContain(`<#${channel}>`)
  expect(shown).not.toContain(`<#${other}>`)
}

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
  await tellsOf(sandbox.channel('#general').id, sandbox.channel('#random').id)
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
  await tellsOf(second, first)
  await as('margit').close()
})

it('of two choices that come in the other way round the one that was made later is told of', async () => {
  const { sandbox } = world
  const [earlier, later] = [sandbox.channel('#random').id, sandbox.channel('#general').id]
  await openNewChannel()
  await as('margit').click('modal', 'channel', later)
  await modal('margit', `<#${later}>`)
  const sent = sandbox.deliveries.findLast(({ name }) => name === 'channel')
  const payload = JSON.parse(new URLSearchParams(sent?.body).get('payload') ?? '{}')
  const [action] = payload.actions
  payload.actions = [{ ...action, selected_channel: earlier, action_ts: '1700000000.000100' }]
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const late = await sandbox.send({ body, kind: 'block_actions', name: 'channel' })
  expect(late.status).toBe(200)
  await tellsOf(later, earlier)
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
