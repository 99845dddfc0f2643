/** A whole round, played by two people in their browsers. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createRounds, type Rounds } from '../support/rounds.ts'
import { createWorld, type World } from '../support/world.ts'
import { keepShot, posts, startBrowser, type TestBrowser } from './browser.ts'

const FOUR = ['ann', 'kofi', 'lena', 'noor']
let world: World
let rounds: Rounds
let browser: TestBrowser
beforeAll(async () => {
  world = await createWorld({ page: true })
  rounds = await createRounds(world)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
afterEach(() => {
  expect(browser.problems.splice(0)).toEqual([])
})

/** Somebody's messages with the app. */
async function visit(name: string): Promise<Page> {
  const { sandbox } = world
  const page = await browser.visit(`${sandbox.url}/?as=${rounds.id(name)}`)
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Small Acts/ })
    .click()
  await page.getByRole('tab', { name: /Messages/ }).click()
  return page
}
const press = (message: Locator, name: string | RegExp) => message.getByRole('button', { name }).click()

it('two people are asked, say yes, are introduced, meet, and say so', async () => {
  const pairs = await rounds.open(...FOUR)
  const [partner = ''] = pairs.get('ann') ?? []
  const ann = await visit('ann')
  const other = await visit(partner)
  await other.setViewportSize({ width: 390, height: 844 })
  const mine = posts(ann, 'A check-in')
  await mine.getByText('Why us?').waitFor()
  await keepShot(ann, 'check-in-1-proposal')
  await keepShot(other, 'check-in-1-proposal-phone')
  await press(mine, '4')
  await posts(ann, 'You think it will go like a 4').waitFor()
  await press(mine, 'Accept')
  const waiting = posts(ann, 'You said yes')
  await waiting.getByRole('button', { name: 'Change my mind' }).waitFor()
  await keepShot(ann, 'check-in-2-waiting')
  await press(posts(other, 'A check-in'), 'Accept')
  await posts(other, 'You are introduced').waitFor()
  await posts(ann, 'You are introduced').waitFor()
  await keepShot(ann, 'check-in-3-introduced')

  const group = await world.sandbox.as('ann').direct(partner, world.sandbox.app.botUser)
  const together = await browser.visit(`${world.sandbox.url}/?as=${rounds.id('ann')}#${group}`)
  await posts(together, 'goes first').waitFor()
  await keepShot(together, 'check-in-4-group')

  await rounds.goOn({ days: 8 })
  const question = posts(ann, 'did it happen?')
  await press(question, 'We met')
  await press(question, '5 · great')
  await posts(ann, 'it was a 5').waitFor()
  await keepShot(ann, 'check-in-5-follow-up')
  await ann.getByRole('tab', { name: 'Home' }).click()
  await ann.getByTestId('home').getByText('Check-ins').first().waitFor()
  await keepShot(ann, 'check-in-6-home')
})
