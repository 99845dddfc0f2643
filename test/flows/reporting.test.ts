import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const ADMINS = ['margit', 'jonah']
const id = (name: string) => world.sandbox.person(name).id
const saying = (messages: SlackMessage[], words: string) =>
  messages.filter((message) => JSON.stringify(message).includes(words))
const one = <T>(list: T[], what: string): T => {
  const [first] = list
  if (first === undefined) throw new Error(`there is no ${what}`)
  return first
}
const card = (words: string) => one(saying(world.sandbox.messages('#general', { app: true }), words), `card: ${words}`)
const messagesTo = (name: string, words: string) => saying(world.sandbox.directMessages(name), words)
const give = async (giver: string, text: string) => {
  await world.sandbox.as(giver).command('#general', '/kudos', text)
  await world.settled()
  return one(await world.given(giver), 'kudos')
}
/** Somebody reports the kudos a message is about. */
async function report(name: string, on: SlackMessage, kudosId: string, values = {}) {
  const { sandbox } = world
  await sandbox.as(name).click(on, 'kudos.more', `report ${kudosId}`)
  await eventually('the form', () => sandbox.view(name)?.view.callback_id === 'kudos.report-form')
  await sandbox.as(name).submit(values)
  await world.settled()
  const answer = JSON.stringify(sandbox.view(name)?.view)
  await sandbox.as(name).close()
  return answer
}
async function remove(admin: string, on: SlackMessage, reason: string) {
  const { sandbox } = world
  await sandbox.as(admin).click(on, 'kudos.remove')
  await eventually('the form', () => sandbox.view(admin))
  await sandbox.as(admin).submit({ reason })
  await world.settled()
}

describe('a public kudos', () => {
  it('is reported by anybody; an admin reads it, and removes it with a reason that the giver sees', async () => {
    const { sandbox } = world
    const kudos = await give('noor', '@ann for the unkind joke')
    const answer = await report('kofi', card('the unkind joke'), kudos.id, { complaint: 'It mocks <@U1> & others' })
    expect(answer).toContain('The admins of this workspace were told')
    for (const admin of ADMINS) {
      const [told] = messagesTo(admin, 'reports the kudos')
      const text = JSON.stringify(told?.blocks)
      expect(text).toContain('the unkind joke')
      expect(text).toContain('It mocks <@U1> & others')
      expect(text).toContain(id('kofi'))
    }
    const place = card('the unkind joke').ts
    await remove('jonah', one(messagesTo('jonah', 'reports the kudos'), 'report'), 'Not at anybody’s expense, please.')
    expect(saying(sandbox.messages('#general', { app: true }), 'the unkind joke')).toEqual([])
    expect(sandbox.messages('#general').some(({ ts }) => ts === place)).toBe(false)
    expect(messagesTo('ann', 'the unkind joke')).toEqual([])
    const verdict = one(messagesTo('noor', 'An admin removed'), 'verdict')
    expect(JSON.stringify(verdict.blocks)).toContain('Not at anybody’s expense')
    expect(JSON.stringify(verdict)).not.toContain(id('kofi'))
    // The other admin sees that it is settled, and by whom.
    const other = JSON.stringify(one(messagesTo('margit', 'reports a kudos'), 'report').blocks)
    expect(other).toContain(`<@${id('jonah')}> removed it`)
    expect(other).not.toContain('the unkind joke')
    expect(await world.given('noor')).toEqual([])
  })

  it('that an admin leaves stays, and the report says so', async () => {
    const { sandbox } = world
    const kudos = await give('noor', '@ann for the harmless one')
    await report('tomas', card('the harmless one'), kudos.id)
    expect(await report('tomas', card('the harmless one'), kudos.id)).toContain('reported this kudos already')
    expect(messagesTo('margit', 'the harmless one')).toHaveLength(1)
    const first = one(messagesTo('margit', 'the harmless one'), 'report')
    await sandbox.as('margit').click(first, 'kudos.leave')
    await world.settled()
    expect(JSON.stringify(one(messagesTo('jonah', 'the harmless one'), 'report').blocks)).toContain(
      'decided that it stays',
    )
    expect(card('the harmless one')).toBeDefined()
    // A click that was on its way when the other admin decided.
    const click = sandbox.deliveries.filter(({ name }) => name === 'kudos.leave').at(-1)
    if (!click) throw new Error('no click')
    await sandbox.repeat(click)
    expect(await world.given('noor')).toHaveLength(1)
    await world.settled()
  })

  it('is decided about by admins alone, never by its giver, and not twice', async () => {
    const { sandbox } = world
    const kudos = await give('jonah', '@ann for the admin’s own')
    await report('kofi', card('the admin’s own'), kudos.id)
    expect(messagesTo('jonah', 'the admin’s own')).toEqual([])
    const told = one(messagesTo('margit', 'the admin’s own'), 'report')
    // Somebody who is no admin any more.
    await sandbox.changePerson('margit', { isAdmin: false, isOwner: false })
    await world.settled()
    await sandbox.as('margit').click(told, 'kudos.remove')
    await eventually('a refusal', () => world.told('margit')?.text.includes('Only admins'))
    await sandbox.changePerson('margit', { isAdmin: true, isOwner: true })
    await world.settled()
    await sandbox.as('margit').click(told, 'kudos.remove')
    await eventually('the form', () => sandbox.view('margit'))
    // Withdrawn by its giver while the admin still writes.
    await sandbox.as('jonah').command('#general', '/kudos', 'given')
    const list = world.told('jonah')
    if (!list) throw new Error('no list')
    await sandbox.as('jonah').click(list, 'kudos.withdraw')
    await world.settled()
    await sandbox.as('margit').submit({ reason: 'too late' })
    expect(JSON.stringify(sandbox.view('margit')?.view)).toContain('not there any more')
    await sandbox.as('margit').close()
    await world.settled()
    expect(messagesTo('jonah', 'An admin removed')).toEqual([])
  })

  it('is not reported by its giver, who withdraws it', async () => {
    const { sandbox } = world
    const kudos = await give('bram', '@ann for my own words')
    await sandbox.as('bram').click(card('my own words'), 'kudos.more', `report ${kudos.id}`)
    await eventually('an answer', () => world.told('bram')?.text.includes('This kudos is yours'))
    expect(sandbox.view('bram')).toBeNull()
  })
})

