import { describe, expect, test } from 'vitest'
import { actions, button, input, modal, plain, startWithTinyApp } from './tiny-app.ts'

const option = (value: string) => ({ text: plain(value.toUpperCase()), value })
const options = ['a', 'b', 'c'].map(option)
const field = input('reason', { type: 'plain_text_input', action_id: 'text' })
const titled = (title: string, blocks: object[] = [actions(button('go'))], more: object = {}) =>
  modal(blocks, { title: plain(title), ...more })

/** Noor, with a modal open, and an app that does what one tells it. */
const withModal = async (view: object = titled('One')) => {
  const started = await startWithTinyApp()
  const { sandbox, app } = started
  const noor = sandbox.as('noor')
  await noor.command('general', '/kudos')
  const opened = await app.call('views.open', { trigger_id: app.received[0]?.form.trigger_id, view })
  /** Presses the button of the topmost modal; the trigger that gives. */
  const press = async (): Promise<string> => {
    await noor.click('modal', 'go')
    return app.received.at(-1)?.payload.trigger_id
  }
  const push = async (view: object) => app.call('views.push', { trigger_id: await press(), view })
  const title = () => (sandbox.view('noor')?.view.title as { text: string } | undefined)?.text
  const last = () => app.received.at(-1)?.payload
  return { ...started, noor, opened, press, push, title, last }
}

describe('a stack of modals', () => {
  test('is three high, and goes back one by one', async () => {
    const { noor, push, title, opened } = await withModal()
    const depth = () => noor.sees().modal?.depth
    expect(depth()).toBe(1)
    const two = await push(titled('Two'))
    expect(two.view).toMatchObject({ root_view_id: opened.view.id, previous_view_id: opened.view.id })
    const three = await push(titled('Three'))
    expect(three.view).toMatchObject({ root_view_id: opened.view.id, previous_view_id: two.view.id })
    expect(depth()).toBe(3)
    expect(await push(titled('Four'))).toMatchObject({ error: 'push_limit_reached' })
    const seen = [title()]
    while (title()) {
      await noor.close()
      seen.push(title())
    }
    expect(seen).toEqual(['Three', 'Two', 'One', undefined])
    expect(noor.sees().modal).toBeNull()
  })

  test('can be changed below its top', async () => {
    const { app, noor, push, title, opened } = await withModal()
    await push(titled('Two'))
    const view = titled('One again')
    expect(await app.call('views.update', { view_id: opened.view.id, hash: 'old', view })).toMatchObject({
      error: 'hash_conflict',
    })
    expect(await app.call('views.update', { view_id: opened.view.id, hash: opened.view.hash, view })).toMatchObject({
      ok: true,
    })
    expect(title()).toBe('Two')
    await noor.close()
    expect(title()).toBe('One again')
  })

  test('takes no push without a modal under it, or when that one is gone', async () => {
    const { app, noor, press } = await withModal()
    await noor.command('general', '/kudos')
    const fromCommand = app.received.at(-1)?.form.trigger_id
    expect(await app.call('views.push', { trigger_id: fromCommand, view: titled('Two') })).toMatchObject({
      error: 'not_found',
    })
    const trigger = await press()
    await noor.close()
    expect(await app.call('views.push', { trigger_id: trigger, view: titled('Two') })).toMatchObject({
      error: 'not_found',
    })
  })

  test('is closed as a whole where it says so, and tells of each that asked', async () => {
    const { app, noor, push, title } = await withModal(
      titled('One', undefined, { notify_on_close: true, callback_id: 'one' }),
    )
    await push(titled('Two', undefined, { clear_on_close: true, notify_on_close: true, callback_id: 'two' }))
    await noor.close()
    expect(title()).toBeUndefined()
    const closed = app.received.map(({ payload }) => payload).filter((payload) => payload?.type === 'view_closed')
    expect(closed.map(({ view, is_cleared }) => [view.callback_id, is_cleared])).toEqual([
      ['two', true],
      ['one', true],
    ])
  })

  test('stays closed when the app answers late', async () => {
    const { app, noor, title, problems } = await withModal(titled('One', [field]))
    app.reply = async ({ payload }) => {
      if (payload?.type !== 'view_submission') return {}
      await noor.close()
      return { json: { response_action: 'push', view: titled('Two') } }
    }
    expect(await noor.submit({ text: 'hello' })).toMatchObject({ ok: true })
    expect(title()).toBeUndefined()
    expect(problems).toEqual([])
  })
})

