import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Delivery } from '../../src/sandbox/slack/app-link.ts'
import { getSettings, listSettingChanges, saveSettings } from '../../src/workspace/settings-store.ts'
import { eventually } from '../support/eventually.ts'
import { openForm } from '../support/forms.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  // The first time the form proposes the admin's own time zone.
  await open('margit', 'workspace')
  await world.sandbox.as('margit').submit()
})
afterAll(() => world?.stop())

const SECTIONS = ['workspace', 'kudos', 'teams', 'check-ins', 'digest']
const id = (name: string) => world.sandbox.person(name).id
const channel = (name: string) => world.sandbox.channel(name).id
const setting = <K extends Parameters<typeof getSettings>[1][number]>(key: K) =>
  world.stored(async (tenant) => (await getSettings(tenant, [key]))[key])
const changes = () => world.stored((tenant) => listSettingChanges(tenant, 50))
const open = (name: string, section: string) => openForm(world, name, `settings.${section}`)
// biome-ignore lint/suspicious/noExplicitAny: whatever Slack sends, to be changed at will
type Payload = any
/** A request again, with somebody else as its sender; `change` touches the rest of it. */
async function forge(sender: string, delivery: Delivery | undefined, change: (payload: Payload) => void = () => {}) {
  const payload = JSON.parse(new URLSearchParams(delivery?.body).get('payload') ?? '')
  payload.user.id = id(sender)
  change(payload)
  return await world.sandbox.send({ body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() })
}

describe('somebody who is no admin', () => {
  it('hears whom settings are for', async () => {
    await world.sandbox.as('noor').command('#general', '/smallacts', 'settings')
    expect(world.told('noor')?.text).toContain('Settings are for the admins')
    expect(world.sandbox.view('noor')).toBeNull()
  })

  it.each(SECTIONS)('changes nothing in %s with a forged request', async (section) => {
    const { sandbox } = world
    const before = await changes()
    await open('margit', section)
    await sandbox.as('margit').submit()
    const submitted = sandbox.deliveries.findLast(({ kind }) => kind === 'view_submission')
    const clicked = sandbox.deliveries.findLast(({ name }) => name === `settings.${section}`)
    for (const delivery of [clicked, submitted]) {
      const answer = await forge('noor', delivery, ({ view }) => {
        const values = view?.state?.values ?? {}
        if (values.zone) values.zone.zone.selected_option.value = 'Asia/Tokyo'
        if (values.limit) values.limit.limit.value = '1'
        if (values.every) values.every.every.selected_option.value = 'week'
        if (values.people) values.people.people.selected_users = [id('noor')]
        if (values.channels) values.channels.channels.selected_channels = []
      })
      expect(answer.status).toBe(200)
      if (delivery === submitted) expect(JSON.stringify(answer.response)).toContain('Settings are for the admins')
    }
    await world.settled()
    expect(await changes()).toEqual(before)
  })

  it('sets nobody’s team, sees no changes and no channels, and has nothing looked up, with a forged request', async () => {
    const { sandbox } = world
    const before = await changes()
    await open('margit', 'person-team')
    await sandbox.as('margit').click('modal', 'settings.person-team-people', [id('kofi')])
    const chosen = sandbox.deliveries.findLast(({ name }) => name === 'settings.person-team-people')
    await sandbox.as('margit').submit({ 'settings.person-team-people': [id('kofi')] })
    const submitted = sandbox.deliveries.findLast(({ kind }) => kind === 'view_submission')
    await world.settled()
    await forge('noor', chosen)
    const answer = await forge('noor', submitted, ({ view }) => {
      view.state.values.team.team.value = 'Mine'
    })
    expect(JSON.stringify(answer.response)).toContain('Settings are for the admins')
    for (const action of ['settings.person-team', 'settings.changes', 'settings.channels']) {
      await open('margit', action.replace('settings.', ''))
      await sandbox.as('margit').close()
      const click = sandbox.deliveries.findLast(({ name }) => name === action)
      await sandbox.as('noor').openHome()
      await forge('noor', click)
      await world.settled()
      await eventually('the sentence', () => {
        const shown = sandbox.calls.findLast(({ method }) => method === 'views.open')
        return JSON.stringify(shown?.args.view).includes('Settings are for the admins')
      })
    }
    const looks = () => sandbox.calls.filter(({ method }) => method === 'auth.test').length
    const unlooked = looks()
    await sandbox.as('margit').click('home', 'settings.look-again')
    await eventually('the look', () => looks() > unlooked)
    await world.settled()
    const looked = looks()
    // What the admin opened above has been drawn by now.
    const drawn = sandbox.calls.filter(({ method }) => method === 'views.update').length
    await forge(
      'noor',
      sandbox.deliveries.findLast(({ name }) => name === 'settings.look-again'),
    )
    await world.settled()
    expect(sandbox.calls.filter(({ method }) => method === 'auth.test')).toHaveLength(looked)
    expect(sandbox.calls.filter(({ method }) => method === 'views.update')).toHaveLength(drawn)
    expect(sandbox.view('noor')).toBeNull()
    expect(await changes()).toEqual(before)
  })

  it('learns nothing about a channel from a forged choice', async () => {
    const { sandbox } = world
    await open('margit', 'kudos')
    await sandbox.as('margit').click('modal', 'channel', channel('general'))
    await eventually('what was found', () => JSON.stringify(sandbox.view('margit')).includes('Small Acts is in <#'))
    await sandbox.as('margit').close()
    const looked = () => sandbox.calls.filter(({ method }) => method === 'conversations.info').length
    const before = looked()
    await forge(
      'noor',
      sandbox.deliveries.findLast(({ name }) => name === 'channel'),
    )
    await world.settled()
    expect(looked()).toBe(before)
  })

  it('cannot end the setup, nor ask for a test', async () => {
    const { sandbox } = world
    await world.stored((tenant) => saveSettings(tenant, { 'setup.done': false }, null, new Date()))
    for (const action of ['settings.setup-done', 'kudos.test', 'check-ins.test']) {
      await sandbox.as('margit').openHome()
      await world.homeOf('margit', `"${action}"`)
      await sandbox.as('margit').click('home', action)
      const delivery = sandbox.deliveries.findLast(({ name }) => name === action)
      await world.stored((tenant) => saveSettings(tenant, { 'setup.done': false }, null, new Date()))
      const notes = sandbox.directMessages('noor').length
      await forge('noor', delivery)
      await world.settled()
      expect(await setting('setup.done')).toBe(false)
      const told = sandbox.directMessages('noor').slice(notes)
      expect(told.filter(({ text }) => !text.includes('Settings are for the admins'))).toEqual([])
    }
    const tests = sandbox.directMessages('margit').filter(({ text }) => text.includes('This is a test'))
    expect(tests.map(({ text }) => text)).toEqual([
      expect.stringContaining('thanks you'),
      expect.stringContaining('15 minutes with'),
    ])
    // Whoever tries its buttons hears that nothing is behind them.
    if (tests[1]) await sandbox.as('margit').click(tests[1], 'pairing.accept')
    await eventually('an answer', () =>
      sandbox.ephemerals('margit').some(({ text }) => text.includes('This check-in is not there any more')),
    )
  })
})
