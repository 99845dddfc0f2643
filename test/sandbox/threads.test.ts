import { describe, expect, test } from 'vitest'
import { actions, button, startWithTinyApp } from './tiny-app.ts'

/** A question of Ann's in #general with an answer of Kofi's, and what the app says there. */
const withThread = async () => {
  const started = await startWithTinyApp()
  const { sandbox, app } = started
  const parent = await sandbox.as('ann').post('general', 'Who knows?')
  const reply = await sandbox.as('kofi').post('general', 'I do', parent.ts)
  const channel = parent.channel
  const post = (args: object) => app.call('chat.postMessage', { channel, text: 'Hi', ...args })
  const seen = (name = 'noor') =>
    sandbox
      .as(name)
      .sees()
      .conversations.find(({ id }) => id === channel)
  const shown = (ts: string) => seen()?.messages.find((message) => message.ts === ts)
  return { ...started, parent, reply, channel, post, seen, shown }
}

describe('a thread', () => {
  test('holds what people reply', async () => {
    const { sandbox, parent, reply, shown } = await withThread()
    const again = await sandbox.as('ann').post('general', 'Thanks', reply.ts)
    expect([reply.threadTs, again.threadTs]).toEqual([parent.ts, parent.ts])
    expect(shown(parent.ts)).toMatchObject({
      threadTs: null,
      thread: { replies: 2, people: [sandbox.person('kofi').id, sandbox.person('ann').id], lastTs: again.ts },
    })
    expect(shown(reply.ts)).toMatchObject({ threadTs: parent.ts, thread: null })
    await expect(sandbox.as('ann').post('general', 'Where?', '1700000000.000100')).rejects.toThrow(
      'That thread is not there any more.',
    )
    await expect(sandbox.as('ann').post('random', 'Where?', parent.ts)).rejects.toThrow('not there any more')
  })

  test('is told to the app with its messages', async () => {
    const { sandbox, parent, post } = await withThread()
    const [ann, kofi] = ['ann', 'kofi'].map((name) => sandbox.person(name).id)
    const { ts, message } = await post({ thread_ts: parent.ts })
    expect(message).toMatchObject({ thread_ts: parent.ts, parent_user_id: ann })
    const card = await post({ blocks: [actions(button('go'))] })
    await post({ thread_ts: card.ts })
    const { app } = sandbox
    const [own] = sandbox.messages('general', { app: true }).filter((one) => one.ts === card.ts)
    const seen = await sandbox.as('kofi').click(own as NonNullable<typeof own>, 'go')
    const payload = JSON.parse(new URLSearchParams(seen.delivery?.body).get('payload') ?? '')
    expect(payload.message).toMatchObject({
      thread_ts: card.ts,
      reply_count: 1,
      reply_users_count: 1,
      reply_users: [app.botUser],
    })
    expect(payload.message.latest_reply > card.ts).toBe(true)
    expect(payload.container).not.toHaveProperty('thread_ts')
    expect(sandbox.messages('general').find((one) => one.ts === ts)?.notified).toEqual([ann, kofi])
  })

  test('is entered by its first message or by a reply, and by nothing else', async () => {
    const { sandbox, app, parent, reply, channel, post } = await withThread()
    expect((await post({ thread_ts: reply.ts })).message).toMatchObject({ thread_ts: parent.ts })
    expect(await post({ thread_ts: '1700000000.000100' })).toMatchObject({ error: 'thread_not_found' })
    expect(await post({ thread_ts: 'p1700000000000100' })).toMatchObject({ error: 'invalid_thread_ts' })
    expect(await post({ thread_ts: parent.ts, reply_broadcast: true })).toMatchObject({ error: 'invalid_arguments' })
    const user = sandbox.person('noor').id
    const { message_ts: ts } = await app.call('chat.postEphemeral', { channel, user, text: 'Psst' })
    expect(await post({ thread_ts: ts })).toMatchObject({ error: 'thread_not_found' })
    expect(
      await app.call('chat.postMessage', { channel: sandbox.channel('random').id, text: 'a', thread_ts: parent.ts }),
    ).toMatchObject({ error: 'thread_not_found' })
  })

  test('has ephemeral messages only once there are replies', async () => {
    const { sandbox, app, parent, channel } = await withThread()
    const user = sandbox.person('noor').id
    const lonely = await sandbox.as('ann').post('general', 'Anybody?')
    const psst = (thread_ts: string) => app.call('chat.postEphemeral', { channel, user, text: 'Psst', thread_ts })
    expect(await psst(lonely.ts)).toMatchObject({ ok: true, message_ts: expect.any(String) })
    expect(sandbox.ephemerals('noor')).toEqual([])
    expect(await psst(parent.ts)).toMatchObject({ ok: true })
    expect(sandbox.ephemerals('noor')).toMatchObject([{ text: 'Psst', threadTs: parent.ts }])
    expect(
      sandbox
        .as('noor')
        .sees()
        .conversations.find(({ id }) => id === channel)
        ?.messages.at(-2),
    ).toMatchObject({
      ts: lonely.ts,
      thread: null,
    })
    expect(await psst('1700000000.000100')).toMatchObject({ error: 'thread_not_found' })
  })

  test('tells those who wrote in it, while they are there', async () => {
    const { sandbox, parent } = await withThread()
    const ids = (...names: string[]) => new Set(names.map((name) => sandbox.person(name).id))
    expect(sandbox.notified(await sandbox.as('noor').post('general', 'Me too', parent.ts))).toEqual(ids('ann', 'kofi'))
    expect(sandbox.notified(await sandbox.as('ann').post('general', '@mei?', parent.ts))).toEqual(
      ids('kofi', 'noor', 'mei'),
    )
    await sandbox.as('kofi').leave('general')
    expect(sandbox.notified(await sandbox.as('mei').post('general', 'Yes', parent.ts))).toEqual(ids('ann', 'noor'))
    expect(sandbox.notified(await sandbox.as('mei').post('general', 'Elsewhere'))).toEqual(new Set())
  })

  test('makes nothing unread', async () => {
    const { seen } = await withThread()
    expect(seen('noor')).toMatchObject({ unread: 1 })
  })

  test('knows no commands', async () => {
    const { sandbox, app, parent } = await withThread()
    const say = (text: string) => sandbox.as('noor').post('general', text, parent.ts)
    await expect(say('/kudos @ann for the answer')).rejects.toThrow('/kudos is not supported in threads. Sorry!')
    await expect(say(' /kudos')).rejects.toThrow('/kudos is not supported in threads. Sorry!')
    expect((await say('try /kudos')).threadTs).toBe(parent.ts)
    expect(app.received).toEqual([])
  })
})

