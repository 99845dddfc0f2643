import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { answers, composer, keepShot, withPage } from './browser.ts'

const here = withPage()

const controls = (page: Page) => page.getByRole('region', { name: 'Sandbox controls' })
const requests = (page: Page, name: string) => page.getByTestId('request').filter({ hasText: name })

async function openControls(as: string, options = {}): Promise<Page> {
  const { sandbox } = here.world
  const page = await here.browser.visit(
    `${sandbox.url}/?as=${sandbox.person(as).id}#${sandbox.channel('#kudos').id}`,
    options,
  )
  await page.getByRole('button', { name: /^Sandbox controls/ }).click()
  await controls(page).waitFor()
  return page
}

it('what Slack and the app say to each other is there to be read', async () => {
  const page = await openControls('noor')
  await page.getByRole('button', { name: 'Requests', exact: true }).click()
  await composer(page).fill('/kudos @ann for reading the log')
  await page.keyboard.press('Enter')
  await answers(page, 'is on its way').waitFor()

  await requests(page, '/kudos').first().click()
  const detail = page.getByRole('region', { name: 'Request /kudos' })
  await detail.getByText('for reading the log').first().waitFor()
  expect(await detail.textContent()).not.toContain(here.world.sandbox.botToken)
  await keepShot(page, '30-requests')

  await page.getByRole('radio', { name: 'to Slack' }).check()
  await requests(page, 'chat.postMessage').first().waitFor()
  expect(await requests(page, '/kudos').count()).toBe(0)
  await page.getByRole('radio', { name: 'both ways' }).check()
  await page.getByRole('checkbox', { name: 'failed only' }).check()
  expect(await requests(page, '/kudos').count()).toBe(0)
})

it('the workspace’s clock goes forward, and the page with it', async () => {
  const page = await openControls('noor')
  const ahead = async () => Number(await page.getByTestId('clock').getAttribute('data-ahead'))
  const before = await ahead()
  await page.getByRole('button', { name: '+1 day' }).click()
  // A day is one of the calendar: 23 hours long in spring.
  await expect.poll(ahead).toBeGreaterThan(before + 22 * 3_600_000)
  await controls(page)
    .getByText(/ahead$/)
    .waitFor()
  await keepShot(page, '31-a-day-later')
})

it('rate limits are switched for everybody', async () => {
  const page = await openControls('noor')
  const other = await openControls('kofi')
  const limits = (one: Page) => one.getByRole('switch', { name: 'Rate limits' })
  expect(await limits(other).getAttribute('aria-checked')).toBe('false')
  await limits(page).click()
  await expect.poll(() => limits(other).getAttribute('aria-checked')).toBe('true')
  await limits(other).click()
  await expect.poll(() => limits(page).getAttribute('aria-checked')).toBe('false')
})

it('starting over asks first', async () => {
  const page = await openControls('noor')
  await page.getByRole('button', { name: 'Start over' }).click()
  const question = page.getByRole('dialog', { name: 'Start over?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await question.waitFor({ state: 'detached' })
  await controls(page).waitFor()
})

it('the keyboard is enough for the controls and the requests', async () => {
  const { sandbox } = here.world
  const page = await here.browser.visit(
    `${sandbox.url}/?as=${sandbox.person('mei').id}#${sandbox.channel('#kudos').id}`,
  )
  await composer(page).waitFor()
  await focus(page, /^Sandbox controls/)
  await page.keyboard.press('Enter')
  await controls(page).waitFor()
  await focus(page, '+1 hour')
  const ahead = async () => Number(await page.getByTestId('clock').getAttribute('data-ahead'))
  const before = await ahead()
  await page.keyboard.press('Enter')
  await expect.poll(ahead).toBe(before + 3_600_000)
  await focus(page, /^Requests/)
  await page.keyboard.press('Enter')
  await sandbox.as('mei').openHome()
  await requests(page, 'app_home_opened').first().waitFor()
  await focus(page, /app_home_opened/)
  await keepShot(page, '32-requests-by-keyboard')
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Request app_home_opened' }).waitFor()
  await page.keyboard.press('Escape')
  await controls(page).waitFor({ state: 'detached' })
})

/** Presses Tab until what is called so has the focus. */
async function focus(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const called = await page.evaluate(() => {
      const { activeElement: element } = document
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (typeof name === 'string' ? called === name : name.test(called)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never comes to ${name}`)
}
