import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  const { sandbox } = world
  await world.stored(async (tenant) => {
    await saveSettings(tenant, { 'kudos.values': ['teamwork', 'craft'] }, null, new Date())
    await saveSettings(tenant, { 'kudos.channel': sandbox.channel('kudos').id }, null, new Date())
  })
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const cards = (channel: string) => world.sandbox.messages(channel, { app: true })
const card = (words: string, channel = '#general') =>
  cards(channel).find((message) => JSON.stringify(message.blocks).includes(words))
const notes = (name: string, words: string) =>
  world.sandbox.directMessages(name).filter((message) => JSON.stringify(message.blocks).includes(words))
/** The form somebody opened, once Slack shows it. */
const formOf = (name: string) => eventually(`a form for ${name}`, () => world.sandbox.view(name))
/** What somebody was told after submitting, once it says so. */
const toldOf = (name: string, words: string) =>
  eventually(`${name} to hear "${words}"`, () => (world.told(name)?.text.includes(words) ? world.told(name) : null))

async function openForm(name: string, channel = '#general') {
  await world.sandbox.as(name).command(channel, '/kudos')
  return await formOf(name)
}

describe('/kudos alone', () => {
  it('opens a form that gives, confirms with Undo where it was opened, and shows a card there', async () => {
    const { sandbox } = world
    const form = await openForm('noor')
    expect(JSON.stringify(form.view)).toContain(`A card appears in <#${sandbox.channel('general').id}>`)
    const seen = await sandbox
      .as('noor')
      .submit({ people: [id('ann'), id('kofi')], reason: 'the form', value: 'craft' })
    expect(seen).toMatchObject({ ok: true, status: 200 })
    expect(sandbox.view('noor')).toBeNull()
    const confirmation = await toldOf('noor', 'is on its way')
    await world.settled()
    expect(card('the form')?.text).toBe(`<@${id('noor')}> thanks <@${id('ann')}> and <@${id('kofi')}>: the form`)
    expect(JSON.stringify(card('the form')?.blocks)).toContain('#craft')
    expect(notes('kofi', 'the form')).toHaveLength(1)
    expect((await world.given('noor'))[0]).toMatchObject({ value: 'craft', isPrivate: false })

    if (!confirmation) throw new Error('no confirmation')
    await sandbox.as('noor').click(confirmation, 'kudos.undo')
    await world.settled()
    expect(card('the form')).toBeUndefined()
    expect(notes('kofi', 'the form')).toEqual([])
  })

  it('keeps what was typed as text: nobody is notified but the recipients', async () => {
    const { sandbox } = world
    await openForm('noor')
    const reason = `<!channel> & <@${id('kofi')}> *said* it: https://example.com/a?b=1&c=2.`
    await sandbox.as('noor').submit({ people: [id('ann')], reason })
    await world.settled()
    const shown = cards('#general').at(-1)
    if (!shown) throw new Error('no card')
    expect(sandbox.notified(shown).has(id('ann'))).toBe(true)
    expect(sandbox.notified(shown).has(id('kofi'))).toBe(false)
    expect(sandbox.notified(shown).size).toBeLessThanOrEqual(2)
    const blocks = JSON.stringify(shown.blocks)
    expect(blocks).toContain(`<!channel> & <@${id('kofi')}>`)
    expect(blocks).toContain('"https://example.com/a?b=1&c=2"')
  })

  it('says under its fields what is wrong, and keeps what was typed', async () => {
    const { sandbox } = world
    const before = (await world.given('noor')).length
    await openForm('noor')
    for (const [people, words] of [
      [[id('noor')], 'somebody else'],
      [[id('ann'), id('shipbot')], 'is an app'],
      [[id('piotr')], 'has left'],
      [[id('ottoline')], 'another organisation'],
    ] as const) {
      await sandbox.as('noor').submit({ people: [...people], reason: 'trying' })
      expect(sandbox.view('noor')?.errors.people).toContain(words)
    }
    await sandbox.as('noor').submit({ people: [id('ann')], reason: '\u3164 \u200b' })
    expect(sandbox.view('noor')?.errors.reason).toContain('Say what for')
    await sandbox.as('noor').close()
    expect(await world.given('noor')).toHaveLength(before)
  })

  it('submitted twice gives once; with other words it gives the other ones', async () => {
    const { sandbox } = world
    await openForm('tomas')
    await sandbox.as('tomas').submit({ people: [id('ann')], reason: 'the doubled' })
    const submission = sandbox.deliveries.filter(({ kind }) => kind === 'view_submission').at(-1)
    if (!submission) throw new Error('nothing was submitted')
    await sandbox.repeat(submission)
    await world.settled()
    expect((await world.given('tomas')).filter(({ reason }) => reason === 'the doubled')).toHaveLength(1)
    expect(cards('#general').filter((one) => JSON.stringify(one.blocks).includes('the doubled'))).toHaveLength(1)
  })

  it('asks before it gives the same again', async () => {
    const { sandbox } = world
    for (const time of [1, 2]) {
      await openForm('mei')
      await sandbox.as('mei').submit({ people: [id('ann')], reason: 'the same', value: 'teamwork' })
      await toldOf('mei', time === 1 ? 'is on its way' : 'Again?')
    }
    const question = world.told('mei')
    if (!question) throw new Error('no question')
    await sandbox.as('mei').click(question, 'kudos.again')
    await world.settled()
    const given = (await world.given('mei')).filter(({ reason }) => reason === 'the same')
    expect(given.map(({ value }) => value)).toEqual(['teamwork', 'teamwork'])
  })

  it('says so when Slack does not open it', async () => {
    const { sandbox } = world
    sandbox.faults.api('views.open', { error: 'internal_error' }, 1)
    await sandbox.as('bram').command('#general', '/kudos')
    await toldOf('bram', 'did not open the form')
    expect(sandbox.view('bram')).toBeNull()
  })

  it('keeps the form and says so when nothing can be saved', async () => {
    const { sandbox } = world
    await openForm('lena')
    await world.proxy.down()
    try {
      await sandbox.as('lena').submit({ people: [id('ann')], reason: 'the unsaved' })
      expect(sandbox.view('lena')?.errors.people).toContain('could not save it')
    } finally {
      await world.proxy.up()
    }
    await eventually('the database to be back', async () => {
      await sandbox.as('lena').submit({ people: [id('ann')], reason: 'the unsaved' })
      return sandbox.view('lena') === null
    })
    await world.settled()
    expect(cards('#general').filter((one) => JSON.stringify(one.blocks).includes('the unsaved'))).toHaveLength(1)
  })

  it('in a private channel only tells those it is for, and offers the kudos channel', async () => {
    const { sandbox } = world
    const form = await openForm('margit', '#team-leads')
    expect(JSON.stringify(form.view)).toContain('Only they hear of it')
    await sandbox.as('margit').submit({ people: [id('ann')], reason: 'the quiet room' })
    const confirmation = await toldOf('margit', 'is on its way')
    await world.settled()
    expect(card('the quiet room', '#kudos')).toBeUndefined()
    expect(notes('ann', 'the quiet room')).toHaveLength(1)
    if (!confirmation) throw new Error('no confirmation')
    await sandbox.as('margit').click(confirmation, 'kudos.post')
    await world.settled()
    expect(card('the quiet room', '#kudos')).toBeDefined()
  })
})

