import { describe, expect, test } from 'vitest'
import { changedManifest } from './changed-manifest.ts'
import { startWithTinyApp } from './tiny-app.ts'

describe('who may call', () => {
  test('tokens, methods, arguments and scopes are checked', async () => {
    const { sandbox, app } = await startWithTinyApp()
    expect(await app.call('auth.test')).toMatchObject({
      ok: true,
      user_id: sandbox.app.botUser,
      team_id: sandbox.app.teamId,
    })
    expect(await app.call('auth.test', {}, 'xoxb-wrong')).toMatchObject({ ok: false, error: 'invalid_auth' })
    expect(await (await fetch(`${sandbox.apiUrl}auth.test`, { method: 'POST' })).json()).toMatchObject({
      error: 'not_authed',
    })
    expect(await app.call('chat.scheduleMessage')).toMatchObject({ error: 'unknown_method' })
    expect(await app.call('users.info', {})).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: user'] },
    })
    expect(await app.call('users.info', { user: 'U1', colour: 'red' })).toMatchObject({ error: 'invalid_arguments' })
    expect(await app.call('team.info')).toMatchObject({ error: 'missing_scope', needed: 'team:read' })
    expect(await app.call('conversations.list', { types: 'private_channel' })).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:read',
    })
    expect(await app.call('auth.test', { team_id: 'T0OTHER' })).toMatchObject({ error: 'team_not_found' })
  })

  test('JSON bodies are read too, and only as objects', async () => {
    const { sandbox } = await startWithTinyApp()
    const post = async (body: string, type = 'application/json') => {
      const headers = { authorization: `Bearer ${sandbox.botToken}`, 'content-type': type }
      const url = `${sandbox.apiUrl}users.info`
      return (await fetch(url, { method: 'POST', headers, body })).json()
    }
    expect(await post(JSON.stringify({ user: sandbox.person('ann').id }))).toMatchObject({ ok: true })
    expect(await post('[]')).toMatchObject({ error: 'json_not_object' })
    expect(await post('{')).toMatchObject({ error: 'invalid_json' })
    expect(await post('user=U1', 'text/plain')).toMatchObject({ error: 'invalid_post_type' })
  })
})

