import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { answers, become, composer, keepShot, posts, withPage } from './browser.ts'

const here = withPage()

/** Types a command into the composer that has the focus, its people by completion, and sends it. */
async function give(page: Page, people: string[], reason: string) {
  await page.keyboard.type('/kudos ')
  for (const person of people) {
    await page.keyboard.type(`@${person}`)
    await page.getByRole('listbox', { name: 'People and groups' }).getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
  }
  await page.keyboard.type(`for ${reason}`)
  await page.keyboard.press('Enter')
}

const visit = (as: string, place: string, options = {}) => {
  const { sandbox } = here.world
  const where = place.startsWith('#') ? sandbox.channel(place).id : place
  return here.browser.visit(`${sandbox.url}/?as=${sandbox.person(as).id}#${where}`, options)
}

it('a kudos goes from one person to another, and everybody sees what is theirs', async () => {
  const kofi = await visit('kofi', '#general')
  await posts(kofi, 'The printer').waitFor()
  const page = await here.browser.visit(here.world.sandbox.url)
  await page.getByRole('complementary', { name: 'Welcome' }).waitFor()
  await keepShot(page, '01-first-visit')
  await page.getByRole('button', { name: 'Dismiss the welcome' }).click()

  await composer(page).click()
  await page.keyboard.type('/kudos @an')
  await page.getByRole('option', { name: /Ann Kowalski/ }).waitFor()
  await keepShot(page, '02-completion')
  await page.getByRole('option', { name: /Ann Kowalski/ }).click()
  await page.keyboard.type('for staying late with the release')
  await page.getByRole('button', { name: 'Send now' }).click()

  const confirmation = answers(page, 'is on its way')
  await confirmation.getByText('Only visible to you').waitFor()
  await confirmation.getByRole('button', { name: 'Undo' }).waitFor()
  expect(await confirmation.textContent()).toContain('Ann Kowalski')
  const card = posts(page, 'staying late with the release')
  await card.waitFor()
  expect(await card.textContent()).toMatch(/Noor Haddad thanks @Ann Kowalski/)
  await keepShot(page, '03-given')

  // Somebody else has had the channel open all the time.
  await posts(kofi, 'staying late with the release').waitFor()
  expect(await answers(kofi, '').count()).toBe(0)
  await keepShot(kofi, '04-seen-live')

  await become(page, 'Ann Kowalski')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Small Acts/ })
    .click()
  await page.getByRole('tab', { name: /Messages/ }).click()
  const note = posts(page, 'thanks you')
  await note.getByText('staying late with the release').waitFor()
  await note.getByRole('button', { name: 'Stop these notes' }).waitFor()
  await keepShot(page, '05-note')

  await page.getByRole('tab', { name: 'Home' }).click()
  const home = page.getByTestId('home')
  await home.getByText('staying late with the release').waitFor()
  await keepShot(page, '06-home')
  await home.getByRole('button', { name: 'Stop notes' }).click()
  await home.getByText('Notes are off.').waitFor()
  await home.getByRole('button', { name: 'Send me notes' }).click()
  await home.getByText('Notes are on.').waitFor()
})

it('Undo takes the card away from everybody', async () => {
  const page = await visit('noor', '#general')
  const kofi = await visit('kofi', '#general')
  await posts(page, 'The printer').waitFor()
  await give(page, ['ann', 'kofi'], 'something else')
  await posts(kofi, 'something else').waitFor()
  await keepShot(page, '07-before-undo')
  await answers(page, 'is on its way').getByRole('button', { name: 'Undo' }).last().click()
  await answers(page, 'Withdrawn').waitFor()
  await posts(page, 'something else').waitFor({ state: 'detached' })
  await posts(kofi, 'something else').waitFor({ state: 'detached' })
  await keepShot(page, '08-undone')
})

it('a refusal says what to do', async () => {
  const page = await visit('noor', '#random')
  await posts(page, 'sourdough').waitFor()
  await give(page, ['noor'], 'being me')
  await answers(page, 'A kudos is for somebody else: name the coworker you want to thank.').waitFor()
  await keepShot(page, '09-refusal')
})

it('the keyboard is enough', async () => {
  const page = await visit('noor', '#kudos')
  await posts(page, 'Small things count').waitFor()
  await page.keyboard.type('/ku')
  await page.getByRole('option', { name: /\/kudos/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('@kof')
  await page.getByRole('option', { name: /Kofi Mensah/ }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.type('for the quiet fix')
  await page.keyboard.press('Enter')
  await posts(page, 'the quiet fix').waitFor()

  await focusBackwards(page, 'Undo')
  await keepShot(page, '10-keyboard')
  await page.keyboard.press('Enter')
  await posts(page, 'the quiet fix').waitFor({ state: 'detached' })
})

it('a phone is wide enough', async () => {
  const page = await visit('noor', '#general', {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  })
  await posts(page, 'The printer').waitFor()
  await keepShot(page, '11-phone')
  await page.getByRole('button', { name: 'Show conversations' }).tap()
  await keepShot(page, '12-phone-drawer')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^kudos/ })
    .tap()
  await composer(page).tap()
  await page.keyboard.type('/kudos @pri')
  await page.getByRole('option', { name: /Priya Nair/ }).tap()
  await page.keyboard.type('for a whole shift of patience with the import that would not import')
  await page.getByRole('button', { name: 'Send now' }).tap()
  await posts(page, 'patience').waitFor()
  await keepShot(page, '13-phone-given')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await answers(page, 'is on its way').getByRole('button', { name: 'Undo' }).tap()
  await posts(page, 'patience').waitFor({ state: 'detached' })
})

it('many windows at once: the hidden ones catch up when they are looked at', async () => {
  const first = await visit('kofi', '#general')
  await posts(first, 'The printer').waitFor()
  await look(first, 'hidden')
  for (let opened = 0; opened < 7; opened += 1) {
    const page = await first.context().newPage()
    await page.goto(first.url())
    await posts(page, 'The printer').waitFor()
    await look(page, 'hidden')
  }
  await here.world.sandbox.as('noor').command('#general', '/kudos', '@ann for being seen late')
  await here.world.settled()
  expect(await posts(first, 'being seen late').count()).toBe(0)
  await look(first, 'visible')
  await posts(first, 'being seen late').waitFor()
})

/** As if one had gone to another window, or come back: without a screen every window counts as looked at. */
async function look(page: Page, visibility: 'hidden' | 'visible') {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, visibility)
}

/** Presses Shift+Tab until a button of that name has the focus. */
async function focusBackwards(page: Page, name: string) {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Shift+Tab')
    if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return
  }
  throw new Error(`Shift+Tab never comes to ${name}`)
}
