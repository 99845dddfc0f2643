import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { forgetWords } from '../../src/kudos/retention-store.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { aKudos } from '../support/builders.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

const monthsAgo = (months: number) =>
  DateTime.fromMillis(world.clock.now(), { zone: 'utc' }).minus({ months }).toJSDate()

/** One kudos of that age; its words are its name. */
const given = (name: string, givenAt: Date) =>
  world.stored((tenant) =>
    insertKudos(tenant, [
      aKudos({
        id: naturalId(name),
        giver: 'U0GIVER',
        likeness: name,
        reason: name,
        givenAt,
        toPost: null,
      }),
    ]),
  )

const words = async () => {
  const { rows } = await world.stored((tenant) =>
    sql<{ reason: string }>`select reason from kudos where giver_id = 'U0GIVER' order by given_at, id`.execute(
      tenant.trx,
    ),
  )
  return rows.map(({ reason }) => reason)
}

/** To four in the next night. */
async function throughTheNight() {
  const now = DateTime.fromMillis(world.clock.now(), { zone: 'utc' })
  const four = now.plus({ days: 1 }).startOf('day').set({ hour: 4 })
  await world.pass({ seconds: four.diff(now).as('seconds') })
}

it('words are kept for ever, until somebody says how long', async () => {
  await given('old', monthsAgo(14))
  await given('older', monthsAgo(24))
  await given('young', monthsAgo(11))
  await throughTheNight()
  expect(await words()).toEqual(['older', 'old', 'young'])
})

it('older ones are forgotten in the night, and that there was a kudos is not', async () => {
  await world.stored((tenant) =>
    saveSettings(tenant, { 'kudos.keep-words-months': 12 }, null, new Date(world.clock.now())),
  )
  await throughTheNight()
  expect(await words()).toEqual(['', '', 'young'])
  await world.pass({ minutes: 60 * 24 * 35 })
  await throughTheNight()
  expect(await words()).toEqual(['', '', ''])
})

it('many are forgotten a few at a time, and every one of them', async () => {
  const first = monthsAgo(1).getTime()
  const at = [1, 2, 2, 2, 3, 4, 5].map((seconds) => new Date(first + seconds * 1_000))
  for (const [index, givenAt] of at.entries()) await given(`many ${index}`, givenAt)
  const turns: boolean[] = []
  while (turns.at(-1) !== false) {
    turns.push(await world.stored((tenant) => forgetWords(tenant, new Date(world.clock.now()), 2)))
  }
  expect(turns).toEqual([true, true, false])
  expect((await words()).every((reason) => reason === '')).toBe(true)
})
