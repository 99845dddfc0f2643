import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.stop())

it.each(['+1 hour', '+1 day', 'next monday 09:00', 'end of the month'] as const)(
  'the page’s "%s" moves Slack’s clock, the app’s and the queue’s together',
  async (to) => {
    const { sandbox, clock, database } = world
    await world.settled()
    const before = clock.now()
    sandbox.faults.api('chat.postMessage', { status: 429, retryAfter: 3_500 }, 1)
    await sandbox.as('noor').command('#general', '/kudos', `@ann for waiting until ${to}`)
    const cards = () => sandbox.messages('#general', { app: true }).filter(({ text }) => text.includes(`until ${to}`))
    await eventually('the card to wait', async () => {
      const { rows } = await sql`
        select id from pgboss.job where state = 'retry' and start_after > now() + interval '50 minutes'`.execute(
        database.db,
      )
      return rows.length > 0
    })
    expect(cards()).toEqual([])

    expect(await sandbox.control({ type: 'clock', to, tz: 'UTC' })).toEqual({ ok: true })
    const [card] = await eventually('the card', () => (cards().length > 0 ? cards() : null))
    const passed = clock.now() - before
    expect(passed).toBeGreaterThan(3_500_000)
    expect(Number(card?.ts) * 1000).toBeGreaterThan(before + 3_500_000)
    // What the app writes down has the same time.
    await sandbox.as('kofi').command('#general', '/kudos', `@ann for noticing ${to}`)
    const [kudos] = await world.given('kofi')
    expect(kudos?.givenAt.getTime()).toBeGreaterThan(before + passed - 60_000)
    expect(sandbox.as('noor').sees().clock.ahead).toBe(clock.ahead())
  },
)
