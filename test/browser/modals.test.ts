import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest'
import { actions, button, input, modal, plain, startWithTinyApp } from '../sandbox/tiny-app.ts'
import { composer, keepShot, startBrowser, type TestBrowser } from './browser.ts'

let browser: TestBrowser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser?.close())
afterEach(() => {
  expect(browser.problems.splice(0)).toEqual([])
})

const option = (value: string) => ({ text: plain(`Option ${value}`), value })
const options = ['a', 'b', 'c'].map(option)
const text = (blockId: string, more: object = {}) =>
  input(blockId, { type: 'plain_text_input', action_id: 't', ...more })

/** A window in which `/kudos` opens this modal, and an app that then answers as the test says. */
async function opened(view: object, more: { viewport?: { width: number; height: number } } = {}) {
  const { sandbox, app } = await startWithTinyApp({ page: true })
  app.reply = async ({ form }) => {
    if (form.trigger_id)
      expect(await app.call('views.open', { trigger_id: form.trigger_id, view })).toMatchObject({ ok: true })
    return {}
  }
  const page = await browser.visit(
    `${sandbox.url}/?as=${sandbox.person('noor').id}#${sandbox.channel('#kudos').id}`,
    more,
  )
  // Before its sandbox goes, or it would look for it.
  onTestFinished(() => page.context().close())
  await composer(page).fill('/kudos')
  await page.getByRole('button', { name: 'Send now' }).click()
  await page.getByRole('dialog').waitFor()
  return { page, sandbox, app }
}

const box = (page: Page, index = 0) => page.getByRole('dialog').getByRole('textbox').nth(index)

it('a pushed modal has a way back, to what was typed below', async () => {
  const { page, app } = await opened(modal([text('why'), actions(button('more'))]))
  app.reply = async ({ payload }) => {
    if (payload.type === 'block_actions') {
      await app.call('views.push', {
        trigger_id: payload.trigger_id,
        view: modal([text('why')], { title: plain('Second') }),
      })
    }
    return {}
  }
  await box(page).fill('typed below')
  await page.getByRole('button', { name: 'Press' }).click()
  const second = page.getByRole('dialog', { name: 'Second' })
  await second.waitFor()
  expect(await box(page).inputValue()).toBe('')
  expect(await second.getByRole('button', { name: 'Close' }).count()).toBe(0)
  await keepShot(page, '40-second-modal')
  await second.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('dialog', { name: 'Title' }).getByRole('button', { name: 'Close' }).waitFor()
  expect(await box(page).inputValue()).toBe('typed below')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

it('a changed modal keeps what was typed as long as its input stays', async () => {
  const { page, app } = await opened(modal([text('stays'), text('goes'), actions(button('change'))]))
  const views = [
    modal([text('stays', { initial_value: 'new' }), actions(button('change'))], { title: plain('Without') }),
    modal([text('stays'), text('goes'), actions(button('change'))], { title: plain('With') }),
  ]
  app.reply = async ({ payload }) => {
    await app.call('views.update', { view_id: payload.view.id, view: views.shift() })
    return {}
  }
  await box(page, 0).fill('kept')
  await box(page, 1).fill('lost')
  await page.getByRole('button', { name: 'Press' }).click()
  await page.getByRole('dialog', { name: 'Without' }).waitFor()
  expect(await box(page, 0).inputValue()).toBe('kept')
  await page.getByRole('button', { name: 'Press' }).click()
  await page.getByRole('dialog', { name: 'With', exact: true }).waitFor()
  expect(await box(page, 0).inputValue()).toBe('kept')
  expect(await box(page, 1).inputValue()).toBe('')
})

it('what the app refuses stands under its input, which gets the focus; Enter submits', async () => {
  const { page, app } = await opened(modal([text('first'), text('second')]))
  app.reply = () => ({ json: { response_action: 'errors', errors: { second: 'Say it in other words.' } } })
  await box(page, 0).fill('fine')
  await box(page, 1).fill('not fine')
  await box(page, 0).press('Enter')
  await page.getByRole('alert').filter({ hasText: 'Say it in other words.' }).waitFor()
  await expect.poll(() => box(page, 1).evaluate((element) => element === document.activeElement)).toBe(true)
  expect(await box(page, 1).getAttribute('aria-invalid')).toBe('true')
  expect(await box(page, 0).getAttribute('aria-invalid')).not.toBe('true')

  app.reply = () => ({ status: 500 })
  await box(page, 1).press('Enter')
  await page.getByRole('alert').filter({ hasText: 'trouble connecting' }).waitFor()
  await keepShot(page, '41-refused')

  app.reply = () => ({})
  await box(page, 1).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

it('everything can be chosen with the keyboard, and arrives as it was chosen', async () => {
  const { page, sandbox, app } = await opened(
    modal([
      input('radio', { type: 'radio_buttons', action_id: 'e', options }),
      input('checks', { type: 'checkboxes', action_id: 'e', options }),
      input('one', { type: 'static_select', action_id: 'e', options }),
      input('some', { type: 'multi_static_select', action_id: 'e', options, max_selected_items: 2 }),
      input('people', { type: 'multi_users_select', action_id: 'e', max_selected_items: 1 }),
      input('place', { type: 'conversations_select', action_id: 'e', filter: { include: ['public'] } }),
      {
        type: 'section',
        block_id: 'more',
        text: plain('More'),
        accessory: { type: 'overflow', action_id: 'e', options },
      },
    ]),
    { viewport: { width: 1280, height: 1000 } },
  )
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press('Tab')
  await choose(page, 'Option c')
  await page.keyboard.press('Tab')
  await choose(page, 'Option a')
  await choose(page, 'Option b')
  await page.keyboard.press('ArrowDown')
  await page.getByText('You can choose at most 2.').waitFor()
  await keepShot(page, '42-elements')
  await choose(page, 'Option c')
  await page.keyboard.press('Tab')
  await choose(page, 'Kofi')
  await page.keyboard.press('Tab')
  await choose(page, '#random')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Option b' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => app.received.at(-1)?.payload?.actions?.[0]?.selected_option?.value).toBe('b')

  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const { values } = app.received.at(-1)?.payload.view.state ?? {}
  expect(values.radio.e.selected_option.value).toBe('b')
  expect(values.checks.e.selected_options.map(({ value }: { value: string }) => value)).toEqual(['a'])
  expect(values.one.e.selected_option.value).toBe('c')
  expect(values.some.e.selected_options.map(({ value }: { value: string }) => value)).toEqual(['a', 'b'])
  expect(values.people.e.selected_users).toEqual([sandbox.person('kofi').id])
  expect(values.place.e.selected_conversation).toBe(sandbox.channel('#random').id)
})

/** Types into the select that has the focus, and takes what it offers first. */
async function choose(page: Page, name: string) {
  await page.keyboard.type(name)
  await page.getByRole('option', { name }).first().waitFor()
  await page.keyboard.press('Enter')
}
