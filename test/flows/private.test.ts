/** A private kudos is a note to those it is for, and nothing else anywhere, whatever happens to it. */
import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listReceived } from '../../src/kudos/store.ts'
import { createLog } from '../../src/platform/log.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const SECRET = 'how you spoke with my mother'
let world: World
let logged = ''
beforeAll(async () => {
  const log = createLog(
    'trace',
    new Writable({
      write(line, _encoding, done) {
        logged += line
        done()
      },
    }),
  )
  world = await createWorld({ log })
  const channel = world.sandbox.channel('#kudos').id
  await world.stored((tenant) => saveSettings(tenant, { 'kudos.channel': channel }, null, new Date()))
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const shown = ({ text, blocks }: SlackMessage) => JSON.stringify([text, blocks])
const noteOf = (name: string) =>
  eventually(`the note to ${name}`, () => world.sandbox.directMessages(name).find((one) => shown(one).includes(SECRET)))

/** Whoever was sent something that says this, by conversation; answers to a click by the person. */
function toldOf(words: string): string[] {
  const people = ['noor', 'ann', 'bram', 'kofi', 'margit', 'jonah']
  const channels = ['#general', '#kudos', '#random']
  const heard = people.filter((name) =>
    [...world.sandbox.directMessages(name), ...world.sandbox.ephemerals(name)].some((one) =>
      shown(one).includes(words),
    ),
  )
  return [
    ...heard,
    ...channels.filter((name) => world.sandbox.messages(name).some((one) => shown(one).includes(words))),
  ]
}

it('is told to those it is for, and to nobody else', async () => {
  const { sandbox } = world
  await sandbox.as('noor').command('#general', '/kudos')
  await eventually('the form', () => sandbox.view('noor'))
  await sandbox
    .as('noor')
    .submit({ people: [id('ann'), id('bram')], reason: SECRET, private: { type: 'options', values: ['yes'] } })
  await world.settled()
  expect(toldOf(SECRET)).toEqual(['ann', 'bram'])
  const [kudos] = await world.given('noor')
  expect(kudos).toMatchObject({ isPrivate: true, saidIn: null, reason: SECRET })
})

it('passed on, says nothing of where it came from', async () => {
  const { sandbox } = world
  await sandbox.as('ann').click(await noteOf('ann'), 'kudos.pass-on')
  await eventually('the form', () => sandbox.view('ann'))
  await sandbox.as('ann').submit({ people: [id('kofi')], reason: 'the next link' })
  await world.settled()
  const [next] = await world.stored((tenant) => listReceived(tenant, id('kofi'), 1))
  const [first] = await world.given('noor')
  expect(next?.passedOnFrom).toBe(first?.id)
  expect(toldOf(SECRET)).toEqual(['ann', 'bram'])
  const about = sandbox
    .messages('#kudos')
    .concat(sandbox.directMessages('kofi'))
    .filter((one) => shown(one).includes('the next link'))
  expect(about.length).toBe(2)
  for (const one of about) expect(shown(one)).not.toContain(id('noor'))
})

it('reported without its text, tells an admin who reports it and what they say, not the text, the giver or the others', async () => {
  const { sandbox } = world
  await sandbox.as('ann').click(await noteOf('ann'), 'kudos.more', `report ${(await world.given('noor'))[0]?.id}`)
  await eventually('the form', () => sandbox.view('ann'))
  await sandbox.as('ann').submit({ complaint: 'It is not for them to say.' })
  const report = await eventually('the report', () =>
    sandbox.directMessages('margit').find((one) => shown(one).includes('not for them to say')),
  )
  for (const hidden of [SECRET, id('noor'), id('bram')]) expect(shown(report)).not.toContain(hidden)
  expect(shown(report)).not.toContain('kudos.remove')
  await sandbox.as('ann').close()
  expect(toldOf(SECRET)).toEqual(['ann', 'bram'])
})

it('is on nobody’s Home but theirs, and in no log however much is logged', async () => {
  const { sandbox } = world
  for (const name of ['margit', 'jonah', 'kofi']) {
    await sandbox.as(name).openHome()
    expect(await world.homeOf(name, 'Yours to decide')).not.toContain(SECRET)
  }
  await sandbox.as('ann').openHome()
  await world.homeOf('ann', SECRET)
  sandbox.faults.api('views.publish', { status: 500 }, 1)
  await sandbox.as('ann').openHome()
  await world.settled()
  expect(logged.includes('kudos.delivered')).toBe(true)
  for (const hidden of [SECRET, 'not for them to say', 'the next link']) expect(logged.includes(hidden)).toBe(false)
  const { botToken, appToken, signingSecret } = sandbox
  for (const secret of [botToken, appToken, signingSecret, '/response/']) expect(logged.includes(secret)).toBe(false)
})

it('withdrawn, is gone for those who had it', async () => {
  const { sandbox } = world
  await sandbox.as('noor').command('#random', '/kudos', 'given')
  const list = world.told('noor')
  if (!list) throw new Error('no list')
  expect(shown(list)).toContain(':lock:')
  const [kudos] = await world.given('noor')
  await sandbox.as('noor').click(list, 'kudos.withdraw')
  await world.settled()
  expect(kudos?.reason).toBe(SECRET)
  expect(
    sandbox
      .directMessages('ann')
      .concat(sandbox.directMessages('bram'))
      .filter((one) => shown(one).includes(SECRET)),
  ).toEqual([])
})

it('comes to somebody who has paused check-ins, as every kudos does', async () => {
  const { sandbox } = world
  await sandbox.as('lena').command('#general', '/smallacts', 'join')
  await eventually('the form', () => sandbox.view('lena'))
  await sandbox.as('lena').submit({ team: 'Design' })
  await sandbox.as('lena').command('#general', '/smallacts', 'pause 2 weeks')
  expect(world.told('lena')?.text).toMatch(/paus/i)
  await sandbox.as('noor').command('#general', '/kudos', '@lena for resting well')
  await world.settled()
  expect(sandbox.directMessages('lena').filter((one) => shown(one).includes('resting well'))).toHaveLength(1)
  expect(sandbox.messages('#general').filter((one) => shown(one).includes('resting well'))).toHaveLength(1)
})
