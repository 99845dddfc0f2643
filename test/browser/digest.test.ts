import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { beginWith } from '../../src/sandbox/beginning.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'
import { keepShot, messages, startBrowser, type TestBrowser } from './browser.ts'

let world: World
let browser: TestBrowser
beforeAll(async () => {
  world = await createWorld({ page: true })
  browser = await startBrowser()
  const { sandbox, clock } = world
  const now = new Date(clock.now())
  const groups = ['platform', 'product', 'design', 'care', 'growth', 'operations'].map((name) => sandbox.group(name).id)
  const settings = {
    'workspace.zone': 'Europe/Berlin',
    'teams.groups': groups,
    'digest.people': [sandbox.person('margit').id],
  }
  await world.stored(async (tenant) => {
    await saveSettings(tenant, settings, null, now)
    await beginWith(sandbox, tenant, now)
  })
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
afterEach(() => {
  expect(browser.problems.splice(0)).toEqual([])
})

/** Margit, in her conversation with Small Acts, once the digest of this month is there. */
async function atTheEndOfTheMonth(options = {}): Promise<Page> {
  const { sandbox } = world
  const isThere = () => sandbox.directMessages('margit').find(({ text }) => text.includes('in Small Acts.'))
  if (!isThere()) {
    const page = await browser.visit(`${sandbox.url}/?as=${sandbox.person('margit').id}`)
    await page.getByRole('button', { name: /^Sandbox controls/ }).click()
    await page.getByRole('button', { name: 'End of the month' }).click()
    await eventually('the digest', isThere)
    await page.close()
  }
  const channel = isThere()?.channel
  const page = await browser.visit(`${sandbox.url}/?as=${sandbox.person('margit').id}#${channel}`, options)
  await messages(page, 'How is this counted?').waitFor()
  return page
}

it('the digest comes at the end of the month, with charts, a table, and words that say the same', async () => {
  const page = await atTheEndOfTheMonth({ viewport: { width: 1280, height: 2_600 } })
  const digest = messages(page, 'How is this counted?')
  // How many were thanked is left out when all but a few were: which of the two it is depends on the day.
  await digest
    .getByText(/people (here )?said thanks .* times/)
    .first()
    .waitFor()
  await digest.getByRole('heading', { name: 'Kudos, and people who gave, by month' }).waitFor()
  await digest.getByRole('heading', { name: 'Thanks to another team, in percent' }).waitFor()
  await digest.getByText('Month by month: ').waitFor()
  expect(await digest.locator('table tr').count()).toBeGreaterThan(3)
  await keepShot(page, '60-digest')
})

it('its figures are explained, and can be taken along', async () => {
  const page = await atTheEndOfTheMonth()
  await page.getByRole('button', { name: 'How is this counted?' }).click()
  await page.getByRole('dialog').getByText('The longest chain').waitFor()
  await keepShot(page, '61-digest-explained')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('dialog').getByText('month,figure,of,value').waitFor()
  await keepShot(page, '62-digest-export')
})

it('it can be read on a phone, in the dark', async () => {
  const page = await atTheEndOfTheMonth({ viewport: { width: 390, height: 2_800 }, colorScheme: 'dark' })
  await keepShot(page, '63-digest-phone')
})
