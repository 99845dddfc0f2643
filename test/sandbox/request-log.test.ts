import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RequestContents, RequestRecord } from '../../src/sandbox/contract.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const read = async <T>(path: string): Promise<T> => (await fetch(`${world.sandbox.url}${path}`)).json() as Promise<T>
const list = () => read<RequestRecord[]>('/page/requests')

it('tells both ways, newest first, with the JSON that was said', async () => {
  await world.sandbox.as('noor').command('#general', '/kudos', '@ann for being seen')
  await world.settled()
  const records = await list()
  expect(records.map(({ id }) => id)).toEqual(records.map(({ id }) => id).sort((a, b) => b - a))
  const command = records.find(({ name }) => name === '/kudos')
  expect(command).toMatchObject({ direction: 'to the app', kind: 'command', ok: true, outcome: '200' })
  const contents = await read<RequestContents>(`/page/requests/${command?.id}`)
  expect(contents.request).toMatchObject({ command: '/kudos', text: expect.stringContaining('being seen') })
  expect(JSON.stringify(contents.response)).toContain('is on its way')
  const post = records.find(({ name }) => name === 'chat.postMessage')
  expect(post).toMatchObject({ direction: 'to Slack', kind: 'api', ok: true })
})

it('tells what failed by its error', async () => {
  const { sandbox } = world
  sandbox.faults.api('chat.postMessage', { error: 'restricted_action' }, 1)
  await sandbox.as('noor').command('#general', '/kudos', '@ann for the refused')
  await eventually('the failure', async () =>
    (await list()).some(({ ok, outcome }) => !ok && outcome === 'restricted_action'),
  )
})

it('shows no secret, wherever it stands, and keeps no more than 200', async () => {
  const { sandbox } = world
  await sandbox.as('noor').post('#general', 'hello')
  for (let count = 0; count < 210; count += 1) await fetch(`${sandbox.apiUrl}auth.test?token=${sandbox.botToken}`)
  await fetch(`${sandbox.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Bearer ${sandbox.botToken}` },
    body: new URLSearchParams({ token: sandbox.botToken, channel: '#general', text: sandbox.signingSecret }),
  })
  await sandbox.as('noor').command('#general', '/kudos', '@ann for the secret')
  const records = await list()
  expect(records).toHaveLength(200)
  for (const { id } of records) {
    const text = JSON.stringify(await read(`/page/requests/${id}`))
    expect(text).not.toContain(sandbox.botToken)
    expect(text).not.toContain(sandbox.signingSecret)
  }
  expect((await fetch(`${sandbox.url}/page/requests/1`)).status).toBe(404)
})