describe('a private kudos', () => {
  const givePrivately = async (giver: string, to: string[], reason: string) => {
    await world.sandbox.as(giver).command('#general', '/kudos')
    await eventually('the form', () => world.sandbox.view(giver))
    await world.sandbox.as(giver).submit({ people: to.map(id), reason, private: ['yes'] })
    await world.settled()
    return one(await world.given(giver), 'kudos')
  }

  it('is reported by its recipient alone, and no admin sees its text unless they say so', async () => {
    const { sandbox } = world
    const kudos = await givePrivately('mei', ['ann', 'dede'], 'the whispered one')
    const note = one(messagesTo('ann', 'the whispered one'), 'note')
    await sandbox
      .as('kofi')
      .click(note, 'kudos.more', `report ${kudos.id}`)
      .catch(() => {})
    await report('ann', note, kudos.id, { complaint: 'please talk to me' })
    for (const admin of ADMINS) {
      const told = JSON.stringify(one(messagesTo(admin, 'please talk to me'), 'report'))
      expect(told).not.toContain('the whispered one')
      expect(told).not.toContain(id('mei'))
      expect(told).not.toContain(id('dede'))
      expect(told).not.toContain('kudos.remove')
    }
    // However an admin comes to the button.
    const leave = one(messagesTo('jonah', 'please talk to me'), 'report')
    await sandbox.as('jonah').click(leave, 'kudos.leave')
    await world.settled()
    expect(await world.given('mei')).toHaveLength(1)
  })

  it('whose recipient shows the text can be read and removed', async () => {
    const kudos = await givePrivately('mei', ['lucia', 'dede'], 'the shown whisper')
    await report('lucia', one(messagesTo('lucia', 'the shown whisper'), 'note'), kudos.id, { 'show-text': ['yes'] })
    const told = one(messagesTo('jonah', 'the shown whisper'), 'report')
    expect(JSON.stringify(told)).toContain(id('mei'))
    expect(JSON.stringify(told)).not.toContain(id('dede'))
    await remove('jonah', told, 'This is not all right.')
    expect(messagesTo('lucia', 'the shown whisper')).toEqual([])
    expect(messagesTo('mei', 'This is not all right.')).toHaveLength(1)
  })
})
