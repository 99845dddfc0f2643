import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const channelId = (name: string) => world.sandbox.channel(name).id
const card = (words: string, channel = '#general') =>
  world.sandbox.messages(channel, { app: true }).find((message) => JSON.stringify(message.blocks).includes(words))
const note = (name: string, words: string) =>
  world.sandbox.directMessages(name).find((message) => JSON.stringify(message.blocks).includes(words))
const formOf = (name: string) =>
  eventually(`a form for ${name}`, () => {
    const view = world.sandbox.view(name)
    return view?.view.callback_id === 'kudos.give-form' ? view : null
  })
const toldOf = (name: string, words: string) =>
  eventually(`${name} to hear "${words}"`, () => (world.told(name)?.text.includes(words) ? world.told(name) : null))

describe('"Give kudos" on a message', () => {
  it('thanks its author, with a link to it', async () => {
    const { sandbox } = world
    const message = await sandbox.as('ann').post('#general', 'The import runs again')
    await sandbox.as('noor').shortcut('kudos.give-about', message)
    const form = await formOf('noor')
    expect(JSON.stringify(form.view)).toContain(`"initial_users":["${id('ann')}"]`)
    await sandbox.as('noor').submit({ reason: 'the mended import' })
    await toldOf('noor', 'is on its way')
    await world.settled()
    const link = `/archives/${channelId('general')}/p${message.ts.replace('.', '')}`
    expect(JSON.stringify(card('the mended import')?.blocks)).toContain(link)
    expect(JSON.stringify(note('ann', 'the mended import')?.blocks)).toContain(link)
  })

  it('in a private channel keeps no link, shows no card, and tells only its author', async () => {
    const { sandbox } = world
    const message = await sandbox.as('jonah').post('#team-leads', 'We shipped it')
    await sandbox.as('margit').shortcut('kudos.give-about', message)
    await formOf('margit')
    const before = sandbox.calls.length
    await sandbox.as('margit').submit({ reason: 'the quiet ship' })
    await toldOf('margit', 'is on its way')
    await world.settled()
    expect(note('jonah', 'the quiet ship')).toBeDefined()
    const said = sandbox.calls.slice(before).filter(({ args }) => JSON.stringify(args).includes('the quiet ship'))
    expect(said.map(({ args }) => args.channel)).toEqual([id('jonah')])
    expect(JSON.stringify(said)).not.toContain('/archives/')
    expect((await world.given('margit'))[0]).toMatchObject({ about: null, saidIn: null })
  })

  it('on a reply puts the card into the thread', async () => {
    const { sandbox } = world
    const parent = await sandbox.as('ann').post('#general', 'Who knows why the build is red?')
    const reply = await sandbox.as('kofi').post('#general', 'I do, and it is green now', parent.ts)
    await sandbox.as('noor').shortcut('kudos.give-about', reply)
    await formOf('noor')
    await sandbox.as('noor').submit({ reason: 'the green build' })
    await world.settled()
    expect(card('the green build')?.threadTs).toBe(parent.ts)
    expect(JSON.stringify(card('the green build')?.blocks)).toContain(`thread_ts=${parent.ts}`)
  })

  it('thanks nobody by itself where an app wrote the message, or oneself', async () => {
    const { sandbox } = world
    const mine = await sandbox.as('noor').post('#general', 'Talking to myself')
    for (const message of [mine, card('the green build')]) {
      if (!message) throw new Error('no message')
      await sandbox.as('noor').shortcut('kudos.give-about', message)
      expect(JSON.stringify((await formOf('noor')).view)).not.toContain('initial_users')
      await sandbox.as('noor').close()
    }
  })

  it('still gives when Slack has no address for the message', async () => {
    const { sandbox } = world
    const message = await sandbox.as('ann').post('#general', 'Gone in a moment')
    await sandbox.as('noor').shortcut('kudos.give-about', message)
    await formOf('noor')
    await sandbox.as('ann').deleteMessage(message)
    await sandbox.as('noor').submit({ reason: 'the gone message' })
    await world.settled()
    expect(card('the gone message')).toBeDefined()
    expect(JSON.stringify(card('the gone message')?.blocks)).not.toContain('/archives/')
  })

  it('in a channel without the app tells only the author', async () => {
    const { sandbox } = world
    const message = await sandbox.as('lena').post('#design-crit', 'Look at these margins')
    await sandbox.as('dede').shortcut('kudos.give-about', message)
    await formOf('dede')
    await sandbox.as('dede').submit({ reason: 'the margins' })
    await toldOf('dede', 'is on its way')
    await world.settled()
    expect(card('the margins', '#design-crit')).toBeUndefined()
    expect(note('lena', 'the margins')).toBeDefined()
  })
})

describe('"Give kudos" from anywhere', () => {
  it('without a kudos channel tells only those it is for, and confirms in the form’s place', async () => {
    const { sandbox } = world
    await sandbox.as('tomas').shortcut('kudos.give')
    expect(JSON.stringify((await formOf('tomas')).view)).toContain('Only they hear of it')
    await sandbox.as('tomas').submit({ people: [id('ann')], reason: 'the anywhere' })
    expect(JSON.stringify(sandbox.view('tomas')?.view)).toContain('is on its way')
    await world.settled()
    expect(note('ann', 'the anywhere')).toBeDefined()
    await sandbox.as('tomas').click('modal', 'kudos.undo')
    await eventually('the answer', () => JSON.stringify(sandbox.view('tomas')?.view).includes('Withdrawn'))
    await world.settled()
    expect(note('ann', 'the anywhere')).toBeUndefined()
    await sandbox.as('tomas').close()
  })

  it('with a kudos channel shows the card there', async () => {
    const { sandbox } = world
    await world.stored((tenant) => saveSettings(tenant, { 'kudos.channel': channelId('kudos') }, null, new Date()))
    await sandbox.as('mei').shortcut('kudos.give')
    expect(JSON.stringify((await formOf('mei')).view)).toContain(`<#${channelId('kudos')}>`)
    await sandbox.as('mei').submit({ people: [id('ann')], reason: 'the kudos channel' })
    await world.settled()
    expect(card('the kudos channel', '#kudos')).toBeDefined()
  })

  it('asks again in the form’s place, and tells later what could not be posted', async () => {
    const { sandbox } = world
    for (const expected of ['is on its way', 'Again?']) {
      await sandbox.as('bram').shortcut('kudos.give')
      await formOf('bram')
      await sandbox.as('bram').submit({ people: [id('ann')], reason: 'the same from anywhere' })
      expect(JSON.stringify(sandbox.view('bram')?.view)).toContain(expected)
    }
    await world.settled()
    sandbox.faults.api('chat.postMessage', { error: 'restricted_action' }, 1)
    await sandbox.as('bram').click('modal', 'kudos.again')
    await eventually('the answer', () => JSON.stringify(sandbox.view('bram')?.view).includes('is on its way'))
    await world.settled()
    await eventually('a message', () => note('bram', 'could not be shown'))
  })
})
