import { describe, expect, test } from 'vitest'
import { changedManifest } from './changed-manifest.ts'
import { modal, startWithTinyApp } from './tiny-app.ts'

const manifestPath = changedManifest((m) => {
  m.features.shortcuts = [
    { name: 'Anywhere', type: 'global', callback_id: 'a.global', description: 'From anywhere' },
    { name: 'Here', type: 'message', callback_id: 'a.message', description: 'From a message' },
  ]
})
const start = () => startWithTinyApp({ manifestPath })
const respond = async (url: string, body: object) => {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status
}
const divider = { type: 'divider' }

describe('a global shortcut', () => {
  test('says who, and nothing of a place', async () => {
    const { sandbox, app } = await start()
    expect(await sandbox.as('noor').shortcut('a.global')).toMatchObject({ ok: true, status: 200 })
    const [request] = app.received
    expect(request?.payload).toEqual({
      type: 'shortcut',
      token: expect.any(String),
      action_ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
      team: { id: sandbox.app.teamId, domain: 'fernhill' },
      user: expect.objectContaining({ id: sandbox.person('noor').id, username: 'noor', team_id: sandbox.app.teamId }),
      enterprise: null,
      is_enterprise_install: false,
      callback_id: 'a.global',
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
    })
    expect(sandbox.deliveries[0]).toMatchObject({ kind: 'shortcut', name: 'a.global' })
  })

  test('opens a modal within three seconds', async () => {
    const { sandbox, app, clock } = await start()
    await sandbox.as('noor').shortcut('a.global')
    await sandbox.as('ann').shortcut('a.global')
    const [noors, anns] = app.received.map(({ payload }) => payload.trigger_id)
    expect(await app.call('views.open', { trigger_id: noors, view: modal([divider]) })).toMatchObject({ ok: true })
    expect(sandbox.view('noor')).not.toBeNull()
    clock.forward(3001)
    expect(await app.call('views.open', { trigger_id: anns, view: modal([divider]) })).toMatchObject({
      error: 'expired_trigger_id',
    })
  })

  test('that the app does not take is told', async () => {
    const { sandbox, app } = await start()
    app.reply = () => ({ status: 500 })
    expect(await sandbox.as('noor').shortcut('a.global')).toMatchObject({
      ok: false,
      error: 'Small Acts did not take that (dispatch_failed, status 500). Try again.',
    })
  })

  test('is the workspace’s own, and known by its type', async () => {
    const { sandbox, app } = await start()
    const message = await sandbox.as('noor').post('general', 'Hi')
    const none = { ok: false, error: 'There is no such shortcut.' }
    expect(await sandbox.as('noor').shortcut('a.other')).toMatchObject(none)
    expect(await sandbox.as('noor').shortcut('a.message')).toMatchObject(none)
    expect(await sandbox.as('noor').shortcut('a.global', message)).toMatchObject(none)
    expect(await sandbox.as('ottoline').shortcut('a.global')).toMatchObject(none)
    expect(sandbox.as('ottoline').sees().shortcuts).toEqual([])
    expect(sandbox.as('noor').sees().shortcuts).toEqual([
      { name: 'Anywhere', type: 'global', callbackId: 'a.global', description: 'From anywhere' },
      { name: 'Here', type: 'message', callbackId: 'a.message', description: 'From a message' },
    ])
    expect(app.received).toEqual([])
  })
})

describe('a message shortcut', () => {
  test('brings the message along, also from a channel without the app', async () => {
    const { sandbox, app } = await start()
    const message = await sandbox.as('lena').post('design-crit', 'Look at these margins')
    expect(await sandbox.as('dede').shortcut('a.message', message)).toMatchObject({ ok: true })
    const payload = app.received[0]?.payload
    expect(payload).toMatchObject({
      type: 'message_action',
      callback_id: 'a.message',
      trigger_id: expect.any(String),
      response_url: expect.stringContaining('/response/'),
      channel: { id: sandbox.channel('design-crit').id, name: 'design-crit' },
      message_ts: message.ts,
      message: { type: 'message', ts: message.ts, user: sandbox.person('lena').id, text: 'Look at these margins' },
    })
    expect(payload.message).not.toHaveProperty('thread_ts')
    expect(sandbox.deliveries[0]).toMatchObject({ kind: 'message_action', name: 'a.message' })
  })

  test('tells of a reply’s thread', async () => {
    const { sandbox, app } = await start()
    const parent = await sandbox.as('ann').post('general', 'Who knows?')
    const reply = await sandbox.as('kofi').post('general', 'I do', parent.ts)
    await sandbox.as('noor').shortcut('a.message', reply)
    await sandbox.as('noor').shortcut('a.message', parent)
    const [ofReply, ofParent] = app.received.map(({ payload }) => payload.message)
    expect(ofReply).toMatchObject({ ts: reply.ts, thread_ts: parent.ts, parent_user_id: sandbox.person('ann').id })
    expect(ofParent).toMatchObject({ ts: parent.ts, thread_ts: parent.ts, reply_count: 1 })
  })

  test('is answered without changing the message', async () => {
    const { sandbox, app } = await start()
    const message = await sandbox.as('ann').post('general', 'Mine')
    await sandbox.as('noor').shortcut('a.message', message)
    const url = app.received[0]?.payload.response_url as string
    expect(await respond(url, { text: 'Instead', replace_original: true })).toBe(200)
    expect(await respond(url, { delete_original: true })).toBe(404)
    expect(sandbox.ephemerals('noor').map(({ text }) => text)).toEqual(['Instead'])
    expect(sandbox.messages('general').at(-1)).toMatchObject({ text: 'Mine', ts: message.ts })
  })

  test('is for real messages in one’s own conversations', async () => {
    const { sandbox, app } = await start()
    const gone = { ok: false, error: 'That message is not there any more.' }
    const channel = sandbox.channel('general').id
    const { message_ts: ts } = await app.call('chat.postEphemeral', {
      channel,
      user: sandbox.person('noor').id,
      text: 'Psst',
    })
    expect(await sandbox.as('noor').shortcut('a.message', { channel, ts })).toMatchObject(gone)
    const elsewhere = await sandbox.as('lena').post('design-crit', 'Hi')
    expect(await sandbox.as('noor').shortcut('a.message', elsewhere)).toMatchObject(gone)
    const deleted = await sandbox.as('ann').post('general', 'Oh')
    await sandbox.as('kofi').post('general', 'What?', deleted.ts)
    await sandbox.as('ann').deleteMessage(deleted)
    expect(await sandbox.as('noor').shortcut('a.message', deleted)).toMatchObject(gone)
    expect(app.received).toEqual([])
  })

  test('works over the page’s own door', async () => {
    const { sandbox, app } = await start()
    const { channel, ts } = await sandbox.as('ann').post('general', 'Hi')
    const act = { type: 'shortcut', as: sandbox.person('noor').id, callbackId: 'a.message', message: { channel, ts } }
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${sandbox.url}/page/act`, { method: 'POST', headers, body: JSON.stringify(act) })
    expect(await answer.json()).toEqual({ ok: true })
    expect(app.received[0]?.payload.message_ts).toBe(ts)
  })
})
