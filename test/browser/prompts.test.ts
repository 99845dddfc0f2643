import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { promptsOf } from '../support/prompts.ts'
import { createWorld, type World } from '../support/world.ts'
import { answers, keepShot, messages, posts, startBrowser, type TestBrowser } from './browser.ts'

let world: World
let browser: TestBrowser
beforeAll(async () => {
  world = await createWorld({ page: true })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
afterEach(() => {
  expect(browser.problems.splice(0)).toEqual([])
})

const visit = (as: string, where: string, options = {}) =>
  browser.visit(`${world.sandbox.url}/?as=${world.sandbox.person(as).id}#${where}`, options)
const channel = () => world.sandbox.channel('#general').id
const dialog = (page: Page) => page.getByRole('dialog')
const post = (page: Page) => posts(page, 'does not read or count them')
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

it('an admin gives a channel its weekly prompt, looks at what comes, and has another one', async () => {
  const page = await visit('margit', channel())
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Small Acts/ })
    .click()
  await page.getByRole('tab', { name: 'Home' }).click()
  await page.getByTestId('home').getByRole('button', { name: 'Weekly prompt…' }).click()
  await dialog(page).getByText('No channel has it yet').waitFor()
  await keepShot(page, '40-weekly-prompt-none')
  await dialog(page).getByRole('button', { name: 'Add a channel…' }).click()
  await dialog(page).getByText('Weeks without a prompt').waitFor()
  await keepShot(page, '41-weekly-prompt-form')
  await dialog(page).getByRole('combobox', { name: 'Channel' }).click()
  await page.getByRole('option', { name: /general/ }).click()
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await dialog(page).getByText('Mondays at 10:00').waitFor()
  await keepShot(page, '42-weekly-prompt-next')
  const next = (await promptsOf(world).next('#general'))?.choice?.id
  await dialog(page).getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Another one' }).click()
  await expect.poll(async () => (await promptsOf(world).next('#general'))?.choice?.id).not.toBe(next)
})

it('the week: it is there on Monday, and people answer it in two minutes', async () => {
  const page = await visit('noor', channel())
  await promptsOf(world).untilDue('#general')
  await post(page).waitFor()
  await keepShot(page, '43-prompt')

  await post(page).getByRole('button', { name: 'Answer' }).click()
  await dialog(page).getByRole('textbox').first().fill('Kofi, for the lists that nobody asked for and everybody uses.')
  await keepShot(page, '44-answer')
  await dialog(page).getByRole('button', { name: 'Answer' }).click()
  await dialog(page).getByText('Your answer stands in the thread').waitFor()
  await keepShot(page, '45-answered')
  await dialog(page).getByRole('button', { name: 'Close' }).last().click()
  await post(page).getByRole('button', { name: /repl/ }).click()
  await messages(page, 'the lists that nobody asked for').first().waitFor()
  await keepShot(page, '46-thread')

  for (const name of ['ann', 'kofi', 'mei', 'lena', 'bram', 'aisha']) {
    const [last] = promptsOf(world).posted('#general').slice(-1)
    if (last) await world.sandbox.as(name).click(last, 'prompts.done')
  }
  await world.pass({ minutes: 1 })
  await posts(page, '5 or more people took part').first().waitFor()
  await keepShot(page, '47-took-part')
})

it('on a phone, in the dark', async () => {
  const page = await visit('tomas', channel(), { ...PHONE, colorScheme: 'dark' })
  await post(page).waitFor()
  await keepShot(page, '48-phone-dark')
  await post(page).getByRole('button', { name: 'Done it' }).tap()
  await answers(page, 'nobody sees that it was you').waitFor()
  await keepShot(page, '49-phone-done')
  await post(page).getByRole('button', { name: 'Answer' }).tap()
  await dialog(page).getByText('For one person alone?').waitFor()
  await keepShot(page, '50-phone-answer')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})
