/** Home as people see it: somebody new, somebody busy, and an admin who sets the app up without having seen it before. */
import { sql } from 'kysely'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { instant } from '../../src/platform/platform.ts'
import { saveAvoided, saveParticipation } from '../../src/workspace/participation-store.ts'
import { getSettings } from '../../src/workspace/settings-store.ts'
import { findTeam, saveTeamClaims } from '../../src/workspace/team-store.ts'
import { aKudos } from '../support/builders.ts'
import { createWorld, type World } from '../support/world.ts'
import { keepShot, startBrowser, type TestBrowser } from './browser.ts'

let world: World
let browser: TestBrowser
beforeAll(async () => {
  world = await createWorld({ page: true })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
  expect(browser?.problems).toEqual([])
})

const id = (name: string) => world.sandbox.person(name).id
const LOOKS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const

/** The Home tab of somebody, in a window of their own. */
async function homeOf(
  name: string,
  { width, colorScheme }: (typeof LOOKS)[number] = LOOKS[0],
  height = 900,
): Promise<{ page: Page; home: Locator }> {
  const page = await browser.visit(`${world.sandbox.url}/?as=${id(name)}#home`, {
    viewport: { width, height },
    colorScheme,
  })
  const home = page.getByTestId('home')
  await home.getByText('Check-ins').first().waitFor()
  return { page, home }
}

async function pictures(name: string, kind: string): Promise<void> {
  for (const look of LOOKS) {
    const { page, home } = await homeOf(name, look, 2_600)
    // Nothing is cut off at the side.
    expect(await home.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0)
    await keepShot(page, `home-${kind}-${look.width}-${look.colorScheme}`)
    await page.context().close()
  }
}

it('shows somebody new what is theirs, and nothing of settings', async () => {
  await pictures('yuki', 'new')
  const { page, home } = await homeOf('yuki')
  expect(await home.getByText('For admins').count()).toBe(0)
  await home.getByRole('button', { name: 'Join check-ins' }).click()
  const form = page.getByRole('dialog')
  await form.getByText('15 minutes').waitFor()
  await keepShot(page, 'home-join')
  await form.getByRole('textbox', { name: /Which team/ }).fill('Design')
  await form.getByRole('button', { name: 'Join', exact: true }).click()
  await home.getByText('You are in.').waitFor()
  await page.context().close()
})

it('shows somebody busy what is next, what they got and gave, and a keepsake', async () => {
  const now = instant(world.clock)
  const ago = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000)
  await world.stored(async (tenant) => {
    const give = (number: number, over: Parameters<typeof aKudos>[0]) =>
      insertKudos(tenant, [
        // Nobody is to be told: the app does not know of them until it looks, once a minute.
        aKudos({
          id: naturalId('kudos', 'busy', String(number)),
          likeness: String(number),
          saidIn: null,
          toPost: null,
          ...over,
        }),
      ])
    for (const [index, giver] of ['ann', 'kofi', 'mei', 'grace', 'lena', 'hana'].entries()) {
      await give(index, {
        giver: id(giver),
        recipients: [id('noor')],
        givenAt: now,
        reason: `the storage move, part ${index + 1}: you kept everybody calm and the graphs green`,
      })
      await give(10 + index, {
        giver: id('noor'),
        recipients: [id(giver), id('vikram')],
        givenAt: now,
        reason: 'the review',
      })
    }
    await give(20, {
      giver: id('priya'),
      recipients: [id('noor')],
      givenAt: ago(200),
      reason: 'sitting with me through my first incident, all of it, until three in the morning',
    })
    await saveParticipation(tenant, id('noor'), { joined: true, readsStatus: true, skipsNext: false }, now)
    await saveAvoided(tenant, id('noor'), [id('diego')], now)
    await saveTeamClaims(tenant, 'group', [{ memberId: id('noor'), team: 'Platform' }], now)
  })
  await pictures('noor', 'busy')
  const { page, home } = await homeOf('noor')
  await home.getByText('sitting with me').waitFor()
  await home.getByRole('button', { name: 'Not this one again' }).click()
  await home.getByText('sitting with me').waitFor({ state: 'detached' })
  await home.getByRole('button', { name: 'All kudos to me' }).click()
  await page.getByRole('dialog').getByText('part 1').waitFor()
  await page.context().close()
})

