/** Every command, shortcut and event that is listened to, with the ids of another workspace in it. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Delivery } from '../../src/sandbox/slack/app-link.ts'
import type { FullWorkspace } from '../support/full-workspace.ts'
import { leavesAlone, listenedTo } from '../support/listened.ts'
import { addOtherWorkspace, idsOf } from '../support/other-workspace.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let there: FullWorkspace
const listened = listenedTo()
/** The workspace ends with these, so they come last. */
const LAST = ['tokens_revoked', 'app_uninstalled']

beforeAll(async () => {
  world = await createWorld({ mode: 'http' })
  there = await addOtherWorkspace(world)
  const { sandbox } = world
  // An admin, who may do the most.
  const jonah = sandbox.as('jonah')
  await jonah.command('#general', '/kudos', 'help')
  await jonah.shortcut('kudos.give')
  await jonah.shortcut('kudos.give-about', await sandbox.as('noor').post('#general', 'look at this'))
  await sandbox.changePerson('kofi', { realName: 'Kofi Again' })
  await world.settled()
})
afterAll(() => world?.stop())

/** The last of a kind, as it came from Slack. */
const last = (kind: Delivery['kind']) => world.sandbox.deliveries.findLast((one) => one.kind === kind) as Delivery

it('is one of many', () => {
  expect([...listened.commands].toSorted()).toEqual(['/kudos', '/smallacts'])
  expect(listened.shortcuts.size).toBe(2)
  expect(listened.events.size).toBeGreaterThan(14)
})

it.each([...listened.commands])('%s leaves another workspace alone', async (command) => {
  const { me, other, group, channel, month, ...rest } = there
  const ids = [...idsOf(rest as FullWorkspace), me, channel, group, month]
  const words = ['avoid', 'team', 'feedback', 'digest', 'pause until', 'mine', 'given', 'withdraw', 'report']
  const texts = [
    ...words.flatMap((word) => ids.map((id) => `${word} ${id}`)),
    `<@${me}|me> <@${other}> for everything there`,
    `<@${me}|${world.sandbox.person('kofi').name}> thank you`,
    `<!subteam^${group}|@group> for everything there`,
    `<#${channel}|general> <@${other}> for everything there`,
    `avoid <@${me}|me> <@${other}>`,
    `team <#${channel}|general>`,
    `team <!subteam^${group}|@group>`,
    'mine',
    'given',
    'export',
  ]
  const form = [...new URLSearchParams(last('command').body)]
  const from = (over: object) => ({ body: new URLSearchParams({ ...Object.fromEntries(form), ...over }).toString() })
  let made = 0
  await leavesAlone(world, there, [
    ...texts.map((text) => from({ command, text, trigger_id: `elsewhere.${command}.${made++}` })),
    // Said in a channel of theirs, and by somebody of theirs.
    from({ command, text: 'mine', channel_id: channel, trigger_id: `elsewhere.${command}.channel` }),
    ...['mine', 'export', 'digest', 'settings', `<@${other}> for everything there`].map((text) =>
      from({ command, text, user_id: me, trigger_id: `elsewhere.${command}.${text}` }),
    ),
  ])
})

it.each([...listened.shortcuts])('the shortcut %s leaves another workspace alone', async (callback_id) => {
  const { me, channel } = there
  const kind = callback_id === 'kudos.give' ? 'shortcut' : 'message_action'
  const payload = JSON.parse(new URLSearchParams(last(kind).body).get('payload') ?? '')
  const message = { ...payload.message, user: me, ts: '1772445600.000100', thread_ts: '1772445600.000100' }
  const changes = [
    { user: { ...payload.user, id: me } },
    ...(payload.message ? [{ message }, { channel: { id: channel, name: 'theirs' } }] : []),
    ...(payload.message ? [{ message, channel: { id: channel, name: 'theirs' } }] : []),
  ]
  await leavesAlone(
    world,
    there,
    changes.map((change, at) => ({
      body: new URLSearchParams({
        payload: JSON.stringify({ ...payload, ...change, callback_id, trigger_id: `elsewhere.${callback_id}.${at}` }),
      }).toString(),
    })),
  )
})

it.each([...listened.events].toSorted((a, b) => LAST.indexOf(a) - LAST.indexOf(b)))(
  'the event %s leaves another workspace alone',
  async (type) => {
    const { me, other, channel, group, workspaceId } = there
    const { body, contentType } = last('event')
    const envelope = JSON.parse(body)
    const person = { ...envelope.event.user, id: me, team_id: workspaceId, deleted: true, is_admin: true }
    const subteam = {
      id: group,
      handle: 'theirs',
      name: 'Theirs',
      users: [me, other],
      date_delete: 1,
      is_usergroup: true,
    }
    const isAboutPerson = ['team_join', 'user_change'].includes(type)
    const event = {
      type,
      user: isAboutPerson ? person : me,
      channel,
      tab: 'home',
      subteam,
      subteam_id: group,
      added_users: [other],
      is_ext_shared: true,
      tokens: { bot: [me], oauth: [me] },
      event_ts: envelope.event.event_ts,
    }
    const made = [
      event,
      { ...event, user: isAboutPerson ? { ...person, deleted: false } : other },
      { ...event, user: isAboutPerson ? person : world.sandbox.app.botUser },
    ]
    await leavesAlone(
      world,
      there,
      made.map((one, at) => ({
        contentType,
        body: JSON.stringify({ ...envelope, event: one, event_id: `EvELSEWHERE${type}${at}` }),
      })),
    )
  },
)

it('was heard, each time, as something of the workspace it came from', async () => {
  const { teamId } = world.sandbox.app
  const { rows: people } = await sql<{ workspace: string }>`
    select workspace_id as workspace from member where id = ${there.me}`.execute(world.database.db)
  expect(people).toContainEqual({ workspace: teamId })
  const { rows: groups } = await sql<{ workspace: string }>`
    select workspace_id as workspace from user_group where id = ${there.group}`.execute(world.database.db)
  expect(groups).toContainEqual({ workspace: teamId })
})
