/** Buttons and forms as nobody's Slack would send them: whatever comes, nothing changes that is not one's own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReceived } from '../../src/kudos/store.ts'
import type { Delivery } from '../../src/sandbox/slack/app-link.ts'
import { notSaved } from '../../src/workspace/messages.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id

// biome-ignore lint/suspicious/noExplicitAny: a payload is changed wherever a test likes
type Payload = any

/** Sends a request again, changed, as a fresh one. */
async function forge({ kind, name, body }: Delivery, change: (payload: Payload) => void): Promise<Delivery> {
  const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '')
  change(payload)
  const forged = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  return await world.sandbox.send({ kind, name, body: forged })
}

/** A click on a button of the person's own, with another action and value. */
async function clickAs(person: string, actionId: string, value: string): Promise<Delivery> {
  const click = world.sandbox.deliveries.findLast(
    ({ name, body }) => name === 'kudos.dismiss' && body.includes(id(person)),
  )
  if (!click) throw new Error(`${person} has clicked nothing yet`)
  const chosen = { type: 'overflow', selected_option: { value, text: { type: 'plain_text', text: 'x' } } }
  return await forge(click, (payload) => {
    const [action] = payload.actions
    payload.actions = [{ ...action, action_id: actionId, value, ...(actionId === 'kudos.more' && chosen) }]
  })
}

/** Somebody thanks ann, and clicks on a button. */
async function given(giver: string, reason: string) {
  const { sandbox } = world
  await sandbox.as(giver).command('#general', '/kudos', `@ann for ${reason}`)
  await sandbox.as(giver).command('#general', '/kudos', `@ann for ${reason}`)
  const question = world.told(giver)
  if (question) await sandbox.as(giver).click(question, 'kudos.dismiss')
  await world.settled()
  const [kudos] = await world.given(giver)
  if (!kudos) throw new Error('nothing was given')
  return kudos
}

/** What was said to anybody since. */
const saidSince = (from: number) => JSON.stringify(world.sandbox.calls.slice(from).map(({ args }) => args))

const standing = () => world.stored((tenant) => listReceived(tenant, id('ann'), 50))

const ACTIONS = [
  'kudos.undo',
  'kudos.withdraw',
  'kudos.again',
  'kudos.dismiss',
  'kudos.post',
  'kudos.more',
  'kudos.pass-on',
  'kudos.mine-older',
  'kudos.given-older',
  'kudos.remove',
  'kudos.leave',
]

describe('a button’s value', () => {
  it.each(ACTIONS)('of %s may be anything: it is answered, and nothing changes', async (action) => {
    const kudos = await given('noor', `standing firm against ${action}`)
    const before = await standing()
    const nobody = '01234567-89ab-5def-8123-456789abcdef'
    const values = ['', 'x', nobody, `${nobody} ${nobody}`, '1 '.padEnd(38, '-'), '\u0000', '9'.repeat(2000)]
    const more = ['keep-private', 'keep-private x', `report ${nobody}`, `burn ${kudos.id}`, `keep-private ${nobody}`]
    const from = world.sandbox.calls.length
    for (const value of action === 'kudos.more' ? [...values, ...more] : values) {
      expect(await clickAs('noor', action, value), JSON.stringify(value)).toMatchObject({ status: 200, response: '' })
    }
    await world.settled()
    expect(await standing()).toEqual(before)
    expect(saidSince(from)).not.toContain(notSaved().text)
  })

  it('that names somebody else’s kudos does nothing to it, and shows nothing of it', async () => {
    const { sandbox } = world
    await given('kofi', 'a click to begin with')
    const direct = await sandbox.as('noor').direct('ann')
    await sandbox.as('noor').command(direct, '/kudos', '@ann for what nobody else may know')
    await world.settled()
    const [kudos] = await world.given('noor')
    const from = sandbox.calls.length
    await clickAs('kofi', 'kudos.pass-on', kudos?.id ?? '')
    const form = await eventually('the form', () => sandbox.view('kofi'))
    for (const action of ACTIONS.filter((action) => action !== 'kudos.more' && action !== 'kudos.pass-on')) {
      const value = action === 'kudos.again' ? `${kudos?.id} ${sandbox.channel('general').id} t` : (kudos?.id ?? '')
      expect(await clickAs('kofi', action, value)).toMatchObject({ status: 200 })
    }
    for (const deed of ['keep-private', 'report']) await clickAs('kofi', 'kudos.more', `${deed} ${kudos?.id}`)
    await world.settled()
    expect(JSON.stringify(form)).not.toContain(id('noor'))
    expect(saidSince(from)).not.toContain('what nobody else may know')
    expect(saidSince(from)).not.toContain(id('noor'))
    expect((await standing())[0]).toMatchObject({ id: kudos?.id, keptPrivate: [], withdrawn: false })
    expect(await world.given('kofi')).toHaveLength(1)
    await sandbox.as('kofi').close()
  })
})

describe('a form of giving', () => {
  it('passes on only what its giver received, whatever comes back with it', async () => {
    const { sandbox } = world
    const kudos = await given('noor', 'the other chain')
    await sandbox.as('kofi').command('#general', '/kudos')
    await eventually('the form', () => sandbox.view('kofi'))
    await sandbox.as('kofi').submit({ people: [id('lena')], reason: 'the first of two' })
    await world.settled()
    const submitted = sandbox.deliveries.findLast(({ kind }) => kind === 'view_submission')
    if (!submitted) throw new Error('nothing was submitted')
    const answer = await forge(submitted, (payload) => {
      const context = JSON.parse(payload.view.private_metadata)
      payload.view.private_metadata = JSON.stringify({ ...context, passedOnFrom: kudos.id })
      payload.view.state.values.reason.reason.value = 'the second of two'
    })
    expect(answer).toMatchObject({ status: 200 })
    await world.settled()
    const [second] = await world.given('kofi')
    expect(second).toMatchObject({ reason: 'the second of two', passedOnFrom: null })
  })

  it('that brings back nonsense is refused with a sentence', async () => {
    const { sandbox } = world
    const submitted = sandbox.deliveries.findLast(({ kind }) => kind === 'view_submission')
    if (!submitted) throw new Error('nothing was submitted')
    const before = await world.given('kofi')
    for (const metadata of ['', '{}', 'null', '{"channel":7}']) {
      const answer = await forge(submitted, (payload) => {
        payload.view.private_metadata = metadata
      })
      expect(answer).toMatchObject({ status: 200, response: { response_action: 'errors' } })
    }
    expect(await world.given('kofi')).toEqual(before)
  })
})