it('lets an admin set everything up from Home alone', async () => {
  await pictures('margit', 'admin')
  const { page, home } = await homeOf('margit')
  await home.getByText('Set up Small Acts').waitFor()
  await home.getByRole('button', { name: 'Zone and admins…' }).click()
  await keepShot(page, 'settings-workspace')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await home.getByText('time zone: Europe/Berlin').waitFor()
  for (const name of ['Kudos…', 'Teams…', 'People’s teams…', 'Check-ins…', 'Digest…', 'Channels…']) {
    await home.getByRole('button', { name, exact: true }).click()
    const form = page.getByRole('dialog')
    await form.waitFor()
    await keepShot(page, `settings-${name.replace(/\W+/g, '-').toLowerCase()}`)
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
  }
  await home.getByRole('button', { name: 'That is enough for now' }).click()
  await home.getByText('Set up Small Acts').waitFor({ state: 'detached' })
  const settings = await world.stored((tenant) => getSettings(tenant, ['workspace.zone', 'setup.done']))
  expect(settings).toEqual({ 'workspace.zone': 'Europe/Berlin', 'setup.done': true })
  await page.context().close()
})

it('lets an admin put several people on a team, who see which they were on', async () => {
  const { page, home } = await homeOf('margit')
  await home.getByRole('button', { name: 'People’s teams…', exact: true }).click()
  const form = page.getByRole('dialog')
  for (const name of ['Ann Kowalski', 'Kofi Mensah']) {
    await form.getByRole('combobox', { name: 'Who?' }).fill(name)
    await page.getByRole('option', { name }).first().click()
  }
  // Several are told of once nothing more is chosen.
  await form.getByRole('textbox', { name: 'Team' }).click()
  await form.getByText('@Kofi Mensah').waitFor()
  await keepShot(page, 'people-of-a-team')
  await form.getByRole('textbox', { name: 'Team' }).fill('Orbit')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.waitFor({ state: 'detached' })
  for (const name of ['ann', 'kofi']) {
    const team = await world.stored((tenant) => findTeam(tenant, world.sandbox.person(name).id))
    expect(team).toEqual({ name: 'Orbit', source: 'admin' })
  }
  await page.context().close()
})

it('gives somebody what is kept about them, and forgets them when they say so twice', async () => {
  const { page, home } = await homeOf('bram')
  await home.getByRole('button', { name: 'Export my data' }).click()
  await page.getByRole('dialog').getByText('comes in a direct message').waitFor()
  await keepShot(page, 'own-data-export')
  await page.keyboard.press('Escape')
  await world.settled()
  expect(JSON.stringify(world.sandbox.directMessages('bram'))).toContain('What Small Acts keeps about you')

  await home.getByRole('button', { name: 'Forget me…' }).click()
  const form = page.getByRole('dialog')
  await form.getByText('What stays').waitFor()
  await keepShot(page, 'own-data-forget')
  await form.getByText('Also erase the kudos I wrote').click()
  await form.getByRole('button', { name: 'Forget me' }).click()
  await page.getByRole('dialog').getByText('You are being forgotten').waitFor()
  await world.settled()
  await keepShot(page, 'own-data-forgotten')
  expect(world.sandbox.directMessages('bram').at(-1)?.text).toContain('Small Acts has forgotten you')
  const rows = await world.stored(({ trx }) =>
    sql<{ table: string }>`select 1 from participation where member_id = ${id('bram')}`.execute(trx),
  )
  expect(rows.rows).toEqual([])
  await page.context().close()
})
