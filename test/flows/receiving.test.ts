import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeliveries } from '../../src/kudos/delivery-store.ts'
import { listGiven, listReceived } from '../../src/kudos/store.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const saying = (messages: SlackMessage[], words: string) =>
  messages.filter((message) => JSON.stringify(message.blocks).includes(words))
const cards = (words: string, channel = '#general') => saying(world.sandbox.messages(channel, { app: true }), words)
const note = (name: string, words: string): SlackMessage => {
  const [found] = saying(world.sandbox.directMessages(name), words)
  if (!found) throw new Error(`${name} has no note about ${words}`)
  return found
}
/** Everything a message says. */
const shown = ({ text, blocks }: SlackMessage) => JSON.stringify([text, blocks])
const card = (words: string, channel = '#general'): SlackMessage => {
  const [found] = cards(words, channel)
  if (!found) throw new Error(`no card about ${words}`)
  return found
}
const give = async (giver: string, text: string, channel = '#general') => {
  await world.sandbox.as(giver).command(channel, '/kudos', text)
  const [kudos] = await world.given(giver)
  if (!kudos) throw new Error('nothing was given')
  return kudos
}
const keepPrivate = (name: string, on: SlackMessage, kudosId: string) =>
  world.sandbox.as(name).click(on, 'kudos.more', `keep-private ${kudosId}`)
const states = async (kudosId: string) =>
  (await world.stored((tenant) => listDeliveries(tenant, kudosId))).map(({ kind, state }) => `${kind} ${state}`)
const toldOf = (name: string, words: string) =>
  eventually(`${name} to hear "${words}"`, () => (world.told(name)?.text.includes(words) ? world.told(name) : null))

describe('Pass it on', () => {
  it('opens a form to thank somebody else, and keeps the chain', async () => {
    const { sandbox } = world
    const first = await give('noor', '@ann for the first link')
    await world.settled()
    await sandbox.as('ann').click(note('ann', 'the first link'), 'kudos.pass-on')
    const form = await eventually('the form', () => sandbox.view('ann'))
    expect(JSON.stringify(form.view)).toContain(`<@${id('noor')}> thanked you`)
    await sandbox.as('ann').submit({ people: [id('lucia')], reason: 'the second link' })
    await toldOf('ann', 'is on its way')
    await world.settled()
    // Shown where the first one was.
    expect(cards('the second link')).toHaveLength(1)
    const [second] = await world.stored((tenant) => listReceived(tenant, id('lucia'), 1))
    expect(second).toMatchObject({ passedOnFrom: first.id, giver: id('ann') })
  })

  it('goes on when the first link is withdrawn while somebody writes the second', async () => {
    const { sandbox } = world
    const first = await give('noor', '@tess for the broken link')
    await world.settled()
    await sandbox.as('tess').click(note('tess', 'the broken link'), 'kudos.pass-on')
    await eventually('the form', () => sandbox.view('tess'))
    const confirmation = world.told('noor')
    if (confirmation) await sandbox.as('noor').click(confirmation, 'kudos.undo')
    await world.settled()
    await sandbox.as('tess').submit({ people: [id('emre')], reason: 'the link that holds' })
    await world.settled()
    expect(cards('the broken link')).toEqual([])
    expect(shown(note('emre', 'the link that holds'))).not.toContain(id('noor'))
    const [second] = await world.stored((tenant) => listReceived(tenant, id('emre'), 1))
    expect(second).toMatchObject({ passedOnFrom: first.id, giver: id('tess') })
  })

  it('by somebody who was not thanked is a kudos of its own', async () => {
    const { sandbox } = world
    await give('noor', '@ann for the seen link')
    await world.settled()
    await sandbox.as('kofi').click(card('the seen link'), 'kudos.pass-on')
    await eventually('the form', () => sandbox.view('kofi'))
    await sandbox.as('kofi').submit({ people: [id('ritu')], reason: 'the fresh start' })
    await world.settled()
    const [fresh] = await world.stored((tenant) => listGiven(tenant, id('kofi'), 1))
    expect(fresh).toMatchObject({ passedOnFrom: null, reason: 'the fresh start' })
  })
})

