/** Somebody has what is kept about them sent, and is forgotten, from Slack, alone. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReceived } from '../../src/kudos/store.ts'
import { FORGET_FORM } from '../../src/own-data/messages.ts'
import { saveAvoided, saveParticipation } from '../../src/workspace/participation-store.ts'
import { eventually } from '../support/eventually.ts'
import { formOf } from '../support/forms.ts'
import { tablesNaming } from '../support/tables.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const say = (who: string, text: string) => world.sandbox.as(who).command('#general', '/kudos', text)
const cards = () => JSON.stringify(world.sandbox.messages('#general', { app: true }).map(({ blocks }) => blocks))
const notesOf = (name: string) => JSON.stringify(world.sandbox.directMessages(name).map(({ blocks }) => blocks))

/** The code blocks of somebody's direct messages, put together. */
const exported = (name: string): string =>
  world.sandbox
    .directMessages(name)
    .flatMap(({ blocks = [] }) => blocks)
    .flatMap((block) => (block as { elements?: { type: string; elements?: { text: string }[] }[] }).elements ?? [])
    .filter(({ type }) => type === 'rich_text_preformatted')
    .flatMap(({ elements = [] }) => elements.map(({ text }) => text))
    .join('')

describe('an export', () => {
  it('is one JSON document, however many messages it takes', async () => {
    const { sandbox } = world
    for (let one = 0; one < 25; one += 1) await say('noor', `@lena for thing ${one}, ${'and so on '.repeat(60)}`)
    await world.settled()
    await sandbox.as('noor').command('#general', '/smallacts', 'export')
    await world.settled()
    const messages = sandbox.directMessages('noor').filter(({ text }) => text.startsWith('What Small Acts keeps'))
    expect(messages.length).toBeGreaterThan(1)
    const all = JSON.parse(exported('noor'))
    expect(all).toMatchObject({ member: id('noor'), directory: { kind: 'member' } })
    expect(all.kudosGiven).toHaveLength(25)
    expect(all.kudosGiven[24]).toMatchObject({ to: [id('lena')], words: expect.stringContaining('thing 24') })
    expect(exported('lena')).toBe('')
  })

  it('is a button on the Home tab as well', async () => {
    const { sandbox } = world
    await sandbox.as('kofi').openHome()
    await world.homeOf('kofi', 'own-data.export')
    const block = sandbox.home('kofi')?.view.blocks.find((one) => JSON.stringify(one).includes('own-data.export'))
    await sandbox.as('kofi').click('home', 'own-data.export', undefined, block?.block_id)
    await world.settled()
    expect(JSON.parse(exported('kofi'))).toMatchObject({ member: id('kofi') })
  })
})

it('an export that Slack opens no answer for is said to be on its way all the same, and comes once', async () => {
  const { sandbox } = world
  await sandbox.as('tomas').openHome()
  await world.homeOf('tomas', 'own-data.export')
  const block = sandbox.home('tomas')?.view.blocks.find((one) => JSON.stringify(one).includes('own-data.export'))
  sandbox.faults.api('views.open', { error: 'internal_error' }, 1)
  await sandbox.as('tomas').click('home', 'own-data.export', undefined, block?.block_id)
  await world.settled()
  const said = sandbox.directMessages('tomas').map(({ text }) => text)
  expect(said.filter((text) => text.startsWith('Everything Small Acts keeps'))).toHaveLength(1)
  expect(JSON.stringify(said)).not.toContain('nothing has changed')
  expect(JSON.parse(exported('tomas'))).toMatchObject({ member: id('tomas') })
})

