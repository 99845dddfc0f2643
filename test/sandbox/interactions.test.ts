import { describe, expect, test } from 'vitest'
import { actions, button, input, modal, plain, startWithTinyApp } from './tiny-app.ts'

const respond = async (url: string, body: object) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, text: await response.text() }
}
const option = (value: string) => ({ text: plain(value.toUpperCase()), value })

describe('a click', () => {
  test('in a message brings the message along', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const channel = sandbox.channel('general').id
    const menu = { type: 'overflow', action_id: 'more', options: [option('a'), option('b')] }
    await app.call('chat.postMessage', { channel, text: 'Hi', blocks: [actions(button('go', '7'), menu)] })
    const [card] = sandbox.messages('general', { app: true })
    if (!card) throw new Error('no card')
    expect(await sandbox.as('ann').click(card, 'go')).toMatchObject({ ok: true, status: 200 })
    await sandbox.as('ann').click(card, 'more', 'b')
    const [pressed, chosen] = app.received.map(({ payload }) => payload)
    expect(pressed).toMatchObject({
      type: 'block_actions',
      user: { id: sandbox.person('ann').id, team_id: sandbox.app.teamId },
      container: { type: 'message', message_ts: card.ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'general' },
      message: { ts: card.ts, text: 'Hi', blocks: card.blocks },
      response_url: expect.stringContaining('/response/'),
      trigger_id: expect.any(String),
      actions: [
        { type: 'button', action_id: 'go', value: '7', block_id: card.blocks[0]?.block_id, text: plain('Press') },
      ],
    })
    expect(chosen.actions).toMatchObject([{ type: 'overflow', selected_option: option('b') }])
  })

  test('in an ephemeral message brings none', async () => {
    const { sandbox, app } = await startWithTinyApp()
    app.reply = ({ form }) => (form.command ? { json: { text: 'Sure?', blocks: [actions(button('undo'))] } } : {})
    const { message } = await sandbox.as('noor').command('general', '/kudos')
    if (!message) throw new Error('no answer')
    await sandbox.as('noor').click(message, 'undo')
    const { payload } = app.received.at(-1) as (typeof app.received)[number]
    expect(payload.container.is_ephemeral).toBe(true)
    expect(payload).not.toHaveProperty('message')
    expect(await sandbox.as('ann').click(message, 'undo')).toMatchObject({ ok: false })

    expect(await respond(payload.response_url, { text: 'Undone', replace_original: true })).toEqual({
      status: 200,
      text: 'ok',
    })
    expect(sandbox.ephemerals('noor')).toMatchObject([{ text: 'Undone', ts: message.ts, blocks: [] }])
    await respond(payload.response_url, { delete_original: true })
    expect(sandbox.ephemerals('noor')).toEqual([])
  })

  test('that the app does not take is told', async () => {
    const { sandbox, app } = await startWithTinyApp()
    await app.call('chat.postMessage', {
      channel: sandbox.channel('general').id,
      text: 'a',
      blocks: [actions(button('go'))],
    })
    const [card] = sandbox.messages('general', { app: true })
    app.reply = () => ({ status: 404 })
    const seen = await sandbox.as('ann').click(card as NonNullable<typeof card>, 'go')
    expect(seen).toMatchObject({ ok: false, error: expect.stringContaining('did not take that') })
  })
})

describe('a response_url', () => {
  test('takes five answers, for half an hour', async () => {
    const { sandbox, app, clock } = await startWithTinyApp()
    await sandbox.as('noor').command('general', '/kudos')
    await sandbox.as('noor').command('general', '/kudos')
    const [first, second] = app.received.map(({ form }) => form.response_url as string) as [string, string]
    for (let i = 0; i < 5; i++) expect((await respond(first, { text: `${i}` })).status).toBe(200)
    expect(await respond(first, { text: '6' })).toEqual({ status: 404, text: '{"ok":false,"error":"used_url"}' })
    clock.forward(30 * 60_000 + 1)
    expect(await respond(second, { text: 'late' })).toEqual({ status: 404, text: '{"ok":false,"error":"expired_url"}' })
    expect(sandbox.ephemerals('noor')).toHaveLength(5)
  })

  test('of a command replaces nothing, reaches channels the app is not in, and wants valid JSON', async () => {
    const { sandbox, app } = await startWithTinyApp()
    app.reply = () => ({ text: 'First' })
    await sandbox.as('noor').command('team-leads', '/kudos')
    const url = app.received[0]?.form.response_url as string
    await respond(url, { text: 'Second', replace_original: true })
    expect(sandbox.ephemerals('noor').map(({ text }) => text)).toEqual(['First', 'Second'])
    await respond(url, { text: 'Everybody', response_type: 'in_channel' })
    expect(sandbox.messages('team-leads', { app: true })).toMatchObject([{ text: 'Everybody' }])
    expect(await respond(url, { text: '' })).toMatchObject({ status: 400 })
    expect((await fetch(url, { method: 'POST', body: 'text=hi' })).status).toBe(400)
  })
})

