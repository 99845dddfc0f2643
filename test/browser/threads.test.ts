import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { answers, composer, keepShot, posts, withPage } from './browser.ts'

const here = withPage()

const visit = (as: string, place: string, options = {}) => {
  const { sandbox } = here.world
  return here.browser.visit(`${sandbox.url}/?as=${sandbox.person(as).id}#${sandbox.channel(place).id}`, options)
}
const thread = (page: Page) => page.getByRole('complementary', { name: /^Thread in/ })
const inThread = (page: Page, words: string) => thread(page).getByTestId('message').filter({ hasText: words })
const inChannel = (page: Page, words: string) =>
  page.getByRole('main').getByTestId('message').filter({ hasText: words })
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')
const focusedName = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

it('a reply is in its thread and not in the channel, for everybody', async () => {
  await here.world.sandbox.as('ann').post('#general', 'Who found the paper?')
  const noor = await visit('noor', '#general')
  const kofi = await visit('kofi', '#general')
  await inChannel(noor, 'Who found').hover()
  await noor.getByRole('button', { name: 'Reply in thread' }).click()
  await thread(noor).getByRole('textbox').waitFor()
  await noor.keyboard.type('It was me')
  await noor.keyboard.press('Enter')
  await inThread(noor, 'It was me').waitFor()
  expect(await inChannel(noor, 'It was me').count()).toBe(0)
  await keepShot(noor, '20-thread')

  const bar = inChannel(kofi, 'Who found').getByRole('button', { name: /1 reply/ })
  await bar.click()
  await inThread(kofi, 'It was me').waitFor()
  await kofi.keyboard.type('It was behind the plants')
  await kofi.keyboard.press('Enter')
  await inThread(noor, 'It was behind the plants').waitFor()
  await inChannel(noor, 'Who found')
    .getByRole('button', { name: /2 replies/ })
    .waitFor()

  await kofi.getByRole('button', { name: 'Close thread' }).click()
  await thread(kofi).waitFor({ state: 'detached' })
})

it('a command has no place in a thread, and says so', async () => {
  const page = await visit('noor', '#random')
  await inChannel(page, 'sourdough').hover()
  await page.getByRole('button', { name: 'Reply in thread' }).click()
  await thread(page).getByRole('textbox').fill('/kudos @ann for the bread')
  await page.keyboard.press('Enter')
  await page.getByTestId('composer-error').filter({ hasText: '/kudos' }).waitFor()
  expect(await thread(page).getByRole('textbox').inputValue()).toBe('/kudos @ann for the bread')
})

it('a reaction counts for everybody, and a second click takes it back', async () => {
  const noor = await visit('noor', '#kudos')
  const kofi = await visit('kofi', '#kudos')
  await inChannel(noor, 'Small things count').hover()
  await noor.getByRole('button', { name: 'Add reaction' }).first().click()
  await noor.getByRole('dialog', { name: 'Add reaction' }).getByRole('button', { name: 'sunflower' }).click()

  const pill = (page: Page) => inChannel(page, 'Small things count').locator('[data-reaction=sunflower]')
  await pill(kofi).filter({ hasText: '1' }).waitFor()
  expect(await pill(kofi).getAttribute('title')).toBe('Noor Haddad reacted with :sunflower:')
  expect(await pill(kofi).getAttribute('aria-pressed')).toBe('false')
  await pill(kofi).click()
  await pill(noor).filter({ hasText: '2' }).waitFor()
  expect(await pill(noor).getAttribute('aria-pressed')).toBe('true')
  expect(await pill(noor).getAttribute('title')).toBe('Kofi Mensah and you reacted with :sunflower:')
  await keepShot(noor, '21-reactions')
  await pill(noor).click()
  await pill(kofi).filter({ hasText: '1' }).waitFor()
  await pill(kofi).click()
  await pill(noor).waitFor({ state: 'detached' })
})

it('a message shortcut begins with the message, and the focus comes back to it', async () => {
  const page = await visit('noor', '#general')
  const message = inChannel(page, 'The printer')
  await message.hover()
  await message.getByRole('button', { name: 'More actions' }).click()
  await keepShot(page, '22-more-actions')
  await page.getByRole('menuitem', { name: /Give kudos/ }).click()
  const modal = page.getByRole('dialog', { name: 'Give kudos' })
  await modal.waitFor()
  await modal.getByText('Emre Yıldız').first().waitFor()
  await page.keyboard.press('Escape')
  await modal.waitFor({ state: 'detached' })
  expect(await focusedText(page)).toContain('The printer')
})

