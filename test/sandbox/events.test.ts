import { expect, test, vi } from 'vitest'
import { startWithTinyApp } from './tiny-app.ts'

test('opening Home tells the app, which draws it', async () => {
  const { sandbox, app } = await startWithTinyApp()
  const user = sandbox.person('noor').id
  expect(await sandbox.as('noor').openHome()).toMatchObject({ ok: true, status: 200 })
  const { payload, headers } = app.received[0] as (typeof app.received)[number]
  expect(headers['content-type']).toBe('application/json')
  expect(payload).toMatchObject({
    type: 'event_callback',
    team_id: sandbox.app.teamId,
    api_app_id: sandbox.app.id,
    event_id: expect.stringMatching(/^Ev/),
    authorizations: [{ team_id: sandbox.app.teamId, user_id: sandbox.app.botUser, is_bot: true }],
    event: { type: 'app_home_opened', user, tab: 'home', channel: expect.stringMatching(/^D/) },
  })
  const view = { type: 'home', blocks: [{ type: 'divider' }] }
  expect(await app.call('views.publish', { user_id: user, view })).toMatchObject({ ok: true, view: { type: 'home' } })
  expect(sandbox.home('noor')?.view.blocks).toMatchObject([{ type: 'divider' }])
  expect(await app.call('views.publish', { user_id: 'U0NOBODY', view })).toMatchObject({ error: 'invalid_arguments' })
})

test('the workspace changes, and the app hears what it subscribed to', async () => {
  const { sandbox, app } = await startWithTinyApp()
  const { id } = await sandbox.addPerson({ name: 'zoe', realName: 'Zoë New' })
  await sandbox.changePerson('zoe', { kind: 'deactivated' })
  await sandbox.changeGroup('design', { users: [sandbox.person('ann').id] })
  await sandbox.join('design-crit', sandbox.app.botUser)
  await sandbox.join('design-crit', 'noor')
  await sandbox.leave('design-crit', sandbox.app.botUser)
  await sandbox.join('team-leads', sandbox.app.botUser)
  await sandbox.leave('general', sandbox.app.botUser, true)
  await sandbox.changeChannel('random', 'archive')
  await sandbox.changeChannel('random', 'unarchive')
  await sandbox.changeChannel('random', 'share')
  await sandbox.changeChannel('random', 'unshare')
  await sandbox.changeChannel('random', 'delete')
  const events = app.received.map(({ payload }) => payload.event)
  expect(events.map(({ type }) => type)).toEqual([
    'team_join',
    'user_change',
    'subteam_members_changed',
    'subteam_updated',
    'member_joined_channel',
    'member_joined_channel',
    'member_left_channel',
    'channel_archive',
    'channel_unarchive',
    'channel_shared',
    'channel_unshared',
    'channel_deleted',
  ])
  expect(events[1].user).toMatchObject({ id, deleted: true })
  expect(events[1].user.updated).toBeGreaterThan(events[0].user.updated)
  expect(events[4]).toMatchObject({
    user: sandbox.app.botUser,
    channel: sandbox.channel('design-crit').id,
    channel_type: 'C',
  })
})

test('somebody invites the app to a channel, and it hears by whom', async () => {
  const { sandbox, app } = await startWithTinyApp()
  await sandbox.as('noor').join('design-crit')
  await sandbox.as('noor').invite('design-crit', sandbox.app.botUser)
  expect(app.received.map(({ payload }) => payload.event)).toMatchObject([
    {
      type: 'member_joined_channel',
      user: sandbox.app.botUser,
      channel: sandbox.channel('design-crit').id,
      inviter: sandbox.person('noor').id,
    },
  ])
})

test('an event that was not taken comes again', async () => {
  const { sandbox, app } = await startWithTinyApp()
  app.reply = ({ headers }) => ({ status: headers['x-slack-retry-num'] ? 200 : 500 })
  expect(await sandbox.as('noor').openHome()).toMatchObject({ ok: true, status: 500 })
  await vi.waitFor(() => expect(app.received).toHaveLength(2))
  const [first, second] = app.received
  expect(second?.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' })
  expect(second?.payload.event_id).toBe(first?.payload.event_id)
})

test('any other event reaches the app only if it subscribed', async () => {
  const { sandbox, app } = await startWithTinyApp()
  expect(await sandbox.event('reaction_added', { reaction: 'tada' })).toBeNull()
  expect(await sandbox.event('app_home_opened', { tab: 'messages' })).toMatchObject({ kind: 'event', status: 200 })
  expect(app.received.map(({ payload }) => payload.event)).toMatchObject([{ type: 'app_home_opened', tab: 'messages' }])
})

test('the second retry comes a minute later by the workspace’s clock, however that passes', async () => {
  const { sandbox, app, clock } = await startWithTinyApp()
  app.reply = () => ({ status: 500 })
  await sandbox.as('noor').openHome()
  await vi.waitFor(() => expect(app.received).toHaveLength(2))
  clock.forward(60_000)
  await vi.waitFor(() => expect(app.received).toHaveLength(3), 10_000)
  expect(app.received[2]?.headers).toMatchObject({ 'x-slack-retry-num': '2' })
})
