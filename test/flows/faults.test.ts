import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listDeliveries } from '../../src/kudos/delivery-store.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())
beforeEach(() => world.sandbox.faults.clear())

const id = (name: string) => world.sandbox.person(name).id
const say = (text: string, channel = '#general') => world.sandbox.as('noor').command(channel, '/kudos', text)
const answers = () => world.sandbox.ephemerals('noor').map((message) => message.text)
const kudosOf = (name: string) => world.given(name)
const ledger = async () => {
  const [kudos] = await kudosOf('noor')
  return await world.stored((tenant) => listDeliveries(tenant, kudos?.id ?? ''))
}
const cards = (reason: string, channel = '#general') =>
  world.sandbox.messages(channel, { app: true }).filter((card) => card.text.includes(reason))
const notes = (name: string, reason: string) =>
  world.sandbox.directMessages(name).filter((note) => note.text.includes(reason))

describe('when Slack', () => {
  it('answers 500, the message goes out a little later, once', async () => {
    world.sandbox.faults.api('chat.postMessage', { status: 500 }, 1)
    await say('@ann for the five hundred')
    await eventually('the card', () => cards('the five hundred').length > 0)
    await world.settled()
    expect(cards('the five hundred')).toHaveLength(1)
    expect(notes('ann', 'the five hundred')).toHaveLength(1)
  })

  it('answers 429, it is tried again after as long as it says, and not before', async () => {
    const { sandbox } = world
    sandbox.faults.api('chat.postMessage', { status: 429, retryAfter: 2 }, 1)
    const from = sandbox.calls.length
    await say('@ann for the four two nine')
    await eventually('the note', () => notes('ann', 'the four two nine').length > 0)
    const posts = sandbox.calls.slice(from).filter(({ method }) => method === 'chat.postMessage')
    const [limited, next] = posts
    expect(limited?.status).toBe(429)
    expect((next?.at ?? 0) - (limited?.at ?? 0)).toBeGreaterThanOrEqual(1_900)
    expect(posts.length).toBe(3)
  })

  it('answers 429 while the directory is read, the reading goes on where it was', async () => {
    const { sandbox } = world
    sandbox.faults.api('users.list', { status: 429, retryAfter: 1 }, 1)
    const from = sandbox.calls.length
    await world.restart()
    await eventually('the list', () =>
      sandbox.calls.slice(from).some(({ method, status }) => method === 'users.list' && status === 200),
    )
  })

  it('does not take what we post, an operator hears of it at once, and the giver too', async () => {
    const { sandbox } = world
    sandbox.faults.api('chat.postMessage', { error: 'invalid_blocks' }, 1)
    const from = sandbox.calls.length
    await say('@ann for the invalid')
    await eventually('the word to the giver', () => answers().some((text) => text.includes('could not be shown')))
    await world.settled()
    expect((await ledger()).map(({ kind, state, problem }) => [kind, state, problem])).toEqual([
      ['card', 'failed', 'invalid_blocks'],
      ['note', 'sent', null],
    ])
    expect(sandbox.calls.slice(from).filter(({ method }) => method === 'chat.postMessage')).toHaveLength(2)
  })

  it('cuts the connection before it did anything, nothing is lost', async () => {
    world.sandbox.faults.api('chat.postMessage', { cut: 'before' }, 1)
    await say('@ann for the cut')
    await eventually('the card', () => cards('the cut').length === 1)
  })
})

describe('when the place is gone', () => {
  it('the app was removed without a word: the giver hears it, and may have it shown elsewhere', async () => {
    const { sandbox } = world
    await world.stored((tenant) =>
      saveSettings(tenant, { 'kudos.channel': sandbox.channel('kudos').id }, null, new Date()),
    )
    await sandbox.leave('#release', sandbox.app.botUser, true)
    await sandbox.as('noor').join('#release')
    await say('@ann for the vanished', '#release')
    await world.settled()
    expect(await ledger()).toMatchObject([
      { kind: 'card', state: 'gone' },
      { kind: 'note', state: 'sent' },
    ])
    const failure = sandbox
      .ephemerals('noor', '#release')
      .find((message) => message.text.includes('could not be shown'))
    if (!failure) throw new Error('the giver was not told')
    await sandbox.as('noor').click(failure, 'kudos.post')
    await world.settled()
    expect(cards('the vanished', '#kudos')).toHaveLength(1)

    // Known from now on: the next one is a note from the beginning.
    await say('@ann for the next', '#release')
    expect(answers().at(-1)).toBeDefined()
    await world.settled()
    expect((await ledger()).map(({ kind }) => kind)).toEqual(['note'])
  })

  it('the channel was archived, or the person left, in between: the rest goes on', async () => {
    const { sandbox } = world
    sandbox.faults.api(
      'chat.postMessage',
      { error: 'is_archived' },
      1,
      ({ channel }) => channel === sandbox.channel('random').id,
    )
    sandbox.faults.api('chat.postMessage', { error: 'user_disabled' }, 1, ({ channel }) => channel === id('tomas'))
    await sandbox.as('noor').join('#random')
    await say('@tomas @ann for the in-between', '#random')
    await world.settled()
    const states = (await ledger()).map(({ kind, target, state }) => [kind, target, state])
    expect(states).toContainEqual(['card', sandbox.channel('random').id, 'gone'])
    expect(states).toContainEqual(['note', id('tomas'), 'gone'])
    expect(states).toContainEqual(['note', id('ann'), 'sent'])
  })
})

