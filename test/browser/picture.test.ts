import { expect, it } from 'vitest'
import { createWorld } from '../support/world.ts'
import { answers, composer, posts, startBrowser } from './browser.ts'

/** The README's picture, made anew by `README_PICTURE=1 npm run test:browser -- picture`. */
it.runIf(process.env.README_PICTURE)('a picture for the README', async () => {
  const world = await createWorld({ page: true })
  const browser = await startBrowser()
  try {
    const { sandbox } = world
    const size = { viewport: { width: 1280, height: 720 }, colorScheme: 'light' as const }
    const page = await browser.visit(`${sandbox.url}/#${sandbox.channel('#kudos').id}`, size)
    await page.getByRole('button', { name: 'Dismiss the welcome' }).click()
    await posts(page, 'Small things count most').waitFor()
    const care = '@priya for a whole shift of patience with the import that would not import'
    await sandbox.as('oleh').command('#kudos', '/kudos', care)
    await posts(page, 'a whole shift of patience').waitFor()

    await composer(page).fill(
      '/kudos @ann @kofi for staying until the last migration was through, and then sending us all to bed',
    )
    await page.getByRole('button', { name: 'Send now' }).click()
    await answers(page, 'is on its way').waitFor()
    await posts(page, 'the last migration').waitFor()
    await page.mouse.move(640, 4)
    await page.screenshot({ path: '.github/sandbox.png' })
    expect(browser.problems).toEqual([])
  } finally {
    await browser.close()
    await world.stop()
  }
})
