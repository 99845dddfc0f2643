/**
 * Requests of every kind that we listen to, changed by chance and signed all the same: whatever comes, the app answers, stays
 * up, and writes nothing that is not whole. FUZZ_REQUESTS says how many (20,000 before a release), FUZZ_SEED which ones.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLog } from '../../src/platform/log.ts'
import type { Delivery } from '../../src/sandbox/slack/app-link.ts'
import { saveParticipation } from '../../src/workspace/participation-store.ts'
import { readSetting, SETTING_KEYS } from '../../src/workspace/settings.ts'
import { crawlHome, crawlMessages, maybe } from '../support/crawl.ts'
import { mutate } from '../support/mutations.ts'
import { tablesOf } from '../support/tables.ts'
import { createWorld, type World } from '../support/world.ts'

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 400)
const SEED = process.env.FUZZ_SEED ?? 'the usual'
const AT_ONCE = 16

let world: World
const errors: string[] = []
const rejections: unknown[] = []
const onRejection = (error: unknown) => void rejections.push(error)

beforeAll(async () => {
  process.on('unhandledRejection', onRejection)
  const keep = { write: (line: string) => void (/"level":(50|60)/.test(line) && errors.push(line)) }
  world = await createWorld({ mode: 'http', log: createLog('warn', keep) })
})
afterAll(async () => {
  process.off('unhandledRejection', onRejection)
  await world?.stop()
})

/** Somebody uses all that there is, once: what Slack sent meanwhile. */
async function recorded(): Promise<Delivery[]> {
  const { sandbox } = world
  const [ann, noor] = [sandbox.as('ann'), sandbox.as('noor')]
  await world.stored(async (tenant) => {
    for (const name of ['noor', 'kofi']) {
      await saveParticipation(tenant, sandbox.person(name).id, { joined: true }, new Date(world.clock.now()))
    }
  })
  for (const text of ['', 'help', 'mine', 'given', 'notes off', 'notes on', '@noor @kofi for the fuzz #teamwork'])
    await ann.command('#general', '/kudos', text)
  const said = world.told('ann')
  if (said) await maybe(() => ann.click(said, 'kudos.undo'))
  await maybe(() => ann.close())
  for (const text of [
    'help',
    'join',
    'pause 2 weeks',
    'resume',
    'skip',
    'avoid @kofi',
    'team Design',
    'feedback good',
    'digest',
  ])
    await noor.command('#general', '/smallacts', text)
  await maybe(() => noor.close())
  await noor.command('#general', '/kudos', '@ann for a note to click on')
  await world.settled()
  const message = await noor.post('#general', 'look at this')
  await ann.shortcut('kudos.give-about', message)
  await maybe(() => ann.close())
  await ann.shortcut('kudos.give')
  await maybe(() => ann.close())
  await sandbox.changePerson('kofi', { realName: 'Kofi Again' })
  await sandbox.addGroup({ handle: 'fuzz', name: 'Fuzz', users: [sandbox.person('ann').id] })
  // An admin, who has the most to click on, and is to stay one; and somebody in check-ins, who is forgotten at the end.
  await crawlHome(world, 'jonah', ['own-data.forget'])
  await crawlHome(world, 'ann')
  await crawlMessages(world, 'jonah')
  await crawlMessages(world, 'ann')
  await world.settled()
  return sandbox.deliveries.filter(({ kind, status }) => kind !== 'raw' && status === 200)
}

it('is answered, whatever it is, and nothing is written that is not whole', async () => {
  const corpus = await recorded()
  const kinds = new Set(corpus.map(({ kind }) => kind))
  for (const kind of ['command', 'shortcut', 'message_action', 'block_actions', 'view_submission', 'event'] as const)
    expect(kinds).toContain(kind)
  const names = [...new Set(corpus.map(({ name }) => name))]
  expect(names.length, names.join()).toBeGreaterThan(40)
  errors.length = 0

  const bad: object[] = []
  const statuses: Record<string, number> = {}
  for (let at = 0; at < REQUESTS; at += AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, REQUESTS - at) }, async (_, index) => {
        const seed = `${SEED} ${at + index}`
        const { how, ...request } = mutate(corpus, seed)
        const { status } = await world.sandbox.send(request)
        statuses[String(status)] = (statuses[String(status)] ?? 0) + 1
        if (![200, 400, 401, 404, 413].includes(status ?? 0))
          bad.push({ seed, status, how, body: request.body.slice(0, 2_000) })
      }),
    )
  }
  expect(bad).toEqual([])
  expect(rejections).toEqual([])
  // Whatever was taken can be posted.
  const { rows: unposted } = await sql<object>`
    select k.* from kudos_delivery as d join kudos as k on k.workspace_id = d.workspace_id and k.id = d.kudos_id
    where d.state = 'failed'`.execute(world.database.db)
  expect(unposted).toEqual([])
  // What was answered with "that did not work" was an error of ours as well.
  expect(errors.filter((line) => /request-failed|queue.dead-letter/.test(line))).toEqual([])
  // Some are still good, most are not: otherwise the half of this was not tried.
  expect(statuses[200]).toBeGreaterThan(REQUESTS / 20)
  expect(statuses[400]).toBeGreaterThan(REQUESTS / 20)
  await nothingIsBroken()
  expect(
    (await world.sandbox.as('noor').command('#general', '/kudos', '@lena for being there at the end')).status,
  ).toBe(200)
}, 600_000)

/** Rules that hold for whatever is stored, however it came to be. */
async function nothingIsBroken() {
  const { db } = world.database
  const { teamId } = world.sandbox.app
  for (const table of (await tablesOf(db)).filter((name) => !['workspace', 'install_ticket'].includes(name))) {
    const { rows } = await sql<{ id: string }>`
      select distinct workspace_id as id from ${sql.table(table)} where workspace_id <> ${teamId}`.execute(db)
    expect({ table, elsewhere: rows }).toEqual({ table, elsewhere: [] })
  }
  const nobody = await sql<object>`
    select r.* from kudos_recipient as r left join member as m on m.workspace_id = r.workspace_id and m.id = r.member_id
    where r.member_id not like 'gone-%' and (m.kind is null or m.kind in ('bot', 'stranger'))`.execute(db)
  expect(nobody.rows).toEqual([])
  const { rows: settings } = await sql<{ key: string; value: unknown }>`select key, value from setting`.execute(db)
  for (const { key, value } of settings) {
    const known = SETTING_KEYS.find((one) => one === key)
    expect(known).toBe(key)
    if (known) expect(readSetting(known, value)).toEqual(value)
  }
}
