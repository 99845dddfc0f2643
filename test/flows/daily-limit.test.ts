import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())
beforeEach(() => world.stored((tenant) => saveSettings(tenant, { 'kudos.daily-limit': 2 }, null, new Date())))

const say = (name: string, text: string) => world.sandbox.as(name).command('#general', '/kudos', text)

it('is off until somebody sets it', async () => {
  await world.stored((tenant) => saveSettings(tenant, { 'kudos.daily-limit': null }, null, new Date()))
  for (let number = 0; number < 5; number += 1) await say('noor', `@ann for deed ${number}`)
  expect(await world.given('noor')).toHaveLength(5)
})

it('refuses one more with a sentence, until one is withdrawn or the giver’s day is over', async () => {
  const { sandbox } = world
  for (const number of [1, 2, 3]) await say('kofi', `@ann for the limited ${number}`)
  expect(world.told('kofi')?.text).toContain('2 kudos a day')
  expect(await world.given('kofi')).toHaveLength(2)

  const confirmation = sandbox.ephemerals('kofi').find(({ text }) => text.includes('is on its way'))
  if (!confirmation) throw new Error('no confirmation')
  await sandbox.as('kofi').click(confirmation, 'kudos.undo')
  await say('kofi', '@ann for the room that was made')
  expect(world.told('kofi')?.text).toContain('is on its way')
  await say('kofi', '@ann for one too many')
  expect(world.told('kofi')?.text).toContain('2 kudos a day')

  world.clock.advance({ minutes: 24 * 60 })
  await say('kofi', '@ann for the next day')
  expect(world.told('kofi')?.text).toContain('is on its way')
  await world.settled()
})

it('stands under the form, which keeps what was typed', async () => {
  const { sandbox } = world
  for (const number of [1, 2]) await say('mei', `@ann for the typed ${number}`)
  await sandbox.as('mei').shortcut('kudos.give')
  await eventually('the form', () => sandbox.view('mei'))
  await sandbox.as('mei').submit({ people: [sandbox.person('ann').id], reason: 'the third' })
  expect(sandbox.view('mei')?.errors.people).toContain('2 kudos a day')
  await sandbox.as('mei').close()
})

it('is exact for 200 givers at once, each of whom gives five at the same moment', async () => {
  const { sandbox } = world
  const names = Array.from({ length: 200 }, (_, number) => `racer${number}`)
  const general = sandbox.channel('general')
  for (const name of names) {
    const { id } = await sandbox.addPerson({ name, realName: `Racer ${name}` })
    await sandbox.join(general, id)
  }
  // Fifty of them at a time: Slack waits three seconds for each answer, and that is not what is tried here.
  for (let wave = 0; wave < names.length; wave += 50) {
    const racing = names.slice(wave, wave + 50)
    await Promise.all(
      racing.flatMap((name) => [1, 2, 3, 4, 5].map((number) => say(name, `@ann for race ${number} of ${name}`))),
    )
  }
  for (const name of names) {
    expect(await world.given(name)).toHaveLength(2)
    const answers = sandbox.ephemerals(name).map(({ text }) => text)
    expect(answers.filter((text) => text.includes('is on its way'))).toHaveLength(2)
    expect(answers.filter((text) => text.includes('2 kudos a day'))).toHaveLength(3)
  }
})
