import { expect, test } from 'vitest'
import { manifestWith } from './changed-manifest.ts'
import { startWithTinyApp } from './tiny-app.ts'

test('a status is told until it is over', async () => {
  const { sandbox, app, clock } = await startWithTinyApp()
  const user = sandbox.person('noor').id
  const profile = async () => (await app.call('users.info', { user })).user.profile
  const seen = () =>
    sandbox
      .as('ann')
      .sees()
      .people.find(({ id }) => id === user)?.status
  await sandbox.as('noor').setStatus(':palm_tree:', 'On holiday', 24)
  const expiration = Math.floor(clock.now() / 1000) + 24 * 3600
  expect(app.received.at(-1)?.payload.event).toMatchObject({
    type: 'user_change',
    user: { id: user, profile: { status_emoji: ':palm_tree:', status_expiration: expiration } },
  })
  expect(await profile()).toMatchObject({ status_text: 'On holiday', status_expiration: expiration })
  expect(seen()).toEqual({ emoji: ':palm_tree:', text: 'On holiday' })
  clock.forward(24 * 3_600_000)
  expect(await profile()).toMatchObject({ status_text: '', status_emoji: '', status_expiration: 0 })
  expect(seen()).toEqual({ emoji: '', text: '' })

  await sandbox.as('noor').setStatus(':house:', 'At home')
  clock.forward(365 * 24 * 3_600_000)
  expect(await profile()).toMatchObject({ status_text: 'At home', status_expiration: 0 })
  await sandbox.as('noor').setStatus('', '')
  expect(await profile()).toMatchObject({ status_text: '' })
  expect(await sandbox.as('noor').setStatus('', 'x'.repeat(101))).toMatchObject({ ok: false })
})

test('what stands in profiles takes a scope of its own, one person at a time', async () => {
  const { sandbox, app } = await startWithTinyApp({ manifestPath: manifestWith({ optional: ['users.profile:read'] }) })
  const user = sandbox.person('mei').id
  expect(await app.call('users.profile.get', { user })).toMatchObject({
    error: 'missing_scope',
    needed: 'users.profile:read',
  })
  expect(await app.call('team.profile.get')).toMatchObject({ error: 'missing_scope' })
  expect(await sandbox.control({ type: 'scope', scope: 'users.profile:read', on: true })).toEqual({ ok: true })

  const { fields } = (await app.call('team.profile.get')).profile
  expect(fields).toMatchObject([{ label: 'Department', type: 'text' }, { label: 'Location' }])
  const { profile } = await app.call('users.profile.get', { user })
  expect(profile).toMatchObject({ real_name: 'Mei Lin Zhou', title: 'Frontend engineer', status_text: '' })
  expect(profile.fields[fields[0].id]).toEqual({ value: 'Product', alt: '' })
  const guest = await app.call('users.profile.get', { user: sandbox.person('paulo').id })
  expect(guest.profile.fields).not.toHaveProperty(fields[0].id)
  expect(await app.call('users.profile.get', { user: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' })
  expect(await app.call('users.profile.get', { user, include_labels: true })).toMatchObject({
    error: 'invalid_arguments',
  })
  for (const method of ['users.list', 'users.info']) {
    expect(JSON.stringify(await app.call(method, method === 'users.info' ? { user } : {}))).not.toContain(fields[0].id)
  }
})

test('optional scopes are there only while they are granted', async () => {
  const { sandbox, app } = await startWithTinyApp({
    manifestPath: manifestWith({ optional: ['reactions:read'], events: ['reaction_added'] }),
  })
  const scopes = async () => {
    const headers = { authorization: `Bearer ${sandbox.botToken}` }
    const answer = await fetch(`${sandbox.apiUrl}auth.test`, { method: 'POST', headers })
    return answer.headers.get('x-oauth-scopes')?.split(',')
  }
  const message = await sandbox.as('ann').post('general', 'Look')
  const grant = (on: boolean) => sandbox.control({ type: 'scope', scope: 'reactions:read', on })
  await sandbox.as('noor').react(message, 'tada')
  expect(app.received).toEqual([])
  expect(await scopes()).not.toContain('reactions:read')
  await grant(true)
  expect(sandbox.as('noor').sees().optionalScopes).toContainEqual({ scope: 'reactions:read', granted: true })
  expect(await scopes()).toContain('reactions:read')
  await sandbox.as('noor').react(message, 'eyes')
  expect(app.received).toMatchObject([{ payload: { event: { type: 'reaction_added', reaction: 'eyes' } } }])
  await grant(false)
  expect(await scopes()).not.toContain('reactions:read')
  expect(await sandbox.control({ type: 'scope', scope: 'chat:write', on: false })).toMatchObject({ ok: false })
})

test('the people of one user group', async () => {
  const { sandbox, app } = await startWithTinyApp()
  const { id, users } = sandbox.group('design')
  expect(await app.call('usergroups.users.list', { usergroup: id })).toMatchObject({ ok: true, users })
  await sandbox.changeGroup('design', { disabled: true })
  expect(await app.call('usergroups.users.list', { usergroup: id })).toMatchObject({ error: 'no_such_subteam' })
  const all = { usergroup: id, include_disabled: true }
  expect(await app.call('usergroups.users.list', all)).toMatchObject({ users })
})