describe('messages', () => {
  test('a message, changed and deleted', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const general = sandbox.channel('general').id
    const posted = await app.call('chat.postMessage', { channel: general, text: 'Hello' })
    expect(posted).toMatchObject({ ok: true, channel: general, message: { user: sandbox.app.botUser, text: 'Hello' } })
    expect(posted.ts).toMatch(/^\d{10}\.\d{6}$/)
    const place = { channel: general, ts: posted.ts }
    expect(await app.call('chat.update', { ...place, text: 'Hi' })).toMatchObject({ ok: true, text: 'Hi' })
    expect(sandbox.messages('general', { app: true })).toMatchObject([{ ts: posted.ts, text: 'Hi', edited: true }])
    expect(await app.call('chat.delete', place)).toMatchObject({ ok: true })
    expect(await app.call('chat.delete', place)).toMatchObject({ error: 'message_not_found' })
    expect(sandbox.messages('general', { app: true })).toEqual([])
  })

  test('where the app may not write', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const error = async (channel: string) => (await app.call('chat.postMessage', { channel, text: 'Hi' })).error
    expect(await error('C0NOWHERE')).toBe('channel_not_found')
    expect(await error(sandbox.channel('team-leads').id)).toBe('channel_not_found')
    expect(await error(sandbox.channel('design-crit').id)).toBe('not_in_channel')
    expect(await error(sandbox.person('shipbot').id)).toBe('cannot_dm_bot')
    expect(await error(sandbox.person('piotr').id)).toBe('user_not_found')
    expect(await error(await sandbox.as('noor').direct('ann'))).toBe('channel_not_found')
    await sandbox.changeChannel('random', 'archive')
    expect(await error(sandbox.channel('random').id)).toBe('is_archived')
  })

  test('what the app may not write', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const channel = sandbox.channel('general').id
    const error = async (args: object) => (await app.call('chat.postMessage', { channel, ...args })).error
    expect(await error({})).toBe('no_text')
    expect(await error({ text: 'x'.repeat(40_001) })).toBe('msg_too_long')
    expect(await error({ blocks: 'nonsense' })).toBe('invalid_blocks_format')
    expect(await error({ blocks: [{ type: 'kudos' }] })).toBe('invalid_blocks')
    const long = Array.from({ length: 5 }, () => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'x'.repeat(2900) },
    }))
    expect(await error({ blocks: long })).toBe('msg_blocks_too_long')
    expect(sandbox.messages('general', { app: true })).toEqual([])
  })

  test('a person’s id opens the direct message, and is no place to update', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const ann = sandbox.person('ann').id
    const { channel, ts } = await app.call('chat.postMessage', { channel: ann, text: 'For you' })
    expect(channel).toMatch(/^D/)
    expect(await app.call('conversations.open', { users: ann })).toMatchObject({
      channel: { id: channel },
      already_open: true,
    })
    expect(await app.call('chat.update', { channel: ann, ts, text: 'x' })).toMatchObject({ error: 'channel_not_found' })
    expect(await app.call('chat.update', { channel, ts, text: 'x' })).toMatchObject({ ok: true })
    const [note] = sandbox.directMessages('ann')
    expect(sandbox.notified(note as NonNullable<typeof note>)).toEqual(new Set([ann]))
  })

  test('only its own messages are the app’s to change', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const { channel, ts } = await sandbox.as('noor').post('general', 'Mine')
    expect(await app.call('chat.update', { channel, ts, text: 'x' })).toMatchObject({ error: 'cant_update_message' })
    expect(await app.call('chat.delete', { channel, ts })).toMatchObject({ error: 'cant_delete_message' })
  })

  test('an ephemeral message reaches one member, and is no message', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const channel = sandbox.channel('general').id
    const to = (name: string) =>
      app.call('chat.postEphemeral', { channel, user: sandbox.person(name).id, text: 'Psst' })
    expect(await to('paulo')).toMatchObject({ error: 'user_not_in_channel' })
    const { message_ts: ts } = await to('noor')
    expect(sandbox.ephemerals('noor')).toMatchObject([{ text: 'Psst' }])
    expect(sandbox.messages('general', { app: true })).toEqual([])
    expect(await app.call('chat.update', { channel, ts, text: 'x' })).toMatchObject({ error: 'message_not_found' })
  })
})