describe('Keep it private', () => {
  it('draws the card again without that person, and removes it with the last one', async () => {
    const kudos = await give('noor', '@ann @kofi for the shared stage')
    await world.settled()
    await keepPrivate('ann', card('the shared stage'), kudos.id)
    await toldOf('ann', 'private now')
    await world.settled()
    expect(card('the shared stage').text).toBe(`<@${id('noor')}> thanks <@${id('kofi')}>: the shared stage`)
    expect(JSON.stringify(card('the shared stage').blocks)).not.toContain(id('ann'))

    await keepPrivate('kofi', note('kofi', 'the shared stage'), kudos.id)
    await world.settled()
    expect(cards('the shared stage')).toEqual([])
    expect(note('kofi', 'the shared stage')).toBeDefined()
    expect(await states(kudos.id)).toEqual(['card removed', 'note sent', 'note sent'])
    const [kept] = await world.given('noor')
    expect(kept?.keptPrivate.sort()).toEqual([id('ann'), id('kofi')].sort())
  })

  it('takes that person from the notes of the others as well, and from their own the choice', async () => {
    const kudos = await give('noor', '@bram @aisha for the two of you')
    await world.settled()
    expect(note('aisha', 'the two of you').text).toContain(`together with <@${id('bram')}>`)
    await keepPrivate('bram', note('bram', 'the two of you'), kudos.id)
    await world.settled()
    expect(shown(note('aisha', 'the two of you'))).not.toContain(id('bram'))
    // It still tells a first-timer how to stop them.
    expect(shown(note('aisha', 'the two of you'))).toContain('kudos.notes-off')
    expect(shown(note('bram', 'the two of you'))).not.toContain('keep-private')
    expect(card('the two of you').text).not.toContain(id('bram'))
  })

  it('leaves one’s own note alone when Slack changes nothing any more, and takes away those that name one', async () => {
    const { sandbox } = world
    const kudos = await give('noor', '@joon @ritu for the old ones')
    await world.settled()
    sandbox.faults.api('chat.update', { error: 'edit_window_closed' }, 3)
    await keepPrivate('joon', note('joon', 'the old ones'), kudos.id)
    await world.settled()
    expect(note('joon', 'the old ones')).toBeDefined()
    expect(saying(sandbox.directMessages('ritu'), 'the old ones')).toEqual([])
    expect(cards('the old ones')).toEqual([])
  })

  it('is for the people a kudos is for, and harmless twice', async () => {
    const { sandbox } = world
    const kudos = await give('noor', '@ann for the stranger’s click')
    await world.settled()
    await keepPrivate('tomas', card('the stranger’s click'), kudos.id)
    await toldOf('tomas', 'Only the people')
    await world.settled()
    expect(cards('the stranger’s click')).toHaveLength(1)
    const shown = card('the stranger’s click')
    await Promise.all([1, 2, 3].map(() => keepPrivate('ann', shown, kudos.id)))
    await world.settled()
    expect(cards('the stranger’s click')).toEqual([])
    expect(sandbox.messages('#general', { app: true }).some(({ ts }) => ts === shown.ts)).toBe(false)
  })

  it('also holds for a card that is being posted at that moment', async () => {
    const { sandbox } = world
    // The note first, so that there is something to click; then the card hangs.
    await world.stored((tenant) =>
      saveSettings(tenant, { 'kudos.channel': sandbox.channel('kudos').id }, null, new Date()),
    )
    const direct = await sandbox.as('noor').direct('grace')
    const kudos = await give('noor', '@grace for the race', direct)
    await world.settled()
    const confirmation = world.told('noor')
    if (!confirmation) throw new Error('no confirmation')
    sandbox.faults.api('chat.postMessage', { hang: 700 }, 1)
    await sandbox.as('noor').click(confirmation, 'kudos.post')
    await keepPrivate('grace', note('grace', 'the race'), kudos.id)
    await world.settled()
    expect(cards('the race', '#kudos')).toEqual([])
  })

  it('changes the card to a neutral line, or takes it away, when Slack lets us do only the other', async () => {
    const { sandbox } = world
    const kept = await give('noor', '@ann for the undeletable')
    const mixed = await give('noor', '@ann @kofi for the unchangeable')
    await world.settled()
    sandbox.faults.api('chat.delete', { error: 'cant_delete_message' }, 1)
    const { ts } = card('the undeletable')
    await keepPrivate('ann', card('the undeletable'), kept.id)
    await world.settled()
    const left = sandbox.messages('#general', { app: true }).find((message) => message.ts === ts)
    expect(left?.text).toContain('It is private now')
    expect(JSON.stringify(left?.blocks)).not.toContain('the undeletable')

    sandbox.faults.api('chat.update', { error: 'edit_window_closed' }, 1)
    await keepPrivate('ann', card('the unchangeable'), mixed.id)
    await world.settled()
    expect(cards('the unchangeable')).toEqual([])
  })
})