describe('"Only they see it"', () => {
  it('is a note to each, and nothing else anywhere', async () => {
    const { sandbox } = world
    const before = sandbox.calls.length
    await openForm('noor')
    await sandbox
      .as('noor')
      .submit({ people: [id('ann'), id('dede')], reason: 'the secret #teamwork', private: ['yes'] })
    const confirmation = await toldOf('noor', 'Only they see it')
    expect(JSON.stringify(confirmation?.blocks)).not.toContain('kudos.post')
    await world.settled()
    for (const name of ['ann', 'dede']) {
      expect(notes(name, 'the secret')).toHaveLength(1)
      expect(JSON.stringify(notes(name, 'the secret')[0]?.blocks)).toContain(':lock:')
    }
    // Not in what was said to anybody else, nor in any channel.
    const said = sandbox.calls.slice(before).filter(({ args }) => JSON.stringify(args).includes('the secret'))
    const targets = said.filter(({ method }) => method === 'chat.postMessage').map(({ args }) => args.channel)
    expect(targets.sort()).toEqual([id('ann'), id('dede')].sort())
    expect(said.filter(({ method }) => method !== 'chat.postMessage')).toEqual([])
    expect((await world.given('noor'))[0]).toMatchObject({ isPrivate: true, saidIn: null, value: 'teamwork' })
  })
})

describe('value tags', () => {
  it('in a command are a label at the end, stay in a sentence, and unknown ones are just text', async () => {
    const { sandbox } = world
    for (const [text, reason, value] of [
      ['@ann for holding on #Teamwork', 'holding on', 'teamwork'],
      ['@ann for real #craft in the parser', 'real #craft in the parser', 'craft'],
      ['@ann for the last one #bravery', 'the last one #bravery', null],
    ] as const) {
      await sandbox.as('yuki').command('#general', '/kudos', text)
      expect((await world.given('yuki'))[0]).toMatchObject({ reason, value })
    }
    await world.settled()
  })
})