it('a shortcut is started from the composer, and refused inputs say why', async () => {
  const page = await visit('noor', '#general')
  await composer(page).fill('/give')
  await page.getByRole('option', { name: /Give kudos/ }).waitFor()
  await page.keyboard.press('Enter')
  const modal = page.getByRole('dialog', { name: 'Give kudos' })
  await modal.waitFor()
  expect(await composer(page).inputValue()).toBe('')
  await page.keyboard.press('Control+Enter')
  await modal.getByRole('alert').first().waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true')
  await keepShot(page, '23-errors')
  await page.keyboard.press('Escape')
  await modal.waitFor({ state: 'detached' })
})

it('a link to a message leads to it, to a reply into its thread, and nowhere else', async () => {
  const { sandbox } = here.world
  const channel = sandbox.channel('#release').id
  const page = await visit('noor', '#release')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const [first] = sandbox.messages('#release')
  if (!first) throw new Error('#release is empty')
  const row = page.getByRole('main').locator(`article[data-ts="${first.ts}"]`)
  await row.hover()
  await row.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Copy link' }).click()
  await page.getByText('Link copied').waitFor()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(new RegExp(`^https://[a-z]+\\.slack\\.com/archives/${channel}/p${first.ts.replace('.', '')}$`))

  await sandbox.as('ann').post('#general', `Look at ${link}`)
  await sandbox.as('ann').post('#general', `Gone: ${link.replace(/\d{6}$/, '000000')}`)
  const kofi = await visit('kofi', '#general')
  await inChannel(kofi, 'Look at').getByRole('link').click()
  await kofi.locator(`article[data-ts="${first.ts}"].is-linked`).waitFor()
  expect(kofi.url()).toContain(`#${channel}`)
  await kofi.goBack()
  await inChannel(kofi, 'Gone:').getByRole('link').click()
  await kofi.getByTestId('notice').filter({ hasText: 'not there any more' }).waitFor()
  expect(kofi.context().pages()).toHaveLength(1)
})

it('the keyboard is enough for a reaction and a thread', async () => {
  const page = await visit('ann', '#general')
  await posts(page, 'The printer').waitFor()
  for (let presses = 0; presses < 30 && !(await isOnMessage(page)); presses += 1) await page.keyboard.press('Shift+Tab')
  for (let presses = 0; presses < 30 && !(await focusedText(page)).includes('The printer'); presses += 1) {
    await page.keyboard.press('ArrowUp')
  }
  await page.keyboard.press('Tab')
  expect(await focusedName(page)).toBe('Add reaction')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Add reaction' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await inChannel(page, 'The printer').locator('[data-reaction=tada][aria-pressed=true]').waitFor()
  expect(await focusedName(page)).toBe('Add reaction')

  await page.keyboard.press('Tab')
  expect(await focusedName(page)).toBe('Reply in thread')
  await keepShot(page, '24-keyboard-tools')
  await page.keyboard.press('Enter')
  await thread(page).waitFor()
  await expect.poll(() => focusedName(page)).toMatch(/^Reply to the thread/)
  await page.keyboard.press('Escape')
  await thread(page).waitFor({ state: 'detached' })
  expect(await focusedText(page)).toContain('The printer')
})

it('what is new is said to those who listen: to the viewer alone, and to everybody', async () => {
  const noor = await visit('noor', '#kudos')
  const kofi = await visit('kofi', '#kudos')
  await inChannel(kofi, 'Small things count').waitFor()
  await composer(noor).fill('/kudos @ann for being heard')
  await noor.keyboard.press('Enter')
  await answers(noor, 'is on its way').waitFor()
  const said = (page: Page, words: RegExp) => page.getByTestId('announcement').filter({ hasText: words }).waitFor()
  await said(kofi, /^Small Acts: .*Noor Haddad/)
  await answers(noor, 'is on its way').getByRole('button', { name: 'Undo' }).click()
  await said(noor, /^Only visible to you: Small Acts: .*Withdrawn/)
})

it('a phone has the same behind three dots', async () => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
  const page = await visit('kofi', '#random', phone)
  await inChannel(page, 'sourdough').getByRole('button', { name: 'Message actions' }).tap()
  await keepShot(page, '25-phone-sheet')
  await page.getByRole('button', { name: 'Reply in thread' }).tap()
  await thread(page).getByRole('textbox').tap()
  await page.keyboard.type('From a train')
  await thread(page).getByRole('button', { name: 'Send now' }).tap()
  await inThread(page, 'From a train').waitFor()
  await keepShot(page, '26-phone-thread')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.getByRole('button', { name: 'Close thread' }).tap()
  await inChannel(page, 'sourdough')
    .getByRole('button', { name: /1 reply/ })
    .waitFor()
})

/** True when the focus is on a message as such, and not on something in it. */
const isOnMessage = (page: Page) => page.evaluate(() => document.activeElement?.matches('article.message') ?? false)
