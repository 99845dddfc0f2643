import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../src/platform/platform.ts'
import { saveParticipation } from '../../src/workspace/participation-store.ts'
import { getSetting, listSettingChanges } from '../../src/workspace/settings-store.ts'
import { findTeam, saveTeamClaims, teamsAt } from '../../src/workspace/team-store.ts'
import { eventually } from '../support/eventually.ts'
import { formOf, openForm, optionsOf } from '../support/forms.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const team = (name: string) => world.stored((tenant) => findTeam(tenant, id(name)))
const asked = () => world.sandbox.calls.filter(({ method }) => method === 'users.profile.get')
const open = (name: string, action: string) => openForm(world, name, action)

describe('a field of profiles', () => {
  it('is offered once the scope is granted, and the checklist says what it would add', async () => {
    const { sandbox } = world
    await open('margit', 'settings.teams')
    expect(JSON.stringify(sandbox.view('margit'))).not.toContain('Profile field')
    await sandbox.as('margit').close()
    expect(await world.homeOf('margit', 'users.profile:read')).toContain(
      'teams can come from a field of their profiles',
    )

    await sandbox.control({ type: 'scope', scope: 'users.profile:read', on: true })
    await sandbox.as('margit').click('home', 'settings.look-again')
    await eventually(
      'the scope to be seen',
      () => !JSON.stringify(sandbox.home('margit')).includes('users.profile:read'),
    )
    await open('margit', 'settings.teams')
    expect(JSON.stringify(sandbox.view('margit'))).toContain('Department')
  })

  it('is asked of those alone who joined check-ins, when it is chosen, when they join, and once a day', async () => {
    const { sandbox } = world
    await world.stored((tenant) => saveParticipation(tenant, id('mei'), { joined: true }, instant(world.clock)))
    const department = optionsOf(world, 'margit', 'field').find(({ text }) => text === 'Department')?.value ?? ''
    await sandbox.as('margit').submit({ field: department })
    await eventually('the team of mei', async () => (await team('mei'))?.source === 'field')
    expect(await team('mei')).toEqual({ name: 'Product', source: 'field' })
    expect(asked().map(({ args }) => args.user)).toEqual([id('mei')])
    expect(await team('noor')).toBeNull()

    await sandbox.as('noor').command('#general', '/smallacts', 'join')
    await formOf(world, 'noor', 'home.join-form')
    await sandbox.as('noor').submit()
    await eventually('the team of noor', async () => (await team('noor'))?.name === 'Platform')
    expect(asked()).toHaveLength(2)
    await sandbox.as('noor').close()
    await sandbox.as('noor').openHome()
    await world.homeOf('noor', 'Your team is Platform.* It comes from your profile')

    world.clock.advance({ minutes: 25 * 60 })
    await world.app.timePassed(25 * 3_600_000)
    await eventually('both to be asked again', () => asked().length === 4)
    await world.settled()
  })

  it('gives way to what is stronger, and ends when the field is no longer chosen', async () => {
    const { sandbox } = world
    await world.stored((tenant) =>
      saveTeamClaims(tenant, 'group', [{ memberId: id('mei'), team: 'Guild' }], instant(world.clock)),
    )
    expect(await team('mei')).toEqual({ name: 'Guild', source: 'group' })
    await open('margit', 'settings.teams')
    await sandbox.as('margit').submit({ field: 'none' })
    await eventually('the field to go', () => world.stored(async (t) => (await getSetting(t, 'teams.field')) === null))
    expect(await team('noor')).toBeNull()
    expect(await team('mei')).toEqual({ name: 'Guild', source: 'group' })
  })

  it('waits for Slack’s rate limits, and asks nobody twice for it', async () => {
    const { sandbox } = world
    const people = sandbox
      .as('margit')
      .sees()
      .people.filter(({ kind }) => kind === 'member')
      .slice(0, 24)
    await world.stored(async (tenant) => {
      for (const { id } of people) await saveParticipation(tenant, id, { joined: true }, instant(world.clock))
    })
    const before = asked().length
    let calls = 0
    sandbox.faults.api('users.profile.get', { status: 429, retryAfter: 1 }, 1, () => {
      calls += 1
      return calls === 10
    })
    await open('margit', 'settings.teams')
    const options = optionsOf(world, 'margit', 'field')
    await sandbox.as('margit').submit({ field: options[1]?.value ?? '' })
    await eventually('all to be asked', () => asked().length - before >= 25)
    await world.settled()
    const users = asked()
      .slice(before)
      .map(({ args }) => args.user)
    // One of them was refused, and asked again.
    expect(users.length).toBe(new Set(users).size + 1)
  })
})

