import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeliveries } from '../../src/kudos/delivery-store.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const cards = (channel: string) => world.sandbox.messages(channel, { app: true })
const told = (name: string) => world.told(name)
const kudosOf = (name: string) => world.given(name)

describe('/kudos in a public channel', () => {
  it('confirms, shows one card, and writes a note to each person thanked', async () => {
    const { sandbox } = world
    const seen = await sandbox.as('noor').command('#general', '/kudos', '@ann @kofi for unblocking the release')
    expect(seen).toMatchObject({ ok: true, status: 200 })
    const confirmation = told('noor')
    expect(confirmation?.text).toContain(`<@${id('ann')}> and <@${id('kofi')}> is on its way`)
    await world.settled()

    const [card, ...more] = cards('#general')
    expect(more).toEqual([])
    expect(card?.text).toBe(`<@${id('noor')}> thanks <@${id('ann')}> and <@${id('kofi')}>: unblocking the release`)
    for (const name of ['ann', 'kofi']) {
      const notes = sandbox.directMessages(name)
      expect(notes).toHaveLength(1)
      expect(notes[0]?.text).toContain('thanks you')
      expect(notes[0]?.text).toContain('unblocking the release')
      // The first note says how to stop them.
      expect(JSON.stringify(notes[0]?.blocks)).toContain('/kudos notes off')
    }
  })

  it('says how to stop the notes in the first one alone', async () => {
    const { sandbox } = world
    await sandbox.as('noor').command('#general', '/kudos', '@ann for a second thing')
    await world.settled()
    const note = sandbox.directMessages('ann').at(-1)
    expect(note?.text).toContain('a second thing')
    expect(JSON.stringify(note?.blocks)).not.toContain('notes off')
  })

  it('asks nothing of Slack before it answers', async () => {
    const { sandbox } = world
    const before = sandbox.calls.length
    const seen = await sandbox.as('noor').command('#general', '/kudos', 'help')
    expect(seen.status).toBe(200)
    expect(sandbox.calls.length).toBe(before)
  })

  it('expands a user group', async () => {
    const { sandbox } = world
    const members = sandbox.group('design').users
    await sandbox.as('noor').command('#general', '/kudos', '@design for the icons')
    await world.settled()
    const card = cards('#general').at(-1)
    for (const member of members) expect(card?.text).toContain(`<@${member}>`)
  })
})

describe('/kudos where others may not know', () => {
  const places = ['#team-leads', '#ext-inkwell', '#design-crit']

  it.each(places)('writes notes only: %s', async (place) => {
    const { sandbox } = world
    if (place === '#design-crit') await sandbox.as('noor').join(place)
    const before = sandbox.directMessages('tomas').length
    const seen = await sandbox.as('noor').command(place, '/kudos', `@tomas for the thing in ${place.slice(1)}`)
    expect(seen.ok).toBe(true)
    await world.settled()
    expect(cards(place)).toEqual([])
    const note = sandbox.directMessages('tomas').at(-1)
    expect(sandbox.directMessages('tomas')).toHaveLength(before + 1)
    expect(note?.text).not.toContain(sandbox.channel(place.slice(1)).id)
    const [kudos] = await kudosOf('noor')
    expect(kudos?.saidIn).toBeNull()
  })

  it('also in a direct message; and the giver may have it shown in the kudos channel, once', async () => {
    const { sandbox } = world
    const direct = await sandbox.as('noor').direct('ann')
    await sandbox.as('noor').command(direct, '/kudos', '@ann for listening')
    expect(JSON.stringify(told('noor')?.blocks)).not.toContain('kudos.post')

    await world.stored((tenant) =>
      saveSettings(tenant, { 'kudos.channel': sandbox.channel('kudos').id }, null, new Date()),
    )
    await sandbox.as('noor').command(direct, '/kudos', '@ann for listening twice')
    await world.settled()
    const before = cards('#kudos').length
    const confirmation = told('noor')
    if (!confirmation) throw new Error('no confirmation')
    await sandbox.as('noor').click(confirmation, 'kudos.post')
    await sandbox.repeat(sandbox.deliveries.at(-1) as never)
    await world.settled()
    expect(
      cards('#kudos')
        .slice(before)
        .map((card) => card.text),
    ).toEqual([`<@${id('noor')}> thanks <@${id('ann')}>: listening twice`])
  })
})

