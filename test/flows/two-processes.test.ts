/** Two of the app on one database: what one has in memory must not outlive what the other has learned since. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { RunningApp } from '../../src/app.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let other: RunningApp
beforeAll(async () => {
  world = await createWorld({ mode: 'http' })
  other = await world.another()
})
afterAll(async () => {
  await other?.stop()
  await world?.stop()
})
beforeEach(() => world.stored((tenant) => saveSettings(tenant, { 'kudos.daily-limit': null }, null, new Date())))

/** Slack's requests go there from now on. */
const through = (app: RunningApp) => world.sandbox.connectApp(`http://127.0.0.1:${app.port}/slack/events`)
const say = (name: string, text: string) => world.sandbox.as(name).command('#general', '/kudos', text)

it('hears from the other that somebody left, and that somebody came', async () => {
  const { sandbox } = world
  through(world.app)
  await say('noor', '@kofi for being here')
  expect(world.told('noor')?.text).toContain('is on its way')

  through(other)
  await sandbox.changePerson('kofi', { kind: 'deactivated' })
  const { id } = await sandbox.addPerson({ name: 'newcomer', realName: 'New Comer' })
  await sandbox.join(sandbox.channel('general'), id)

  through(world.app)
  await say('noor', `<@${sandbox.person('kofi').id}|kofi> for having been here`)
  expect(world.told('noor')?.text).toContain('has left this workspace')
  await say('noor', '@newcomer for coming')
  expect(world.told('noor')?.text).toContain('is on its way')
  expect((await world.given('noor')).map(({ reason }) => reason).sort()).toEqual(['being here', 'coming'])
})

it('holds to a limit that an admin sets in the other', async () => {
  through(world.app)
  await say('mei', '@ann for the first')
  through(other)
  await world.stored((tenant) => saveSettings(tenant, { 'kudos.daily-limit': 2 }, null, new Date()))
  await say('mei', '@ann for the second')
  through(world.app)
  await say('mei', '@ann for the third')
  expect(world.told('mei')?.text).toContain('2 kudos a day')
  expect(await world.given('mei')).toHaveLength(2)
})

it('asks once, and counts right, when both are given to at the same moment', async () => {
  await world.stored((tenant) => saveSettings(tenant, { 'kudos.daily-limit': 5 }, null, new Date()))
  const said = Array.from({ length: 24 }, (_, number) => {
    through(number % 2 === 0 ? world.app : other)
    return say('bram', `@ann for deed ${number % 8}`)
  })
  await Promise.all(said)
  const given = (await world.given('bram')).map(({ reason }) => reason)
  expect(given).toHaveLength(5)
  expect(new Set(given).size).toBe(5)
  await world.settled()
})