describe('the team of a person', () => {
  it('is set by an admin, who sees what it was and where it came from', async () => {
    const { sandbox } = world
    await world.stored((tenant) =>
      saveTeamClaims(tenant, 'self', [{ memberId: id('sofie'), team: 'Words' }], instant(world.clock)),
    )
    await open('margit', 'settings.person-team')
    await sandbox.as('margit').click('modal', 'settings.person-team-people', [id('sofie')])
    await eventually('her team', () =>
      JSON.stringify(sandbox.view('margit')).includes(': now on *Words*. They said so.'),
    )
    await sandbox.as('margit').submit({ 'settings.person-team-people': [id('sofie')], team: 'Growth' })
    expect(await team('sofie')).toEqual({ name: 'Growth', source: 'admin' })
    await sandbox.as('sofie').openHome()
    await world.homeOf('sofie', 'Your team is Growth.* An admin set it')
    const [last] = await world.stored((tenant) => listSettingChanges(tenant, 1))
    expect(last).toMatchObject({
      key: 'teams.person',
      previous: [id('sofie')],
      value: [id('sofie'), 'Growth'],
      by: id('margit'),
    })
    await world.homeOf('margit', 'changed somebody’s team')
  })

  it('is set for several at once, or for none of them when one is no person here', async () => {
    const { sandbox } = world
    const people = ['tomas', 'mei', 'bram']
    await open('margit', 'settings.person-team')
    await sandbox.as('margit').click('modal', 'settings.person-team-people', people.map(id))
    await eventually('all of them', () => {
      const shown = JSON.stringify(sandbox.view('margit'))
      return people.every((name) => shown.includes(`<@${id(name)}>: `))
    })
    await sandbox.as('margit').submit({ 'settings.person-team-people': people.map(id), team: 'Orbit' })
    for (const name of people) expect(await team(name)).toEqual({ name: 'Orbit', source: 'admin' })
    const changes = await world.stored((tenant) => listSettingChanges(tenant, 3))
    expect(changes.map(({ value }) => value)).toEqual(expect.arrayContaining(people.map((name) => [id(name), 'Orbit'])))

    await open('margit', 'settings.person-team')
    const some = ['tomas', 'shipbot', 'mei'].map(id)
    await sandbox.as('margit').submit({ 'settings.person-team-people': some, team: 'Comet' })
    expect(sandbox.view('margit')?.errors['settings.person-team-people']).toContain('Leave them out')
    await sandbox.as('margit').close()
    for (const name of people) expect(await team(name)).toEqual({ name: 'Orbit', source: 'admin' })
  })

  it('is taken back with an empty name; apps and leavers have none', async () => {
    const { sandbox } = world
    await open('margit', 'settings.person-team')
    await sandbox.as('margit').submit({ 'settings.person-team-people': [id('sofie')] })
    expect(await team('sofie')).toEqual({ name: 'Words', source: 'self' })
    for (const nobody of ['shipbot', 'piotr']) {
      await open('margit', 'settings.person-team')
      await sandbox.as('margit').submit({ 'settings.person-team-people': [id(nobody)], team: 'Growth' })
      expect(sandbox.view('margit')?.errors['settings.person-team-people']).toContain('nobody here')
      await sandbox.as('margit').close()
    }
  })
})

it('what is past stays: last month’s team does not change with this month’s', async () => {
  const before = instant(world.clock)
  world.clock.advance({ minutes: 1 })
  await open('margit', 'settings.person-team')
  await world.sandbox.as('margit').submit({ 'settings.person-team-people': [id('sofie')], team: 'Design' })
  expect(await team('sofie')).toEqual({ name: 'Design', source: 'admin' })
  expect(await world.stored((tenant) => teamsAt(tenant, [id('sofie')], before))).toEqual(
    new Map([[id('sofie'), 'Words']]),
  )
})
