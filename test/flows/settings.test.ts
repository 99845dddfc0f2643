import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHANNEL_FORM, CHANNEL_LIST } from '../../src/prompts/channel-forms.ts'
import { getSettings, listSettingChanges } from '../../src/workspace/settings-store.ts'
import { listUserGroups } from '../../src/workspace/store.ts'
import { eventually } from '../support/eventually.ts'
import { openForm } from '../support/forms.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const channel = (name: string) => world.sandbox.channel(name).id
const setting = <K extends Parameters<typeof getSettings>[1][number]>(key: K) =>
  world.stored(async (tenant) => (await getSettings(tenant, [key]))[key])
const changes = () => world.stored((tenant) => listSettingChanges(tenant, 50))
const open = (name: string, section: string) => openForm(world, name, `settings.${section}`)

describe('the first admin who opens Home', () => {
  it('sees what is missing, with a button for each, and is done in a few clicks', async () => {
    const { sandbox } = world
    await sandbox.as('noor').openHome()
    expect(await world.homeOf('noor', 'Check-ins')).not.toContain('Set up Small Acts')
    await sandbox.as('margit').openHome()
    await world.homeOf('margit', 'Set up Small Acts')

    await open('margit', 'workspace')
    await sandbox.as('margit').submit({ zone: 'Europe/Berlin', admins: [id('aisha')], keep: '14' })
    await world.homeOf('margit', 'time zone: Europe/Berlin')
    await open('margit', 'kudos')
    await sandbox.as('margit').submit({ channel: channel('kudos'), values: 'Teamwork, #craft', limit: '20' })
    await world.homeOf('margit', `shown in <#${channel('kudos')}>`)
    await open('margit', 'digest')
    await sandbox.as('margit').submit({ people: [id('margit')], channel: channel('general') })
    await world.homeOf('margit', 'digest goes to')
    await open('margit', 'check-ins')
    await sandbox.as('margit').submit({
      ...{ every: 'month', weekday: '3', time: '14:30', answer: '24' },
      ...{ 'follow-up': '10', guests: ['yes'] },
    })
    await eventually('the rhythm', async () => (await setting('check-ins.rhythm')).every === 'month')
    expect(await setting('check-ins.rhythm')).toEqual({ every: 'month', weekday: 3, time: '14:30', answerHours: 24 })
    expect(await setting('kudos.values')).toEqual(['teamwork', 'craft'])
    expect(await setting('check-ins.follow-up-days')).toBe(10)
    expect(await setting('kudos.daily-limit')).toBe(20)
    expect(await setting('workspace.keep-days')).toBe(14)

    await sandbox.as('margit').click('home', 'settings.setup-done')
    await eventually('the setup to go', () => !JSON.stringify(sandbox.home('margit')).includes('Set up Small Acts'))
    await world.homeOf('margit', 'For admins')
    // Whom she named decides as well.
    await sandbox.as('aisha').openHome()
    expect(await world.homeOf('aisha', 'For admins')).toContain('changed the channel of the digest')
  })

  it('sees who changed what, and when; all of it behind a button', async () => {
    const all = await changes()
    expect(all.find(({ key }) => key === 'kudos.daily-limit')).toMatchObject({
      previous: null,
      value: 20,
      by: id('margit'),
    })
    await open('margit', 'changes')
    expect(JSON.stringify(world.sandbox.view('margit'))).toContain('changed the daily limit')
    await world.sandbox.as('margit').close()
    // Saved again as it is, it is no change.
    await open('margit', 'kudos')
    await world.sandbox.as('margit').submit()
    await eventually('the form to close', () => world.sandbox.view('margit') === null)
    expect(await changes()).toHaveLength(all.length)
  })
})

it('teams come from the user groups an admin marks, as Slack changes them', async () => {
  const { sandbox } = world
  const group = await sandbox.addGroup({ handle: 'guild', name: 'Guild of Bread', users: [id('noor'), id('ann')] })
  await eventually('the group', () =>
    world.stored(async (tenant) => (await listUserGroups(tenant)).some(({ name }) => name === 'Guild of Bread')),
  )
  await open('margit', 'teams')
  await sandbox.as('margit').submit({ groups: [group.id] })
  await sandbox.as('noor').openHome()
  await world.homeOf('noor', 'Your team is Guild of Bread.* It comes from a user group')
  await sandbox.changeGroup(group, { users: [id('kofi')] })
  await world.settled()
  await sandbox.as('noor').openHome()
  await world.homeOf('noor', 'Your team is not known')
  await sandbox.as('kofi').openHome()
  await world.homeOf('kofi', 'Your team is Guild of Bread')
})

