import { afterAll, beforeAll, expect, it } from 'vitest'
import { instant, type Platform } from '../../src/platform/platform.ts'
import { createSlack } from '../../src/platform/slack-client.ts'
import { notNowIn } from '../../src/workspace/contact.ts'
import type { Participation } from '../../src/workspace/participation.ts'
import { saveParticipation } from '../../src/workspace/participation-store.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let platform: Pick<Platform, 'clock' | 'jobsDb' | 'slackOf'>
beforeAll(async () => {
  world = await createWorld()
  const slack = createSlack({ apiUrl: world.sandbox.apiUrl, token: world.sandbox.botToken })
  platform = { clock: world.clock, jobsDb: world.database.db, slackOf: () => slack }
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const change = (name: string, to: Partial<Participation>) =>
  world.stored((tenant) => saveParticipation(tenant, id(name), to, instant(world.clock)))
const ask = (name: string, begins = true) =>
  notNowIn(platform as Platform, world.sandbox.app.teamId, id(name), { begins })
const asked = () => world.sandbox.calls.filter(({ method }) => method === 'users.info').length

it('is asked at the moment of sending: a pause, a leaver and a guest count at once', async () => {
  expect(await ask('noor')).toBe('not joined')
  for (const name of ['noor', 'ann', 'paulo']) await change(name, { joined: true })
  expect(await ask('noor')).toBeNull()
  expect(await ask('paulo')).toBe('guest')
  await change('noor', { pausedUntil: 'until I say so' })
  expect(await ask('noor')).toBe('paused')
  await world.sandbox.changePerson('ann', { kind: 'deactivated' })
  expect(await ask('ann')).toBe('gone')
  expect(asked()).toBe(0)
})

it('asks Slack about the status of those alone who switched that on', async () => {
  const { sandbox } = world
  await change('mei', { joined: true })
  await sandbox.as('mei').setStatus(':palm_tree:', 'Vacationing', 24)
  expect(await ask('mei')).toBeNull()
  expect(asked()).toBe(0)
  await change('mei', { readsStatus: true })
  expect(await ask('mei')).toBe('away')
  expect(asked()).toBe(1)
  await sandbox.as('mei').setStatus('', '')
  expect(await ask('mei')).toBeNull()
  await sandbox.as('mei').setStatus(':palm_tree:', 'Vacationing', 24)
  expect(await ask('mei', false)).toBe('away')
  world.clock.advance({ minutes: 24 * 60 + 1 })
  expect(await ask('mei')).toBeNull()
})

it('writes to nobody on a guess', async () => {
  world.sandbox.faults.api('users.info', { status: 500 })
  await expect(ask('mei')).rejects.toMatchObject({ kind: 'transient' })
})
