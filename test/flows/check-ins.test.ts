import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAvoided, readParticipation } from '../../src/workspace/participation-store.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { findTeam, saveTeamClaims } from '../../src/workspace/team-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const part = (name: string) => world.stored((tenant) => readParticipation(tenant, id(name)))
const team = (name: string) => world.stored((tenant) => findTeam(tenant, id(name)))
const formOf = (name: string, callbackId: string) =>
  eventually(`${callbackId} for ${name}`, () => world.sandbox.view(name)?.view.callback_id === callbackId)
const say = async (name: string, text: string) => {
  await world.sandbox.as(name).command('#general', '/smallacts', text)
  return world.told(name)?.text ?? ''
}
/** A channel in which somebody can type. */
function channelOf(name: string): string {
  const { conversations } = world.sandbox.as(name).sees()
  const [channel] = conversations.filter(({ kind, members }) => kind !== 'im' && members.includes(id(name)))
  if (!channel) throw new Error(`${name} is in no channel`)
  return channel.id
}
async function join(name: string, values = {}) {
  await world.sandbox.as(name).command(channelOf(name), '/smallacts', 'join')
  await formOf(name, 'home.join-form')
  await world.sandbox.as(name).submit(values)
  const answer = JSON.stringify(world.sandbox.view(name)?.view ?? null)
  if (world.sandbox.view(name)) await world.sandbox.as(name).close()
  return answer
}

describe('joining', () => {
  it('is a click on a form that says what it is, and asks for the team when none is known', async () => {
    const { sandbox } = world
    await sandbox.as('noor').openHome()
    await world.homeOf('noor', 'Join check-ins')
    await sandbox.as('noor').click('home', 'home.join')
    await formOf('noor', 'home.join-form')
    const form = JSON.stringify(sandbox.view('noor')?.view)
    expect(form).toContain('15 minutes')
    expect(form).toContain('For example')
    expect(form).toContain('Which team are you on?')
    expect((await part('noor')).joined).toBe(false)
    await sandbox.as('noor').submit({ team: '  Platform\u00a0 ' })
    await world.homeOf('noor', 'You are in.')
    expect((await part('noor')).joined).toBe(true)
    expect(await team('noor')).toEqual({ name: 'Platform', source: 'self' })
    await sandbox.as('noor').close()
    expect(await say('noor', 'join')).toContain('You are in already')
  })

  it('is not for guests unless the workspace says so, and never for those of a single channel', async () => {
    for (const name of ['paulo', 'nils']) {
      await world.sandbox.as(name).command(channelOf(name), '/smallacts', 'join')
      expect(world.told(name)?.text).toContain('for the members')
      expect((await part(name)).joined).toBe(false)
    }
    await world.stored((tenant) => saveSettings(tenant, { 'check-ins.guests': true }, null, new Date()))
    await join('paulo')
    expect((await part('paulo')).joined).toBe(true)
    await world.sandbox.as('nils').command(channelOf('nils'), '/smallacts', 'join')
    expect((await part('nils')).joined).toBe(false)
  })
})

describe('/smallacts', () => {
  it('helps, and says when it did not understand', async () => {
    expect(await say('ann', '')).toContain('/smallacts join')
    expect(await say('ann', 'help')).toContain('/smallacts join')
    expect(await say('ann', 'dance')).toContain('was not understood')
  })

  it('does nothing for somebody who has not joined, and says what to do', async () => {
    for (const word of ['leave', 'skip', 'pause 2 weeks', 'resume']) {
      expect(await say('bram', word)).toContain('You have not joined')
    }
    expect(await part('bram')).toMatchObject({ joined: false, pausedUntil: null })
  })

  it('pauses, skips, resumes and leaves', async () => {
    await join('ann')
    expect(await say('ann', 'pause 2 weeks')).toContain('paused until')
    const { pausedUntil } = await part('ann')
    expect(pausedUntil).toBeInstanceOf(Date)
    expect(await say('ann', 'pause')).toContain('until you say so')
    expect((await part('ann')).pausedUntil).toBe('until I say so')
    await world.sandbox.as('ann').openHome()
    await world.homeOf('ann', 'Paused until you say so')
    expect(await say('ann', 'resume')).toContain('in again')
    expect((await part('ann')).pausedUntil).toBeNull()
    expect(await say('ann', 'skip')).toContain('goes by without you')
    expect((await part('ann')).skipsNext).toBe(true)
    expect(await say('ann', 'pause until 2020-01-01')).toContain('That day is over')
    expect(await say('ann', 'leave')).toContain('You have left')
    expect(await part('ann')).toMatchObject({ joined: false, skipsNext: false })
  })

  it('keeps the avoid list to its owner', async () => {
    const { sandbox } = world
    expect(await say('lena', `avoid @ann and @kofi`)).toContain(`<@${id('ann')}> and <@${id('kofi')}>`)
    expect(await world.stored((tenant) => listAvoided(tenant, id('lena')))).toEqual([id('ann'), id('kofi')].sort())
    await sandbox.as('lena').openHome()
    await world.homeOf('lena', '2 people')
    for (const name of ['ann', 'kofi', 'margit']) {
      await sandbox.as(name).openHome()
      const home = await world.homeOf(name, 'Yours to decide')
      expect(home).toContain('You avoid nobody')
      expect(home).not.toContain(id('lena'))
    }
    await sandbox.as('lena').click('home', 'home.avoid')
    await formOf('lena', 'home.avoid-form')
    await sandbox.as('lena').submit({ people: [id('kofi')] })
    await world.homeOf('lena', 'One person')
    expect(await world.stored((tenant) => listAvoided(tenant, id('lena')))).toEqual([id('kofi')])
  })

  it('takes what somebody says of their team, unless an admin set it', async () => {
    expect(await say('kofi', 'team Design & Care')).toContain('Design &amp; Care')
    expect(await team('kofi')).toEqual({ name: 'Design & Care', source: 'self' })
    await world.stored((tenant) =>
      saveTeamClaims(tenant, 'admin', [{ memberId: id('kofi'), team: 'Platform' }], new Date()),
    )
    expect(await say('kofi', 'team Growth')).toContain('An admin set your team: Platform')
    expect(await team('kofi')).toEqual({ name: 'Platform', source: 'admin' })
  })

  it('passes feedback on to the admins, once', async () => {
    const { sandbox } = world
    expect(await say('tomas', 'feedback more of this <!channel>')).toContain('Thank you')
    const command = sandbox.deliveries.filter(({ kind }) => kind === 'command').at(-1)
    if (command) await sandbox.repeat(command)
    await world.settled()
    for (const admin of ['margit', 'jonah']) {
      const got = sandbox.directMessages(admin).filter(({ text }) => text.includes('has feedback'))
      expect(got).toHaveLength(1)
      expect(JSON.stringify(got[0]?.blocks)).toContain('more of this')
    }
  })
})