describe('a deleted message', () => {
  test('with replies leaves a trace until the last of them is gone', async () => {
    const { sandbox, app, parent, reply, channel, post, shown } = await withThread()
    const { ts } = await post({})
    await post({ thread_ts: ts })
    expect(await app.call('chat.delete', { channel, ts })).toMatchObject({ ok: true })
    expect(shown(ts)).toMatchObject({ user: 'USLACKBOT', text: 'This message was deleted.', blocks: [] })
    expect(await app.call('chat.delete', { channel, ts })).toMatchObject({ error: 'message_not_found' })
    expect(await app.call('chat.update', { channel, ts, text: 'x' })).toMatchObject({ error: 'message_not_found' })

    await sandbox.as('ann').deleteMessage(parent)
    expect(shown(parent.ts)).toMatchObject({ user: 'USLACKBOT', reactions: [], thread: { replies: 1 } })
    expect(await sandbox.as('margit').deleteMessage(parent)).toMatchObject({ ok: false })
    expect((await post({ thread_ts: parent.ts })).message).toMatchObject({ parent_user_id: 'USLACKBOT' })
    const [mine] = sandbox.messages('general', { app: true }).filter(({ threadTs }) => threadTs === parent.ts)
    await app.call('chat.delete', { channel, ts: mine?.ts })
    expect(shown(parent.ts)).toBeDefined()
    await sandbox.as('kofi').deleteMessage(reply)
    expect(shown(parent.ts)).toBeUndefined()
    expect(await post({ thread_ts: parent.ts })).toMatchObject({ error: 'thread_not_found' })
  })
})

describe('a click in a thread', () => {
  test('says which thread it is', async () => {
    const { sandbox, app, parent, post } = await withThread()
    const { ts } = await post({ thread_ts: parent.ts, blocks: [actions(button('go'))] })
    const [card] = sandbox.messages('general', { app: true })
    await sandbox.as('noor').click(card as NonNullable<typeof card>, 'go')
    expect(app.received[0]?.payload).toMatchObject({
      container: { type: 'message', message_ts: ts, thread_ts: parent.ts },
      message: { ts, thread_ts: parent.ts },
    })
  })
})

describe('a permalink', () => {
  test('leads to a message, and into its thread', async () => {
    const { sandbox, app, parent, reply, channel } = await withThread()
    const link = async (ts: string, where = channel) => {
      const { permalink, error } = await app.call('chat.getPermalink', { channel: where, message_ts: ts })
      return permalink ?? error
    }
    const address = (ts: string, where = channel) =>
      `https://fernhill.slack.com/archives/${where}/p${ts.replace('.', '')}`
    expect(await link(parent.ts)).toBe(address(parent.ts))
    expect(await link(reply.ts)).toBe(`${address(reply.ts)}?thread_ts=${parent.ts}&cid=${channel}`)
    const outside = await sandbox.as('lena').post('design-crit', 'Hi')
    expect(await link(outside.ts, outside.channel)).toBe(address(outside.ts, outside.channel))
    const secret = await sandbox.as('jonah').post('team-leads', 'Hi')
    expect(await link(secret.ts, secret.channel)).toBe('channel_not_found')
    expect(await link(parent.ts, sandbox.person('ann').id)).toBe('channel_not_found')
    expect(await link('1700000000.000100')).toBe('message_not_found')
    const user = sandbox.person('noor').id
    const { message_ts: ts } = await app.call('chat.postEphemeral', { channel, user, text: 'Psst' })
    expect(await link(ts)).toBe('message_not_found')
    await sandbox.as('ann').deleteMessage(parent)
    expect(await link(parent.ts)).toBe('message_not_found')
  })
})

test('the company has been talking in a thread', async () => {
  const { sandbox } = await startWithTinyApp()
  const printer = sandbox.messages('general').find(({ text }) => text.startsWith('The printer'))
  const replies = sandbox.messages('general').filter(({ threadTs }) => threadTs === printer?.ts)
  expect(replies.length).toBeGreaterThan(1)
  const order = sandbox.messages('general').map(({ ts }) => ts)
  expect(order).toEqual([...order].sort())
  for (const { users } of printer?.reactions ?? []) {
    for (const user of users) expect(sandbox.channel('general').members).toContain(user)
  }
})