describe('/kudos refused', () => {
  it.each([
    ['oneself', () => '@noor for being me', 'somebody else'],
    ['the app', () => `<@${world.sandbox.app.botUser}|smallacts> for posting`, 'messenger'],
    ['another bot', () => '@shipbot for shipping', 'is an app'],
    ['somebody who left', () => `<@${id('piotr')}|piotr> for the old days`, 'has left'],
    ['somebody of another organisation', () => '@ottoline for the prints', 'another organisation'],
    ['a name that is no mention', () => '@annn for staying', 'pick the name'],
    ['nobody', () => 'for staying', 'pick the name'],
    ['no reason', () => '@ann', 'Say what for'],
    ['too long a reason', () => `@ann for ${'x'.repeat(1_001)}`, '1,000 characters'],
    ['more than ten people', () => '@operations @growth @platform for everything', 'at most 10 people'],
  ])('for %s, with a sentence that says what to do', async (_what, text, expected) => {
    const before = (await kudosOf('noor')).length
    const seen = await world.sandbox.as('noor').command('#general', '/kudos', text())
    expect(seen.ok).toBe(true)
    expect(told('noor')?.text).toContain(expected)
    expect((await kudosOf('noor')).length).toBe(before)
  })

  it('for a group with nobody in it to thank', async () => {
    const { sandbox } = world
    const group = await sandbox.addGroup({ handle: 'left', name: 'Left', users: [id('piotr'), id('noor')] })
    await world.settled()
    const seen = await sandbox.as('noor').command('#general', '/kudos', `<!subteam^${group.id}|@left> for the old days`)
    expect(seen.ok).toBe(true)
    expect(told('noor')?.text).toContain('Nobody in that group')
  })

  it('in part: the rest is given, and both are said', async () => {
    const { sandbox } = world
    await sandbox.as('noor').command('#general', '/kudos', `@ann @noor <@${id('piotr')}|piotr> for the partly possible`)
    const answer = JSON.stringify(told('noor')?.blocks)
    expect(answer).toContain('is on its way')
    expect(answer).toContain('somebody else')
    expect(answer).toContain('has left')
    const [kudos] = await kudosOf('noor')
    expect(kudos?.recipients).toEqual([id('ann')])
  })
})

describe('the reason', () => {
  it('is shown as it was meant, and notifies nobody but the people named', async () => {
    const { sandbox } = world
    const reason = 'the fix @kofi @design @channel #random https://example.com/a?b=1&c=2 `rm -rf` :tada: <b>שלום</b>'
    await sandbox.as('noor').command('#general', '/kudos', `@ann for ${reason}`)
    await world.settled()
    // Not the last: what is given in the same tenth of a second is posted in no order.
    const ofThis = ({ blocks }: SlackMessage) => JSON.stringify(blocks).includes('rm -rf')
    const card = cards('#general').find(ofThis)
    if (!card) throw new Error('no card')
    expect([...sandbox.notified(card)].sort()).toEqual([id('ann'), id('noor')].sort())
    const note = sandbox.directMessages('ann').find(ofThis)
    if (!note) throw new Error('no note')
    expect([...sandbox.notified(note)]).toContain(id('ann'))
    expect([...sandbox.notified(note)]).not.toContain(id('kofi'))
    expect(JSON.stringify(card.blocks)).toContain('שלום')
    expect(JSON.stringify(card.blocks)).toContain('https://example.com/a?b=1&c=2')
  })
})

it('the ledger says where each message is', async () => {
  const { sandbox } = world
  await sandbox.as('noor').command('#general', '/kudos', '@kofi for the ledger')
  await world.settled()
  const [kudos] = await kudosOf('noor')
  const rows = await world.stored((tenant) => listDeliveries(tenant, kudos?.id ?? ''))
  const card = cards('#general').at(-1)
  const note = sandbox.directMessages('kofi').at(-1)
  expect(rows).toMatchObject([
    { kind: 'card', state: 'sent', channel: card?.channel, ts: card?.ts },
    { kind: 'note', state: 'sent', channel: note?.channel, ts: note?.ts },
  ])
  expect(note?.channel).toMatch(/^D/)
})
