import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../support/world.ts'
import { answers, composer, keepShot, startBrowser, type TestBrowser } from './browser.ts'

let world: World
let browser: TestBrowser
beforeAll(async () => {
  world = await createWorld({ page: true, installing: true, mode: 'http' })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
afterEach(() => {
  expect(browser.problems.splice(0)).toEqual([])
})

it('the app is added to a workspace, used, removed, and added again, all by mouse', async () => {
  const { sandbox } = world
  const own = `http://127.0.0.1:${world.app.port}/`
  const page = await browser.visit(own)
  await keepShot(page, '80-landing')
  await page.getByRole('link', { name: 'Privacy', exact: true }).click()
  await page.getByRole('heading', { name: 'Privacy' }).waitFor()
  await keepShot(page, '81-privacy')
  await page.goBack()
  await page.getByRole('link', { name: 'Add to Slack' }).click()
  await page.getByRole('heading', { name: /would like to be in/ }).waitFor()
  await keepShot(page, '82-authorize')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('heading', { name: 'Nothing was installed' }).waitFor()
  await page.getByRole('link', { name: 'Add to Slack' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('heading', { name: 'Small Acts is installed' }).waitFor()
  await keepShot(page, '83-installed')
  await page.getByRole('link', { name: 'Open Slack' }).click()
  await page.getByRole('button', { name: /^Sandbox controls/ }).waitFor()

  const slack = await browser.visit(`${sandbox.url}/?as=${sandbox.person('noor').id}#${sandbox.channel('#general').id}`)
  await composer(slack).fill('/kudos @ann for adding the app')
  await slack.keyboard.press('Enter')
  await answers(slack, 'is on its way').waitFor()
  await slack.getByRole('button', { name: /^Sandbox controls/ }).click()
  await slack.getByRole('button', { name: 'Uninstall' }).click()
  const back = slack.getByRole('link', { name: 'Install…' })
  await back.waitFor()
  await keepShot(slack, '84-uninstalled')
  expect(await back.getAttribute('href')).toBe(own)

  await page.goto(own)
  await page.getByRole('link', { name: 'Add to Slack' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('heading', { name: 'Small Acts is installed' }).waitFor()
  await slack.getByRole('button', { name: 'Uninstall' }).waitFor()
})

it('the page can be read on a phone, in the dark, and with large letters', async () => {
  const phone = await browser.visit(`http://127.0.0.1:${world.app.port}/`, {
    viewport: { width: 320, height: 640 },
    colorScheme: 'dark',
  })
  await phone.getByRole('link', { name: 'Add to Slack' }).waitFor()
  const wide = await phone.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
  expect(wide).toBe(false)
  await keepShot(phone, '85-landing-phone')
})