describe('a form', () => {
  it('says under its fields what is wrong, and changes nothing', async () => {
    const { sandbox } = world
    const before = await changes()
    await open('jonah', 'kudos')
    await sandbox.as('jonah').submit({ values: 'two words/in one!', limit: 'lots' })
    expect(sandbox.view('jonah')?.errors).toMatchObject({
      values: expect.stringContaining('single words'),
      limit: expect.stringContaining('whole number'),
    })
    await sandbox.as('jonah').submit({ values: 'teamwork, hard work', limit: '20' })
    expect(sandbox.view('jonah')?.errors.values).toContain('single words')
    await sandbox.as('jonah').submit({ values: 'craft', limit: '0' })
    expect(sandbox.view('jonah')?.errors.limit).toContain('1 or more')
    await sandbox.as('jonah').close()
    await open('jonah', 'workspace')
    await sandbox.as('jonah').submit({ keep: '400' })
    expect(sandbox.view('jonah')?.errors.keep).toContain('365 or less')
    await sandbox.as('jonah').close()
    await open('jonah', 'check-ins')
    await sandbox.as('jonah').submit({ 'follow-up': 'soon' })
    expect(sandbox.view('jonah')?.errors['follow-up']).toContain('whole number')
    await sandbox.as('jonah').close()
    expect(await changes()).toEqual(before)
  })

  it('checks at once that the app is in the channel, and says how to invite it', async () => {
    const { sandbox } = world
    await open('jonah', 'kudos')
    await sandbox.as('jonah').click('modal', 'channel', channel('design-crit'))
    await eventually('the channel to be looked at', () =>
      JSON.stringify(sandbox.view('jonah')).includes(`Small Acts is not in <#${channel('design-crit')}> yet. Write`),
    )
    await sandbox.as('jonah').click('modal', 'channel', channel('ext-inkwell'))
    await eventually('the other one', () => JSON.stringify(sandbox.view('jonah')).includes('not in <#'))
    await sandbox.as('jonah').click('modal', 'channel', channel('general'))
    await eventually('one that will do', () =>
      JSON.stringify(sandbox.view('jonah')).includes(`Small Acts is in <#${channel('general')}>`),
    )
    await sandbox.as('jonah').submit({ channel: channel('design-crit') })
    expect(sandbox.view('jonah')?.errors.channel).toContain('/invite @Small Acts')
    await sandbox.as('lena').invite('#design-crit', sandbox.app.botUser)
    await world.settled()
    await sandbox.as('jonah').submit({ channel: channel('design-crit') })
    expect(sandbox.view('jonah')).toBeNull()
    expect(await setting('kudos.channel')).toBe(channel('design-crit'))
    const hello = sandbox.messages('#design-crit', { app: true })
    expect(hello).toHaveLength(1)
    expect(hello[0]?.text).toContain('Small Acts is here now')
  })

  it('of a weekly prompt checks the channel as well, and what it comes to shows on Home', async () => {
    const { sandbox } = world
    await sandbox.as('jonah').openHome()
    await world.homeOf('jonah', 'Weekly prompt: not chosen yet')
    await sandbox.as('jonah').click('home', 'settings.prompts')
    await eventually('the list', () => sandbox.view('jonah')?.view.callback_id === CHANNEL_LIST)
    await sandbox.as('jonah').click('modal', 'prompts.add-channel')
    await eventually('the form', () => sandbox.view('jonah')?.view.callback_id === CHANNEL_FORM)
    await sandbox.as('jonah').click('modal', 'channel', channel('ext-inkwell'))
    await eventually('the channel to be looked at', () => JSON.stringify(sandbox.view('jonah')).includes('not in <#'))
    await sandbox.as('jonah').click('modal', 'channel', channel('general'))
    await eventually('one that will do', () =>
      JSON.stringify(sandbox.view('jonah')).includes(`Small Acts is in <#${channel('general')}>`),
    )
    await sandbox.as('jonah').submit({ channel: channel('general') })
    await eventually('the list', () => sandbox.view('jonah')?.view.callback_id === CHANNEL_LIST)
    const drawn = await eventually('the prompt on Home', () => {
      const home = JSON.stringify(sandbox.home('jonah'))
      return !home.includes('Weekly prompt: not chosen yet') && home
    })
    expect(drawn).toContain(`Weekly prompt in <#${channel('general')}>`)
    await sandbox.as('jonah').close()
  })

  it('finds out on choosing that Slack forgot to say when the app was removed', async () => {
    const { sandbox } = world
    await sandbox.leave('#release', sandbox.app.botUser, true)
    await open('jonah', 'kudos')
    await sandbox.as('jonah').click('modal', 'channel', channel('release'))
    await eventually('the channel to be looked at', () => JSON.stringify(sandbox.view('jonah')).includes('not in <#'))
    await sandbox.as('jonah').submit({ channel: channel('release') })
    expect(sandbox.view('jonah')?.errors.channel).toContain('/invite @Small Acts')
    await sandbox.as('jonah').close()
  })

  it('says hello in a channel once, however often the app is added', async () => {
    const { sandbox } = world
    await sandbox.leave('#design-crit', sandbox.app.botUser)
    await sandbox.as('lena').invite('#design-crit', sandbox.app.botUser)
    await world.settled()
    expect(sandbox.messages('#design-crit', { app: true })).toHaveLength(1)
    await sandbox.as('hana').invite('#ext-inkwell', sandbox.app.botUser)
    await world.settled()
    const [hello] = sandbox.messages('#ext-inkwell', { app: true })
    expect(hello?.text).toContain('Another organisation reads along')
  })
})