describe('what is chosen in a modal', () => {
  const chooser = (type: string, more: object = {}) => ({ type, action_id: type, ...more })
  const every = [
    chooser('checkboxes', { options }),
    chooser('radio_buttons', { options }),
    chooser('static_select', { options }),
    chooser('multi_static_select', { options, max_selected_items: 2 }),
    chooser('multi_users_select', { max_selected_items: 1 }),
    chooser('datepicker'),
  ]
  const form = titled(
    'Form',
    every.map((element) => input(element.type, element, { optional: true })),
  )

  test('arrives in the shape of its element', async () => {
    const { sandbox, noor, last } = await withModal(form)
    const ann = sandbox.person('ann').id
    const chosen = {
      checkboxes: ['a', 'c'],
      radio_buttons: 'b',
      static_select: 'c',
      multi_static_select: ['b', 'a'],
      multi_users_select: [ann],
      datepicker: '2026-12-24',
    }
    expect(await noor.submit(chosen)).toMatchObject({ ok: true })
    const held = Object.entries(last().view.state.values).map(([id, block]) => [
      id,
      (block as Record<string, unknown>)[id],
    ])
    expect(Object.fromEntries(held)).toEqual({
      checkboxes: { type: 'checkboxes', selected_options: [option('a'), option('c')] },
      radio_buttons: { type: 'radio_buttons', selected_option: option('b') },
      static_select: { type: 'static_select', selected_option: option('c') },
      multi_static_select: { type: 'multi_static_select', selected_options: [option('b'), option('a')] },
      multi_users_select: { type: 'multi_users_select', selected_users: [ann] },
      datepicker: { type: 'datepicker', selected_date: '2026-12-24' },
    })
  })

  test.each([
    ['more than it takes', { multi_static_select: ['a', 'b', 'c'] }, 'At most 2 can be chosen.'],
    ['what it does not offer', { radio_buttons: 'z' }, 'There is no option with the value "z".'],
    ['nobody', { multi_users_select: ['U0NOBODY'] }, 'Nothing here has the id U0NOBODY.'],
    ['no day', { datepicker: 'tomorrow' }, '"tomorrow" is no date.'],
  ])('is never %s', async (_, chosen, error) => {
    const { app, noor } = await withModal(form)
    expect(await noor.submit(chosen)).toMatchObject({ ok: false, error })
    expect(app.received).toHaveLength(1)
  })

  test('is sent at once from an overflow menu, and from an input only if it dispatches', async () => {
    const menu = { type: 'overflow', action_id: 'more', options }
    const typed = { type: 'plain_text_input', action_id: 'live' }
    const { app, noor, last } = await withModal(
      titled('Live', [actions(menu), field, input('live', typed, { dispatch_action: true })]),
    )
    await noor.click('modal', 'more', 'b')
    expect(last()).toMatchObject({
      type: 'block_actions',
      response_urls: [],
      actions: [{ type: 'overflow', selected_option: option('b') }],
    })
    expect(last().view.state.values).not.toHaveProperty('more')
    await noor.click('modal', 'live', { type: 'text', value: 'hel' })
    expect(last().actions).toMatchObject([{ type: 'plain_text_input', block_id: 'live', value: 'hel' }])
    expect(last().view.state.values.live.live.value).toBe('hel')
    const before = app.received.length
    expect(await noor.click('modal', 'text', { type: 'text', value: 'hello' })).toMatchObject({ ok: false })
    expect(app.received).toHaveLength(before)
  })
})

describe('what a view comes with', () => {
  const refused = async (element: object) => {
    const { sandbox, app } = await startWithTinyApp()
    await sandbox.as('noor').command('general', '/kudos')
    const view = modal([input('who', { action_id: 'who', ...element })])
    const answer = await app.call('views.open', { trigger_id: app.received[0]?.form.trigger_id, view })
    return answer.ok ? 'opened' : `${answer.error} ${answer.response_metadata.messages.join()}`
  }

  test('exists', async () => {
    const { sandbox, app } = await startWithTinyApp()
    const ann = sandbox.person('ann').id
    expect(await refused({ type: 'users_select', initial_user: ann })).toBe('opened')
    expect(await refused({ type: 'users_select', initial_user: 'U0NOBODY' })).toBe(
      'invalid_arguments [ERROR] invalid user: U0NOBODY [json-pointer:/view/blocks/0]',
    )
    expect(await refused({ type: 'multi_users_select', initial_users: [ann, 'U0NOBODY'] })).toContain('U0NOBODY')
    expect(await refused({ type: 'channels_select', initial_channel: 'C0NOWHERE' })).toContain('channel: C0NOWHERE')
    const blocks = [actions({ type: 'users_select', action_id: 'who', initial_user: 'U0NOBODY' })]
    expect(await app.call('chat.postMessage', { channel: sandbox.channel('general').id, blocks })).toMatchObject({
      error: 'invalid_blocks',
      errors: ['invalid user: U0NOBODY [json-pointer:/blocks/0]'],
    })
  })
})
