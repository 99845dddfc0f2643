import { expect, it } from 'vitest'
import { answers, composer, keepShot, posts, withPage } from './browser.ts'

const here = withPage()

const visit = (as: string, place: string, options = {}) =>
  here.browser.visit(
    `${here.world.sandbox.url}/?as=${here.world.sandbox.person(as).id}#${here.world.sandbox.channel(place).id}`,
    options,
  )

it('a status is set on one’s own card, seen by others, and taken back', async () => {
  const page = await visit('jonah', '#general')
  const kofi = await visit('kofi', '#general')
  const mine = posts(page, 'If somebody made your week easier')
  await mine.getByRole('button', { name: 'Jonah Weiss' }).click()
  await page.getByRole('button', { name: 'Set a status' }).click()
  await page.getByRole('menuitem', { name: 'Out sick' }).click()
  await posts(kofi, 'If somebody made your week easier').getByRole('img', { name: 'Out sick' }).waitFor()
  await keepShot(page, '60-status')
  await page.getByRole('button', { name: 'Set a status' }).click()
  await page.getByRole('menuitem', { name: 'Clear status' }).click()
  const sign = posts(kofi, 'If somebody made your week easier').getByRole('img', { name: 'Out sick' })
  await sign.waitFor({ state: 'detached' })
})

it('the app is invited to a channel, where cards appear from then on', async () => {
  const { sandbox } = here.world
  const page = await visit('lena', '#design-crit')
  await page.getByRole('button', { name: /^Show \d+ members/ }).click()
  await page.keyboard.type('Small Acts')
  await page.getByRole('option', { name: 'Small Acts' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Small Acts' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const joined = sandbox.deliveries.findLast(({ name }) => name === 'member_joined_channel')
  expect(JSON.parse(joined?.body ?? '{}').event).toMatchObject({
    user: sandbox.app.botUser,
    inviter: sandbox.person('lena').id,
    channel: sandbox.channel('#design-crit').id,
  })
  await here.world.settled()
  await composer(page).fill('/kudos @yuki for the kindest critique')
  await page.keyboard.press('Enter')
  await answers(page, 'A card appears in').waitFor()
  await posts(page, 'the kindest critique').waitFor()
})

it('Home is readable on a phone: no button squeezes its text, nothing sticks out', async () => {
  const page = await here.browser.visit(`${here.world.sandbox.url}/?as=${here.world.sandbox.person('ann').id}#home`, {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    colorScheme: 'dark',
  })
  const text = page.getByText('Kudos to you are shown where they are said')
  await text.waitFor()
  expect((await text.boundingBox())?.width).toBeGreaterThan(190)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await keepShot(page, '61-phone-home')
})