describe('directories', () => {
  test('people come in pages, with what they are', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const people = []
    let cursor = ''
    do {
      const page = await app.call('users.list', { limit: 20, cursor, include_locale: true })
      expect(page.members.length).toBeLessThanOrEqual(20)
      people.push(...page.members)
      cursor = page.response_metadata.next_cursor
    } while (cursor)
    const byName = Object.fromEntries(people.map((person) => [person.name, person]))
    expect(new Set(people.map((person) => person.id)).size).toBe(people.length)
    expect(byName.ann).toMatchObject({ tz: 'Europe/Berlin', is_bot: false, locale: 'en-US', is_admin: false })
    expect(byName.paulo).toMatchObject({ is_restricted: true, is_ultra_restricted: false })
    expect(byName.nils).toMatchObject({ is_restricted: true, is_ultra_restricted: true })
    expect(byName.shipbot).toMatchObject({ is_bot: true })
    expect(byName.slackbot).toMatchObject({ id: 'USLACKBOT', is_bot: false })
    expect(byName.piotr).toMatchObject({ deleted: true })
    expect(byName.piotr).not.toHaveProperty('tz')
    expect(byName.ottoline).toMatchObject({ is_stranger: true })
    expect(byName.ottoline.team_id).not.toBe(sandbox.app.teamId)
    expect(byName.margit).toMatchObject({ is_admin: true, is_owner: true })
    expect(await app.call('users.list', { cursor: 'nonsense', limit: 5 })).toMatchObject({ error: 'invalid_cursor' })
    for (let i = 0; i < 200; i++) await sandbox.addPerson({ name: `p${i}`, realName: `P ${i}` })
    expect(await app.call('users.list')).toMatchObject({ error: 'limit_required' })
  })

  test('channels the app is in, and user groups', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const { channels } = await app.call('users.conversations', { types: 'public_channel', exclude_archived: true })
    expect(channels.map((c: { name: string }) => c.name)).toEqual(['general', 'kudos', 'random', 'release'])
    const all = (await app.call('conversations.list')).channels
    expect(all.find((c: { name: string }) => c.name === 'ext-inkwell')).toMatchObject({
      is_ext_shared: true,
      is_member: false,
    })
    expect(all.map((c: { name: string }) => c.name)).not.toContain('team-leads')
    const { usergroups } = await app.call('usergroups.list', { include_users: true })
    expect(usergroups[2]).toMatchObject({ handle: 'design', users: sandbox.group('design').users, date_delete: 0 })
  })

  test('group direct messages need their scope', async () => {
    const manifestPath = changedManifest((m) => {
      const { scopes } = m.oauth_config
      scopes.bot = scopes.bot.filter((scope: string) => scope !== 'mpim:write')
    })
    const { sandbox, app } = await startWithTinyApp({ manifestPath })
    const users = ['ann', 'kofi'].map((name) => sandbox.person(name).id).join(',')
    expect(await app.call('conversations.open', { users })).toMatchObject({
      error: 'missing_scope',
      needed: 'mpim:write',
    })
    expect(await app.call('conversations.open', { users: sandbox.person('piotr').id })).toMatchObject({
      error: 'user_disabled',
    })
  })

  test('the same people always meet in the same group message, in which the app can write, change and reply', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const ids = (...names: string[]) => names.map((name) => sandbox.person(name).id).join(',')
    const open = (users: string) => app.call('conversations.open', { users })
    const { channel } = await open(ids('ann', 'kofi'))
    expect(await open(ids('kofi', 'ann'))).toMatchObject({ channel, already_open: true })
    expect((await open(ids('kofi', 'ann', 'noor'))).channel).not.toEqual(channel)

    const posted = await app.call('chat.postMessage', { channel: channel.id, text: 'Meet' })
    const place = { channel: channel.id, ts: posted.ts }
    expect(await app.call('chat.update', { ...place, text: 'Meet each other' })).toMatchObject({ ok: true })
    const reply = { channel: channel.id, thread_ts: posted.ts, text: 'How was it?' }
    expect(await app.call('chat.postMessage', reply)).toMatchObject({ ok: true })
    const seen = sandbox
      .as('kofi')
      .sees()
      .conversations.find(({ id }) => id === channel.id)
    expect(seen).toMatchObject({ kind: 'mpim', name: 'Ann Kowalski, Small Acts' })
    expect(seen?.messages[0]).toMatchObject({ text: 'Meet each other', thread: { replies: 1 } })
    expect(sandbox.as('noor').sees().conversations).not.toContainEqual(expect.objectContaining({ id: channel.id }))

    const eight = ['ann', 'kofi', 'noor', 'ingrid', 'vikram', 'shreya', 'dwayne', 'mei']
    expect(await open(ids(...eight))).toMatchObject({ ok: true })
    expect(await open(ids(...eight, 'bram'))).toMatchObject({ error: 'too_many_users' })
    expect(await open(ids('ann', 'nils'))).toMatchObject({ error: 'invalid_user_combination' })
    expect(await open(ids('ann', 'ottoline'))).toMatchObject({ error: 'user_not_visible' })
    expect(await open(ids('ann', 'piotr'))).toMatchObject({ error: 'user_disabled' })
  })
})