describe('when the database', () => {
  it('is stopped: the person gets a sentence in time, nothing is half done, and it recovers by itself', async () => {
    const { sandbox, proxy } = world
    const before = await kudosOf('noor')
    await proxy.down()
    const seen = await say('@ann for the stopped')
    expect(seen).toMatchObject({ ok: true, status: 200 })
    expect(seen.ms).toBeLessThan(3_000)
    expect(answers()).toContainEqual(expect.stringContaining('nothing has changed'))
    expect((await fetch(`http://127.0.0.1:${world.app.port}/readyz`)).status).toBe(503)
    expect((await fetch(`http://127.0.0.1:${world.app.port}/healthz`)).status).toBe(200)
    proxy.up()
    expect(await kudosOf('noor')).toEqual(before)
    await eventually('readiness', async () => (await fetch(`http://127.0.0.1:${world.app.port}/readyz`)).ok)
    await say('@ann for the recovered')
    await eventually('the card', () => cards('the recovered').length === 1)
    expect(sandbox.messages('#general').some((message) => message.text.includes('the stopped'))).toBe(false)
  })

  it('says nothing at all: the person is told in time to look before trying again', async () => {
    const { proxy } = world
    proxy.silent()
    const seen = await say('@ann for the silent')
    expect(seen).toMatchObject({ ok: true, status: 200 })
    expect(seen.ms).toBeLessThan(3_000)
    expect(answers().join()).toMatch(/nothing has changed|look before you try again/)
    proxy.up()
    await eventually('readiness', async () => (await fetch(`http://127.0.0.1:${world.app.port}/readyz`)).ok)
    await say('@ann for the spoken')
    await eventually('the card', () => cards('the spoken').length === 1)
    expect((await kudosOf('noor')).some((kudos) => kudos.reason === 'the silent')).toBe(false)
  })

  it('has no connection to give: the person gets a sentence in time, and what waited goes out afterwards', async () => {
    const { sandbox, proxy } = world
    sandbox.faults.api('chat.postMessage', { status: 429, retryAfter: 1 }, 1)
    await say('@ann for being early')
    proxy.full()
    const seen = await say('@ann for the crowded')
    expect(seen).toMatchObject({ ok: true, status: 200 })
    expect(seen.ms).toBeLessThan(3_000)
    expect(world.told('noor')?.text).toContain('nothing has changed')
    proxy.up()
    await eventually('readiness', async () => (await fetch(`http://127.0.0.1:${world.app.port}/readyz`)).ok)
    await eventually('the card', () => cards('being early').length > 0, 60)
    await say('@ann for the roomy')
    await eventually('the card', () => cards('the roomy').length === 1)
    await world.settled()
    expect(cards('being early')).toHaveLength(1)
    expect((await kudosOf('noor')).some((kudos) => kudos.reason === 'the crowded')).toBe(false)
  })

  it('is away when an event arrives: Slack is asked to send it again', async () => {
    const { sandbox, proxy } = world
    await proxy.down()
    await sandbox.changePerson(id('kofi'), { kind: 'deactivated' })
    const event = sandbox.deliveries.findLast(({ name }) => name === 'user_change')
    expect(event?.status).toBe(500)
    proxy.up()
    await eventually('readiness', async () => (await fetch(`http://127.0.0.1:${world.app.port}/readyz`)).ok)
    if (event) expect((await sandbox.repeat(event)).status).toBe(200)
    await say(`<@${id('kofi')}|kofi> for the old days`)
    expect(answers()).toContainEqual(expect.stringContaining('has left'))
  })
})

it('a stop waits for what is being answered, and what is left is done after the next start', async () => {
  const { sandbox } = world
  let posting = false
  sandbox.faults.api('chat.postMessage', { hang: 500 }, 1, () => {
    posting = true
    return true
  })
  await say('@ann for the restart')
  await eventually('the card to be under way', () => posting)
  // Nor does it wait for what nobody has begun to post.
  await say('@ann for the next morning')
  await world.restart()
  await eventually('the card and the note', () =>
    ['the restart', 'the next morning'].every((reason) => cards(reason).length + notes('ann', reason).length === 2),
  )
})

describe('what is not from Slack', () => {
  const body = 'command=%2Fkudos&team_id=T1&text=help'
  it.each([
    ['unsigned', { headers: { 'x-slack-signature': '' } }],
    ['signed with another secret', { secret: 'f'.repeat(32) }],
    ['signed long ago', { timestamp: Math.floor(Date.now() / 1_000) - 301 }],
    ['signed in the future', { timestamp: Math.floor(Date.now() / 1_000) + 3_600 }],
  ])('is refused: %s', async (_what, how) => {
    expect((await world.sandbox.send({ body, ...how })).status).toBe(401)
  })

  it('or is from another workspace', async () => {
    const delivery = await world.sandbox.send({
      body: 'command=%2Fkudos&team_id=T0ELSEWHERE&user_id=U1&text=help&trigger_id=1.2.3',
    })
    expect(delivery.status).not.toBe(200)
  })
})