describe('being forgotten', () => {
  it('also ends an export that is under way, and takes away what Slack has of it', async () => {
    const { sandbox, database } = world
    for (let one = 0; one < 25; one += 1) await say('mei', `@lena for deed ${one}, ${'and so on '.repeat(60)}`)
    await world.settled()
    let isHeld = false
    sandbox.faults.api('chat.postMessage', { hang: 2_000 }, 1, (args) => {
      const isExport = JSON.stringify(args).includes('What Small Acts keeps')
      isHeld ||= isExport
      return isExport
    })
    // Taking it away does not work at once either.
    sandbox.faults.api('chat.delete', { status: 500 }, 1)
    await sandbox.as('mei').command('#general', '/smallacts', 'export')
    await eventually('the first part to be under way', () => isHeld)
    await sandbox.as('mei').command('#general', '/smallacts', 'forget me')
    await formOf(world, 'mei', FORGET_FORM)
    await sandbox.as('mei').submit({})
    await eventually('her to be told', () => notesOf('mei').includes('has forgotten you'))
    const asked = (method: string, words: string) =>
      sandbox.calls.findLastIndex((call) => call.method === method && JSON.stringify(call.args).includes(words))
    await eventually('the part to be taken away', () => {
      const [posted, removed] = [asked('chat.postMessage', 'What Small Acts keeps'), asked('chat.delete', '')]
      return posted >= 0 && removed > posted && exported('mei') === ''
    })
    await world.settled()
    expect(exported('mei')).toBe('')
    expect(await tablesNaming(database.db, id('mei'), ['pgboss.job'])).toEqual([])
    const { rows } = await sql<{ name: string }>`
      select name from pgboss.job where data::text like ${`%${id('mei')}%`}`.execute(database.db)
    expect(rows.map(({ name }) => name)).not.toContain('own-data.export')
  })

  it('takes a person out of every table, and out of cards and others’ notes; the kudos they wrote stay unsigned', async () => {
    const { sandbox, database } = world
    await say('ann', '@vikram for a thing that stays')
    await say('vikram', '@ann for words to ann alone')
    await say('vikram', '@ann @lena for words to both')
    const message = await sandbox.as('vikram').post('#general', 'ann did it')
    expect(message.ts).not.toBe('')
    await world.stored(async (tenant) => {
      await saveParticipation(tenant, id('ann'), { joined: true }, new Date())
      await saveAvoided(tenant, id('ann'), [id('kofi')], new Date())
      await saveAvoided(tenant, id('kofi'), [id('ann')], new Date())
    })
    await sandbox.as('ann').command('#general', '/smallacts', 'feedback I like it')
    await world.settled()
    expect(notesOf('ann')).toContain('words to ann alone')
    await sandbox.as('ann').command('#general', '/smallacts', 'export')
    await world.settled()
    expect(exported('ann')).toContain('words to ann alone')

    await sandbox.as('ann').command('#general', '/smallacts', 'forget me')
    await formOf(world, 'ann', FORGET_FORM)
    await sandbox.as('ann').submit({})
    await world.settled()

    expect(await tablesNaming(database.db, id('ann'), ['pgboss.job'])).toEqual([])
    expect(cards()).not.toContain(`<@${id('ann')}>`)
    expect(cards()).toContain('Somebody thanks')
    expect(cards()).not.toContain('words to ann alone')
    expect(cards()).toContain('words to both')
    expect(notesOf('vikram')).toContain('Somebody thanks you')
    expect(notesOf('vikram')).toContain('a thing that stays')
    expect(notesOf('ann')).not.toContain('words to ann alone')
    expect(notesOf('ann')).toContain('Small Acts has forgotten you')
    // What was exported before is nowhere any more, and nothing else of it.
    expect(exported('ann')).toBe('')
    expect(world.sandbox.directMessages('ann')).toHaveLength(1)
    expect(await world.given('vikram')).toHaveLength(2)
    await sandbox.as('vikram').openHome()
    await world.homeOf('vikram', 'From somebody')
  })

  it('leaves somebody new, who can begin again', async () => {
    await say('vikram', '@ann for coming back')
    await world.settled()
    expect(notesOf('ann')).toContain('coming back')
    expect(await world.given('ann')).toEqual([])
    await say('ann', '@vikram for waiting')
    await world.settled()
    const received = await world.stored((tenant) => listReceived(tenant, id('vikram'), 10))
    expect(received.map(({ giver }) => giver === id('ann'))).toEqual([true, false])
  })

  it('takes what they wrote with them, when they tick it, and twice is once', async () => {
    const { sandbox, database } = world
    await say('kofi', '@noor for a thing that goes')
    await world.settled()
    expect(cards()).toContain('a thing that goes')
    await sandbox.as('kofi').openHome()
    await world.homeOf('kofi', 'own-data.forget')
    const block = sandbox.home('kofi')?.view.blocks.find((one) => JSON.stringify(one).includes('own-data.forget'))
    await sandbox.as('kofi').click('home', 'own-data.forget', undefined, block?.block_id)
    await formOf(world, 'kofi', FORGET_FORM)
    await sandbox.as('kofi').submit({ written: ['yes'] })
    const submitted = sandbox.deliveries.findLast(({ kind }) => kind === 'view_submission')
    await world.settled()
    if (submitted) await sandbox.repeat(submitted)
    await world.settled()
    expect(await tablesNaming(database.db, id('kofi'), ['pgboss.job'])).toEqual([])
    expect(cards()).not.toContain('a thing that goes')
    expect(notesOf('noor')).not.toContain('a thing that goes')
    const { rows } = await sql<object>`select from kudos where reason like '%a thing that goes%'`.execute(database.db)
    expect(rows).toEqual([])
  })

  it('is nothing that happens by closing the form', async () => {
    const { sandbox, database } = world
    await say('vikram', '@lena for staying')
    await world.settled()
    await sandbox.as('lena').command('#general', '/smallacts', 'forget me')
    await formOf(world, 'lena', FORGET_FORM)
    await sandbox.as('lena').close()
    await world.settled()
    expect(await tablesNaming(database.db, id('lena'))).toContain('kudos_recipient')
  })
})