describe('how kudos to somebody are shown', () => {
  it('is said once, and holds before any card is posted', async () => {
    const { sandbox } = world
    await sandbox.as('lena').command('#general', '/kudos', 'only me')
    expect(world.told('lena')?.text).toContain('shown to you only')
    await give('noor', '@lena for the modest work')
    expect(world.told('noor')?.text).toContain('prefers to hear of kudos privately')
    await give('noor', '@lena @kofi for the common work')
    expect(world.told('noor')?.text).toContain('the card is without them')
    await world.settled()
    expect(cards('the modest work')).toEqual([])
    expect(note('lena', 'the modest work')).toBeDefined()
    expect(card('the common work').text).toBe(`<@${id('noor')}> thanks <@${id('kofi')}>: the common work`)
    expect(
      sandbox.calls.filter(
        ({ method, args }) =>
          method === 'chat.postMessage' &&
          args.channel === sandbox.channel('general').id &&
          JSON.stringify(args).includes(id('lena')),
      ),
    ).toEqual([])

    await sandbox.as('lena').command('#general', '/kudos', 'in the channel')
    await give('noor', '@lena for the loud work')
    await world.settled()
    expect(cards('the loud work')).toHaveLength(1)
  })

  it('holds for those thanked together, too: nobody’s note, list or Home names somebody who is on no card', async () => {
    const { sandbox } = world
    await sandbox.as('priya').command('#general', '/kudos', 'only me')
    await give('noor', '@priya @oleh for the shared shift')
    await world.settled()
    expect(shown(note('oleh', 'the shared shift'))).not.toContain(id('priya'))
    expect(shown(note('priya', 'the shared shift'))).toContain(id('oleh'))
    await sandbox.as('oleh').command('#general', '/kudos', 'mine')
    expect(JSON.stringify(world.told('oleh'))).not.toContain(id('priya'))
    await sandbox.as('oleh').openHome()
    expect(await world.homeOf('oleh', 'the shared shift')).not.toContain(id('priya'))
  })

  it('also when it is said between giving and posting, and from the Home tab', async () => {
    const { sandbox } = world
    const direct = await sandbox.as('noor').direct('yuki')
    await give('noor', '@yuki for the late wish', direct)
    await world.settled()
    const confirmation = world.told('noor')
    if (!confirmation) throw new Error('no confirmation')
    await sandbox.as('yuki').openHome()
    await world.homeOf('yuki', 'shown where they are said')
    await sandbox.as('yuki').click('home', 'home.only-me')
    await world.homeOf('yuki', 'Only you see')
    await sandbox.as('noor').click(confirmation, 'kudos.post')
    await world.settled()
    expect(cards('the late wish', '#kudos')).toEqual([])
    const [kudos] = await world.given('noor')
    expect(kudos?.keptPrivate).toEqual([id('yuki')])
  })
})
