/** People of other organisations, who share a channel with the workspace: they get a sentence, and no data. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { notOurs } from '../../src/workspace/messages.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

/** The same request again, as if somebody of another organisation had made it. */
async function asStranger(kind: string) {
  const { sandbox } = world
  const made = sandbox.deliveries.findLast((delivery) => delivery.kind === kind)
  if (!made) throw new Error(`there was no ${kind}`)
  const payload = JSON.parse(new URLSearchParams(made.body).get('payload') ?? '')
  payload.user = { ...payload.user, team_id: 'T0ELSEWHERE' }
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  return await sandbox.send({ kind: made.kind, name: made.name, body })
}

it('a click does nothing, and is answered with a sentence', async () => {
  const { sandbox } = world
  await sandbox.as('noor').command('#general', '/kudos', '@ann for staying late')
  const confirmation = world.told('noor')
  if (!confirmation) throw new Error('nothing was confirmed')
  await sandbox.as('noor').command('#general', '/kudos', 'given')
  const list = world.told('noor')
  if (!list) throw new Error('nothing was listed')
  await sandbox.as('noor').command('#general', '/kudos', '@ann for staying late')
  const question = world.told('noor')
  if (question) await sandbox.as('noor').click(question, 'kudos.dismiss')
  await world.settled()
  const click = sandbox.deliveries.findLast(({ kind }) => kind === 'block_actions')
  if (!click) throw new Error('nobody clicked')
  const [kudos] = await world.given('noor')
  const payload = JSON.parse(new URLSearchParams(click.body).get('payload') ?? '')
  payload.user.team_id = 'T0ELSEWHERE'
  Object.assign(payload.actions[0], { action_id: 'kudos.withdraw', value: kudos?.id })
  const from = sandbox.calls.length
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  expect(await sandbox.send({ kind: 'block_actions', name: 'kudos.withdraw', body })).toMatchObject({ status: 200 })
  await eventually('the sentence', () =>
    sandbox.calls.slice(from).some(({ args }) => args.text === notOurs().text) ? true : null,
  )
  expect(await world.given('noor')).toHaveLength(1)
})

it('a shortcut opens nothing', async () => {
  const { sandbox } = world
  await sandbox.as('noor').shortcut('kudos.give')
  await eventually('the form', () => sandbox.view('noor'))
  const from = sandbox.calls.length
  expect(await asStranger('shortcut')).toMatchObject({ status: 200 })
  await eventually('the sentence', () =>
    sandbox.calls.slice(from).some(({ method, args }) => method === 'chat.postMessage' && args.text === notOurs().text)
      ? true
      : null,
  )
  expect(sandbox.calls.slice(from).some(({ method }) => method.startsWith('views.'))).toBe(false)
})

it('a form gives nothing, and says so under its first field', async () => {
  const { sandbox } = world
  await sandbox.as('noor').submit({ people: [sandbox.person('kofi').id], reason: 'the real one' })
  await world.settled()
  const before = await world.given('noor')
  expect(await asStranger('view_submission')).toMatchObject({
    status: 200,
    response: { response_action: 'errors', errors: expect.objectContaining({}) },
  })
  expect(await world.given('noor')).toEqual(before)
})
