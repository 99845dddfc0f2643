import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const member = (id: string) =>
  world.stored(({ trx, workspaceId }) =>
    trx
      .selectFrom('member')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .executeTakeFirst(),
  )
const groupOf = async (handle: string) => {
  const rows = await world.stored(({ trx, workspaceId }) =>
    trx
      .selectFrom('user_group_member')
      .select('member_id')
      .where('workspace_id', '=', workspaceId)
      .where('group_id', '=', world.sandbox.group(handle).id)
      .execute(),
  )
  return rows.map((row) => row.member_id).sort()
}
const channel = (name: string) =>
  world.stored(({ trx, workspaceId }) =>
    trx
      .selectFrom('channel')
      .select(['is_shared', 'is_archived'])
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', world.sandbox.channel(name).id)
      .executeTakeFirst(),
  )

describe('at the start', () => {
  it('knows everybody, and what they are', async () => {
    const kinds = await Promise.all(
      ['noor', 'margit', 'paulo', 'nils', 'shipbot', 'piotr', 'ottoline'].map(async (name) => [
        name,
        (await member(world.sandbox.person(name).id))?.kind,
      ]),
    )
    expect(Object.fromEntries(kinds)).toEqual({
      noor: 'member',
      margit: 'member',
      paulo: 'guest',
      nils: 'single-channel guest',
      shipbot: 'bot',
      piotr: 'deactivated',
      ottoline: 'stranger',
    })
    expect(await member(world.sandbox.person('margit').id)).toMatchObject({ is_admin: true, is_owner: true })
  })

  it('knows the user groups, and the public channels the app is in', async () => {
    expect(await groupOf('design')).toEqual([...world.sandbox.group('design').users].sort())
    expect(await channel('general')).toEqual({ is_shared: false, is_archived: false })
    expect(await channel('design-crit')).toBeUndefined()
    expect(await channel('team-leads')).toBeUndefined()
  })
})

describe('afterwards', () => {
  it('hears of people who come, change and leave; an old event changes nothing', async () => {
    const { sandbox } = world
    const newcomer = await sandbox.addPerson({ name: 'ida', realName: 'Ida Berg' })
    expect((await member(newcomer.id))?.kind).toBe('member')
    await sandbox.changePerson(newcomer.id, { kind: 'guest' })
    const guest = sandbox.deliveries.findLast(({ name }) => name === 'user_change')
    expect((await member(newcomer.id))?.kind).toBe('guest')
    world.clock.advance({ minutes: 1 })
    await sandbox.changePerson(newcomer.id, { kind: 'deactivated' })
    expect((await member(newcomer.id))?.kind).toBe('deactivated')
    if (guest) await sandbox.repeat(guest)
    expect((await member(newcomer.id))?.kind).toBe('deactivated')
  })

  it('hears of user groups that change', async () => {
    const { sandbox } = world
    const users = [sandbox.person('noor').id, sandbox.person('ann').id].sort()
    await sandbox.changeGroup('design', { users })
    await eventually('the group', async () => JSON.stringify(await groupOf('design')) === JSON.stringify(users))
    world.clock.advance({ seconds: 1 })
    await sandbox.changeGroup('design', { disabled: true })
    await eventually('the group to be gone', async () => (await groupOf('design')).length === 0)
  })

  it('hears of channels the app comes to and leaves, and of what becomes of them', async () => {
    const { sandbox } = world
    await sandbox.join('#design-crit', sandbox.app.botUser)
    await eventually('the channel', async () => (await channel('design-crit')) !== undefined)
    // What it looks up beside the events is over.
    await world.settled()
    await sandbox.changeChannel('#design-crit', 'archive')
    await eventually('the archived channel', async () => (await channel('design-crit'))?.is_archived)
    await sandbox.changeChannel('#design-crit', 'unarchive')
    await eventually('the open channel', async () => (await channel('design-crit'))?.is_archived === false)
    await sandbox.changeChannel('#design-crit', 'share')
    expect(await channel('design-crit')).toEqual({ is_shared: true, is_archived: false })
    await sandbox.leave('#design-crit', sandbox.app.botUser)
    await eventually('the channel to be gone', async () => (await channel('design-crit')) === undefined)
  })
})