it('everything that can be typed is on Home as well', async () => {
  const { sandbox } = world
  await join('arjun', { team: 'Growth' })
  await sandbox.as('arjun').openHome()
  const home = await world.homeOf('arjun', 'You are in.')
  for (const action of ['help', 'leave', 'pause', 'skip', 'avoid', 'team', 'hours', 'feedback']) {
    expect(home).toContain(`"home.${action}"`)
  }
  await sandbox.as('arjun').click('home', 'home.help')
  await formOf('arjun', 'workspace.answer')
  expect(JSON.stringify(sandbox.view('arjun'))).toContain('/smallacts join')
  await sandbox.as('arjun').close()
  await sandbox.as('arjun').click('home', 'home.skip')
  await world.homeOf('arjun', 'leave the next round out')
  await sandbox.as('arjun').click('home', 'home.resume')
  await world.homeOf('arjun', 'home.skip')
  await sandbox.as('arjun').click('home', 'home.pause')
  await formOf('arjun', 'home.pause-form')
  await sandbox.as('arjun').submit({ span: 'date' })
  expect(sandbox.view('arjun')?.errors.date).toContain('Choose the day')
  await sandbox.as('arjun').submit({ span: 'date', date: '2020-01-01' })
  expect(sandbox.view('arjun')?.errors.date).toContain('That day is over')
  const day = new Date(world.clock.now() + 20 * 24 * 3_600_000).toISOString().slice(0, 10)
  await sandbox.as('arjun').submit({ span: 'date', date: day })
  await world.homeOf('arjun', 'Paused until <!date')
  // The first moment of that day where he is.
  expect((await part('arjun')).pausedUntil).toEqual(new Date(`${day}T00:00:00+05:30`))
  await sandbox.as('arjun').click('home', 'home.leave')
  await world.homeOf('arjun', 'home.join')
  await sandbox.as('arjun').click('home', 'home.feedback')
  await formOf('arjun', 'home.feedback-form')
  await sandbox.as('arjun').submit({ text: 'Lovely' })
  await world.settled()
  const got = sandbox.directMessages('jonah').at(-1)
  expect(got?.text).toContain(`<@${id('arjun')}> has feedback`)
  await sandbox.as('arjun').close()
})

it('an away status counts as soon as that is switched on, and Home says so', async () => {
  const { sandbox } = world
  await join('lucia')
  await sandbox.as('lucia').openHome()
  await world.homeOf('lucia', 'You are in.')
  expect((await part('lucia')).awayUntil).toBeNull()
  await sandbox.as('lucia').click('home', 'home.hours')
  await formOf('lucia', 'home.hours-form')
  await sandbox.as('lucia').submit({ status: ['yes'] })
  await eventually('her holiday', async () => (await part('lucia')).awayUntil instanceof Date)
  await sandbox.as('lucia').openHome()
  await world.homeOf('lucia', 'Your status in Slack says that you are away')
  await sandbox.as('lucia').setStatus('', '')
  await eventually('her return', async () => (await part('lucia')).awayUntil === null)
})

describe('working hours', () => {
  it('are said on Home, and checked', async () => {
    const { sandbox } = world
    await sandbox.as('mei').openHome()
    await world.homeOf('mei', 'Mon, Tue, Wed, Thu, Fri, 09:00 to 17:00')
    await sandbox.as('mei').click('home', 'home.hours')
    await formOf('mei', 'home.hours-form')
    await sandbox.as('mei').submit({ from: '18:00', until: '10:00' })
    expect(sandbox.view('mei')?.errors.until).toContain('the end comes after the beginning')
    await sandbox.as('mei').submit({ days: ['1', '3'], from: '10:30', until: '15:00', status: ['yes'] })
    await world.homeOf('mei', 'Mon, Wed, 10:30 to 15:00')
    await world.homeOf('mei', 'An away status in Slack counts')
    expect((await part('mei')).joined).toBe(false)
  })
})
