import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { answers, composer, keepShot, posts, withPage } from './browser.ts'

const here = withPage()

const visit = (as: string, place: string): Promise<Page> => {
  const { sandbox } = here.world
  const where = place.startsWith('#') ? sandbox.channel(place).id : place
  return here.browser.visit(`${sandbox.url}/?as=${sandbox.person(as).id}#${where}`)
}

async function say(page: Page, text: string) {
  await composer(page).fill(text)
  await page.getByRole('button', { name: 'Send now' }).click()
}

/** Fills the form of giving in with the keyboard, from where the focus is: among the people. */
async function fillForm(page: Page, person: string, reason: string) {
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type(person)
  await page.getByRole('option', { name: person }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('textbox').fill(reason)
}

const menuOf = async (page: Page, message: ReturnType<typeof posts>, item: string) => {
  await message.locator('[data-action-id="kudos.more"]').click()
  await page.getByRole('menuitem', { name: item }).click()
}

it('a kudos is given by the form, passed on, kept private and withdrawn', async () => {
  const noor = await visit('noor', '#general')
  await say(noor, '/kudos')
  await fillForm(noor, 'Ann Kowalski', 'the quiet fix on Friday night')
  await keepShot(noor, '50-form')
  await noor.getByRole('button', { name: 'Give', exact: true }).click()
  await noor.getByRole('dialog').waitFor({ state: 'detached' })
  await answers(noor, 'is on its way').waitFor()
  await posts(noor, 'the quiet fix').waitFor()

  const ann = await visit('ann', 'messages')
  const note = posts(ann, 'thanks you').filter({ hasText: 'the quiet fix' })
  await note.getByRole('button', { name: 'Pass it on' }).click()
  await ann.getByRole('dialog', { name: 'Pass it on' }).getByText('thanked you').waitFor()
  await fillForm(ann, 'Kofi Mensah', 'showing me where to look')
  await keepShot(ann, '51-pass-it-on')
  await ann.getByRole('button', { name: 'Give', exact: true }).click()
  await ann.getByRole('dialog').waitFor({ state: 'detached' })
  await posts(noor, 'showing me where to look').waitFor()
  const [passedOn] = await here.world.given('ann')
  const [first] = await here.world.given('noor')
  expect(passedOn?.passedOnFrom).toBe(first?.id)

  await menuOf(ann, note, 'Keep it private')
  await answers(ann, 'It is private now').waitFor()
  await posts(noor, 'the quiet fix').waitFor({ state: 'detached' })
  await keepShot(ann, '52-kept-private')

  const kofi = await visit('kofi', '#general')
  const card = posts(kofi, 'showing me where to look')
  await card.waitFor()
  await menuOf(kofi, card, 'Keep it private')
  await answers(kofi, 'It is private now').waitFor()
  await card.waitFor({ state: 'detached' })

  await say(noor, '/kudos given')
  const list = answers(noor, 'Kudos you gave')
  await list.getByText('the quiet fix').waitFor()
  await keepShot(noor, '53-given')
  await list.getByRole('button', { name: 'Withdraw' }).click()
  await answers(noor, 'Withdrawn.').waitFor()
  await note.waitFor({ state: 'detached' })
})

it('an admin reads a report and removes the kudos, whose giver hears why', async () => {
  const { sandbox } = here.world
  await sandbox.as('diego').command('#general', '/kudos', '@tess for always being so very late')
  await here.world.settled()
  const sam = await visit('sam', '#general')
  await menuOf(sam, posts(sam, 'so very late'), 'Report it…')
  await sam.getByRole('dialog').getByRole('textbox').fill('It makes fun of her.')
  await keepShot(sam, '54-report')
  await sam.getByRole('button', { name: 'Report', exact: true }).click()
  await sam.getByRole('dialog').getByText('The admins of this workspace were told').waitFor()

  const margit = await visit('margit', 'messages')
  const report = posts(margit, 'It makes fun of her.')
  await report.getByRole('button', { name: 'Remove it…' }).click()
  await margit.getByRole('dialog').getByRole('textbox').fill('Thanks should not sting.')
  await margit.getByRole('button', { name: 'Remove', exact: true }).click()
  await margit.getByRole('dialog').waitFor({ state: 'detached' })
  await report.getByText('removed it.').waitFor()
  await keepShot(margit, '55-removed')
  const diego = await visit('diego', 'messages')
  await posts(diego, 'An admin removed the kudos').getByText('Thanks should not sting.').waitFor()
  await keepShot(diego, '56-verdict')
})
