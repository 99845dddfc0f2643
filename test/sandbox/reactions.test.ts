import { expect, test } from 'vitest'
import { manifestWith } from './changed-manifest.ts'
import { startWithTinyApp } from './tiny-app.ts'

const scopes = ['reactions:read', 'reactions:write']
const start = () =>
  startWithTinyApp({ manifestPath: manifestWith({ scopes, events: ['reaction_added', 'reaction_removed'] }) })

test('people add reactions and take them back, and the app hears of it', async () => {
  const { sandbox, app } = await start()
  const [ann, kofi] = [sandbox.person('ann').id, sandbox.person('kofi').id]
  const message = await sandbox.as('noor').post('general', 'Done')
  const shown = () => sandbox.messages('general').at(-1)?.reactions
  expect(await sandbox.as('ann').react(message, 'tada')).toMatchObject({ ok: true })
  await sandbox.as('kofi').react(message, '+1')
  await sandbox.as('kofi').react(message, 'tada')
  expect(shown()).toEqual([
    { name: 'tada', users: [ann, kofi] },
    { name: '+1', users: [kofi] },
  ])
  await sandbox.as('kofi').react(message, '+1')
  await sandbox.as('ann').react(message, 'tada')
  expect(shown()).toEqual([{ name: 'tada', users: [kofi] }])
  expect(
    sandbox
      .as('mei')
      .sees()
      .conversations.flatMap(({ messages }) => messages),
  ).toContainEqual(expect.objectContaining({ ts: message.ts, reactions: [{ name: 'tada', users: [kofi] }] }))
  const events = app.received.map(({ payload }) => payload.event)
  expect(events.map(({ type, reaction }) => `${type} ${reaction}`)).toEqual([
    'reaction_added tada',
    'reaction_added +1',
    'reaction_added tada',
    'reaction_removed +1',
    'reaction_removed tada',
  ])
  expect(events[0]).toEqual({
    type: 'reaction_added',
    user: ann,
    reaction: 'tada',
    item_user: sandbox.person('noor').id,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    event_ts: expect.any(String),
  })
})

test('the app hears nothing from where it is not, or without subscribing', async () => {
  const { sandbox, app } = await start()
  const elsewhere = await sandbox.as('lena').post('design-crit', 'Hi')
  expect(await sandbox.as('dede').react(elsewhere, 'eyes')).toMatchObject({ ok: true })
  expect(app.received).toEqual([])
  const plain = await startWithTinyApp()
  const message = await plain.sandbox.as('ann').post('general', 'Hi')
  expect(await plain.sandbox.as('noor').react(message, 'eyes')).toMatchObject({ ok: true })
  expect(plain.app.received).toEqual([])
})

test('people react to real messages where they are, with emoji that exist', async () => {
  const { sandbox, app } = await start()
  const message = await sandbox.as('ann').post('general', 'Hi')
  const said = async (name: string, where: { channel: string; ts: string }, emoji = 'tada') =>
    (await sandbox.as(name).react(where, emoji)).error
  expect(await said('noor', message, 'no-such-emoji')).toBe('There is no such emoji.')
  expect(await said('noor', message, ':tada:')).toBe('There is no such emoji.')
  expect(await said('noor', message, 'wave::skin-tone-3')).toBeUndefined()
  expect(await said('paulo', message)).toBe('That message is not there any more.')
  const { channel } = message
  const user = sandbox.person('noor').id
  const { message_ts: ts } = await app.call('chat.postEphemeral', { channel, user, text: 'Psst' })
  expect(await said('noor', { channel, ts })).toBe('That message is not there any more.')
  const [old] = sandbox.messages('summer-party-2025')
  expect(await said('noor', old as NonNullable<typeof old>)).toBe('#summer-party-2025 is archived.')
})

test('the app reacts, once with each emoji', async () => {
  const { sandbox, app } = await start()
  const { channel, ts } = await sandbox.as('ann').post('general', 'Hi')
  const add = async (args: object = {}) => {
    const { ok, error } = await app.call('reactions.add', { channel, timestamp: ts, name: 'tada', ...args })
    return ok ? 'ok' : error
  }
  expect(await add()).toBe('ok')
  expect(await add()).toBe('already_reacted')
  expect(await add({ name: 'nonsense' })).toBe('invalid_name')
  expect(await add({ name: 'constructor' })).toBe('invalid_name')
  expect(await add({ timestamp: '1700000000.000100' })).toBe('message_not_found')
  expect(await add({ timestamp: 'yesterday' })).toBe('bad_timestamp')
  expect(await add({ channel: 'C0NOWHERE' })).toBe('channel_not_found')
  const place = async (name: string, where: string) => {
    const message = await sandbox.as(name).post(where, 'Hi')
    return { channel: message.channel, timestamp: message.ts }
  }
  expect(await add(await place('lena', 'design-crit'))).toBe('not_in_channel')
  expect(await add(await place('jonah', 'team-leads'))).toBe('channel_not_found')
  await sandbox.as('noor').react({ channel, ts }, 'tada')
  const { message } = await app.call('reactions.get', { channel, timestamp: ts })
  const users = [sandbox.app.botUser, sandbox.person('noor').id]
  expect(message.reactions).toEqual([{ name: 'tada', users, count: 2 }])
  expect(await app.call('reactions.get', { channel })).toMatchObject({ error: 'no_item_specified' })
})

test('one person chooses 23 emoji for a message and no more', async () => {
  const { sandbox } = await start()
  const message = await sandbox.as('ann').post('general', 'Hi')
  const names = ['tada', 'heart', 'clap', 'pray', 'rocket', 'eyes', 'fire', 'joy', 'smile', 'blush', 'star', 'muscle']
  const tones = [2, 3, 4, 5, 6].map((tone) => `wave::skin-tone-${tone}`)
  const more = ['bulb', 'coffee', 'sunflower', 'rainbow', 'tea', 'tulip', 'rose', 'trophy']
  const outcomes: boolean[] = []
  for (const name of [...names, ...tones, ...more]) outcomes.push((await sandbox.as('noor').react(message, name)).ok)
  expect(outcomes).toEqual([...Array(23).fill(true), false, false])
  expect((await sandbox.as('kofi').react(message, 'trophy')).ok).toBe(true)
})

test('reactions need their scopes', async () => {
  const { sandbox, app } = await startWithTinyApp()
  const { channel, ts: timestamp } = await sandbox.as('ann').post('general', 'Hi')
  expect(await app.call('reactions.add', { channel, timestamp, name: 'tada' })).toMatchObject({
    error: 'missing_scope',
    needed: 'reactions:write',
  })
  expect(await app.call('reactions.get', { channel, timestamp })).toMatchObject({ needed: 'reactions:read' })
})