describe('a modal', () => {
  const field = input('reason', { type: 'plain_text_input', action_id: 'text', max_length: 5 })
  const choice = input('value', {
    type: 'static_select',
    action_id: 'pick',
    options: [option('a'), option('b')],
    initial_option: option('a'),
  })
  const withModal = async (blocks: object[] = [field, choice], more: object = {}) => {
    const started = await startWithTinyApp()
    const { sandbox, app } = started
    await sandbox.as('noor').command('general', '/kudos')
    const trigger = app.received[0]?.form.trigger_id as string
    const opened = await app.call('views.open', { trigger_id: trigger, view: modal(blocks, more) })
    return { ...started, trigger, opened, noor: sandbox.as('noor') }
  }

  test('opens by a trigger that is good once and for 3 seconds', async () => {
    const { sandbox, app, clock, trigger, opened } = await withModal()
    expect(opened).toMatchObject({
      ok: true,
      view: { type: 'modal', callback_id: 'a.modal', hash: expect.any(String) },
    })
    const again = (id: string) => app.call('views.open', { trigger_id: id, view: modal([field]) })
    expect(await again(trigger)).toMatchObject({ error: 'exchanged_trigger_id' })
    expect(await again('1.2.abc')).toMatchObject({ error: 'invalid_trigger_id' })
    await sandbox.as('ann').command('general', '/kudos')
    clock.forward(3001)
    expect(await again(app.received[1]?.form.trigger_id as string)).toMatchObject({ error: 'expired_trigger_id' })
  })

  test('is submitted with everything that is set', async () => {
    const { sandbox, app, noor } = await withModal()
    expect(await noor.submit()).toMatchObject({ errors: { reason: 'Please complete this required field.' } })
    expect(await noor.submit({ text: 'too long' })).toMatchObject({
      errors: { reason: 'Please enter no more than 5 characters.' },
    })
    expect(app.received).toHaveLength(1)
    expect(await noor.submit({ text: 'hello', pick: 'b' })).toMatchObject({ ok: true })
    expect(app.received[1]?.payload).toMatchObject({
      type: 'view_submission',
      trigger_id: expect.any(String),
      view: {
        callback_id: 'a.modal',
        state: {
          values: {
            reason: { text: { type: 'plain_text_input', value: 'hello' } },
            value: { pick: { type: 'static_select', selected_option: option('b') } },
          },
        },
      },
    })
    expect(sandbox.view('noor')).toBeNull()
  })

  test('stays for errors, changes, stacks up and is cleared', async () => {
    const { sandbox, app, noor, problems } = await withModal()
    const answer = async (json: object) => {
      app.reply = () => ({ json })
      return noor.submit({ text: 'hello' })
    }
    const title = () => (sandbox.view('noor')?.view.title as { text: string } | undefined)?.text
    expect(await answer({ response_action: 'errors', errors: { reason: 'No' } })).toMatchObject({
      errors: { reason: 'No' },
    })
    expect(sandbox.view('noor')?.errors).toEqual({ reason: 'No' })
    expect(await answer({ response_action: 'errors', errors: { nowhere: 'No' } })).toMatchObject({ ok: false })
    expect(problems.at(-1)).toContain('nowhere')
    await answer({ response_action: 'update', view: modal([field], { title: plain('Two') }) })
    expect(title()).toBe('Two')
    await answer({ response_action: 'push', view: modal([field], { title: plain('Three') }) })
    await answer({ response_action: 'push', view: modal([field], { title: plain('Four') }) })
    expect(title()).toBe('Four')
    expect(await answer({ response_action: 'push', view: modal([field]) })).toMatchObject({ ok: false })
    expect(problems.at(-1)).toContain('push_limit_reached')
    await noor.close()
    expect(title()).toBe('Three')
    await answer({ response_action: 'clear' })
    expect(sandbox.view('noor')).toBeNull()
  })

  test('tells that it was closed, if asked to', async () => {
    const { app, noor } = await withModal([field], { notify_on_close: true })
    await noor.close()
    expect(app.received[1]?.payload).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { callback_id: 'a.modal' },
    })
  })

  test('sends actions with its state, and is pushed onto and updated by them', async () => {
    const { sandbox, app, noor, opened } = await withModal([field, choice, actions(button('more'))])
    await noor.click('modal', 'more')
    const { payload } = app.received[1] as (typeof app.received)[number]
    expect(payload.container).toEqual({ type: 'view', view_id: opened.view.id })
    expect(payload.view.state.values.value.pick.selected_option).toEqual(option('a'))
    expect(payload).not.toHaveProperty('response_url')
    const update = (hash: string) =>
      app.call('views.update', { view_id: opened.view.id, hash, view: modal([field], { title: plain('New') }) })
    expect(await update('old')).toMatchObject({ error: 'hash_conflict' })
    expect(await update(opened.view.hash)).toMatchObject({ ok: true })
    const pushed = await app.call('views.push', { trigger_id: payload.trigger_id, view: modal([field]) })
    expect(pushed.view).toMatchObject({ previous_view_id: opened.view.id, root_view_id: opened.view.id })
    expect(sandbox.view('noor')?.id).toBe(pushed.view.id)
  })
})
