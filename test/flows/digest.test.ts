import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dueAt, type Month, monthAt, monthBefore, monthTitle } from '../../src/digest/month.ts'
import { POST } from '../../src/digest/posting-jobs.ts'
import { insertKudos } from '../../src/kudos/giving-store.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { saveSettings } from '../../src/workspace/settings-store.ts'
import { saveTeamClaims } from '../../src/workspace/team-store.ts'
import { aKudos } from '../support/builders.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const ZONE = 'Europe/Berlin'
const DAY_MS = 24 * 3_600_000
let world: World
let people: string[]

const id = (name: string) => world.sandbox.person(name).id
const current = () => monthAt(new Date(world.clock.now()), ZONE)
const set = (settings: Parameters<typeof saveSettings>[1]) =>
  world.stored((tenant) => saveSettings(tenant, settings, null, new Date(world.clock.now())))
const passUntil = (at: Date) => world.pass({ seconds: (at.getTime() - world.clock.now()) / 1_000 })
/** Ten people who thank each other in a circle, on the second day of a month. */
const thankInCircle = ({ name, from }: Month) =>
  world.stored((tenant) =>
    insertKudos(
      tenant,
      people.map((person, index) =>
        aKudos({
          id: naturalId('kudos', name, person),
          likeness: name,
          giver: person,
          recipients: [people[(index + 1) % people.length] ?? ''],
          givenAt: new Date(from.getTime() + DAY_MS),
          toPost: null,
        }),
      ),
    ),
  )
const digests = (messages: SlackMessage[], { name }: Month) =>
  messages.filter(({ text }) => text.startsWith(monthTitle(name)))
const received = (name: string, month: Month) => digests(world.sandbox.directMessages(name), month)
const types = (message: SlackMessage | undefined) => message?.blocks?.map(({ type }) => type as string) ?? []
const states = (month: Month) =>
  world.stored(async ({ trx, workspaceId }) =>
    (
      await trx
        .selectFrom('digest_delivery')
        .select(['state', 'attempt', 'problem'])
        .where('workspace_id', '=', workspaceId)
        .where('month', '=', month.name)
        .execute()
    ).map(({ state, attempt, problem }) => `${state} ${attempt} ${problem ?? ''}`.trim()),
  )
/** One more month, with something in it; answers with it once its digest is due. */
async function nextDigest(minutesLate = 0): Promise<Month> {
  const month = current()
  await thankInCircle(month)
  await passUntil(new Date(dueAt(month).getTime() + minutesLate * 60_000))
  return month
}

beforeAll(async () => {
  world = await createWorld()
  await set({ 'workspace.zone': ZONE })
  people = await world.stored(async ({ trx }) => {
    const { rows } = await sql<{ id: string }>`
      select id from member where kind = 'member' order by id limit 10`.execute(trx)
    return rows.map((row) => row.id)
  })
  await world.stored((tenant) =>
    saveTeamClaims(
      tenant,
      'admin',
      people.map((memberId, index) => ({ memberId, team: index % 2 === 0 ? 'Even' : 'Odd' })),
      monthBefore(current()).from,
    ),
  )
  await thankInCircle(monthBefore(current()))
  // The digest of last month is over and done with, whenever this runs.
  await passUntil(new Date(Math.max(current().from.getTime() + 20 * DAY_MS, world.clock.now())))
})
afterAll(() => world?.stop())
beforeEach(() => world.sandbox.faults.clear())

describe('the digest', () => {
  it('comes at 09:00 on the first weekday, to those whom the settings name, once', async () => {
    await set({ 'digest.people': [id('margit')], 'digest.channel': world.sandbox.channel('general').id })
    const month = current()
    await thankInCircle(month)
    await passUntil(new Date(dueAt(month).getTime() - 61_000))
    expect(received('margit', month)).toEqual([])
    await passUntil(dueAt(month))
    const [message, ...others] = received('margit', month)
    expect(others).toEqual([])
    expect(JSON.stringify(message?.blocks)).toContain('10+ people said thanks 10+ times')
    expect(JSON.stringify(message?.blocks)).not.toContain('late')
    // Two months, in a chart and in words.
    expect(types(message)).toContain('data_visualization')
    expect(JSON.stringify(message?.blocks)).toContain('10+ kudos by 10+ people, ')
    expect(digests(world.sandbox.messages('#general', { app: true }), month)).toHaveLength(1)

    const twin = await world.another()
    await world.pass({ minutes: 3 })
    await twin.timePassed(0)
    await world.settled()
    await twin.stop()
    await world.restart()
    await world.settled()
    expect(received('margit', month)).toHaveLength(1)
    expect(await states(month)).toEqual(['sent 1', 'sent 1'])
    // As sent.
    const kept = await world.stored(({ trx }) =>
      trx.selectFrom('digest_delivery').select('message').where('target', '=', id('margit')).executeTakeFirst(),
    )
    expect(kept?.message?.text).toBe(message?.text)
    await set({ 'digest.channel': null })
  })

  it('comes without charts where Slack does not take them', async () => {
    const charts = (args: Record<string, unknown>) => JSON.stringify(args).includes('data_visualization')
    world.sandbox.faults.api('chat.postMessage', { error: 'invalid_blocks' }, 9, charts)
    const month = await nextDigest()
    const [message, ...others] = received('margit', month)
    expect(others).toEqual([])
    expect(types(message)).not.toContain('data_visualization')
    expect(JSON.stringify(message?.blocks)).toContain('Month by month: ')
  })

  it('says when it is late', async () => {
    const month = await nextDigest(26 * 60)
    expect(JSON.stringify(received('margit', month)[0]?.blocks)).toContain('This digest is late: it was due on')
  })

  it('is not sent when it is more than a week late', async () => {
    const month = await nextDigest(7 * 24 * 60 + 1)
    expect(received('margit', month)).toEqual([])
    await passUntil(new Date(month.until.getTime() + 20 * DAY_MS))
  })

  it('waits as long as Slack says', async () => {
    world.sandbox.faults.api('chat.postMessage', { status: 429, retryAfter: 1 }, 1)
    const month = await nextDigest()
    await eventually('the digest', () => received('margit', month).length === 1)
    await eventually('it to be written down', async () => (await states(month))[0] === 'sent 1')
  })

  it.each([
    ['cut off after it was posted', { cut: 'after' as const }, 1],
    ['answered by a 500', { status: 500 as const }, 0],
  ])('%s is not repeated, but offered to an admin', async (_, fault, arrived) => {
    const isDigest = (args: Record<string, unknown>) => JSON.stringify(args).includes('digest.explain')
    world.sandbox.faults.api('chat.postMessage', fault, 1, isDigest)
    const month = await nextDigest()
    await world.pass({ minutes: 2 })
    expect(received('margit', month)).toHaveLength(arrived)
    expect((await states(month))[0]).toMatch(/^uncertain 1/)
    const offer = await eventually('the offer', () =>
      world.sandbox.directMessages('margit').findLast(({ text }) => text.includes('may not have reached')),
    )
    await world.sandbox.as('margit').click(offer, 'digest.post-again')
    await eventually('the digest', () => received('margit', month).length === arrived + 1)
    await eventually('it to be written down', async () => (await states(month))[0]?.startsWith('sent 2'))
  })

  it('that was claimed by a process that died is offered as well', async () => {
    await set({ 'digest.people': [] })
    const month = await nextDigest()
    const delivery = naturalId(POST, 'died')
    await world.stored(({ trx, workspaceId }) =>
      trx
        .insertInto('digest_delivery')
        .values({
          ...{ workspace_id: workspaceId, id: delivery, month: month.name, target: id('margit'), due_at: dueAt(month) },
          ...{ state: 'claimed' as const, attempt: 1 },
        })
        .execute(),
    )
    const { workspaceId } = await world.stored(async (tenant) => tenant)
    await sql`
      insert into pgboss.job (name, data, retry_limit)
      values (${POST}, ${JSON.stringify({ workspaceId, deliveryId: delivery })}, 3)`.execute(world.database.db)
    await eventually('it to be uncertain', async () => (await states(month))[0] === 'uncertain 1 interrupted')
    expect(received('margit', month)).toEqual([])
    await set({ 'digest.people': [id('margit')] })
    await passUntil(new Date(month.until.getTime() + 20 * DAY_MS))
  })

  it('to a channel that the app left is told to an admin, and can be posted again', async () => {
    const { sandbox } = world
    await set({ 'digest.people': [], 'digest.channel': sandbox.channel('random').id })
    sandbox.faults.api('chat.postMessage', { error: 'not_in_channel' }, 1)
    const month = await nextDigest()
    const told = await eventually('the admin to hear', () =>
      sandbox.directMessages('margit').findLast(({ text }) => text.includes('could not be posted')),
    )
    expect(await states(month)).toEqual(['gone 1 not_in_channel'])
    await sandbox.as('margit').click(told, 'digest.post-again')
    await eventually('it to arrive', async () => (await states(month))[0]?.startsWith('sent 2'))
    expect(digests(sandbox.messages('#random', { app: true }), month)).toHaveLength(1)
    await set({ 'digest.people': [id('margit')], 'digest.channel': null })
  })
})

describe('/smallacts digest', () => {
  const say = async (name: string, text: string) => {
    await world.sandbox.as(name).command('#general', '/smallacts', text)
    await world.settled()
    return world.told(name)?.text ?? ''
  }

  it('sends an admin the last month, or the one they name, as it was told', async () => {
    const month = monthBefore(current())
    const before = received('margit', month).length
    expect(await say('margit', 'digest')).toContain(`The digest of ${monthTitle(month.name)} comes to you`)
    await eventually('the digest', () => received('margit', month).length === before + 1)
    // Whatever happens to the kudos later.
    const told = received('margit', month).at(-1)
    await world.stored(({ trx }) => sql`update kudos set withdrawn_at = now()`.execute(trx))
    await say('margit', `digest ${month.name}`)
    await eventually('the digest', () => received('margit', month).length === before + 2)
    expect(received('margit', month).at(-1)?.text).toBe(told?.text)
    await world.stored(({ trx }) => sql`update kudos set withdrawn_at = null`.execute(trx))
  })

  it('says what to do where there is nothing to show', async () => {
    expect(await say('margit', `digest ${current().name}`)).toContain('is not over')
    expect(await say('margit', 'digest 2026-13')).toContain('a year and a number')
    expect(await say('margit', 'digest last')).toContain('a year and a number')
    expect(await say('margit', 'digest 1999-01')).toContain('there is nothing to tell of January 1999')
    expect(await say('noor', 'digest')).toContain('for the admins')
  })
})

describe('under a digest', () => {
  const last = () => received('margit', monthBefore(current())).at(-1)

  it('every figure is explained', async () => {
    await world.sandbox.as('margit').click(last() as SlackMessage, 'digest.explain')
    const form = await eventually('the explanation', () => world.sandbox.view('margit'))
    expect(JSON.stringify(form.view)).toContain('How many different people gave the kudos of the longest chain')
    await world.sandbox.as('margit').close()
  })

  it('its figures can be taken along', async () => {
    await world.sandbox.as('margit').click(last() as SlackMessage, 'digest.export')
    const form = await eventually('the export', () => world.sandbox.view('margit'))
    expect(JSON.stringify(form.view)).toContain(`${monthBefore(current()).name},Kudos,,10`)
    await world.sandbox.as('margit').close()
  })

  it('its figures come as a file where the app may write files, and say how to get one where Slack takes none', async () => {
    const { sandbox } = world
    const month = monthBefore(current())
    const scopes = (list: string[]) =>
      world.stored(({ trx }) => trx.updateTable('workspace').set({ scopes: list }).execute())
    const files = () => sandbox.directMessages('margit').flatMap(({ files = [] }) => files)
    await sandbox.control({ type: 'scope', scope: 'files:write', on: true })
    await scopes(['files:write'])
    await sandbox.as('margit').click(last() as SlackMessage, 'digest.export')
    const form = await eventually('the answer', () => sandbox.view('margit'))
    expect(JSON.stringify(form.view)).toContain('come to you as a file')
    await sandbox.as('margit').close()
    const [file] = await eventually('the file', () => files().length === 1 && files())
    expect(file?.name).toBe(`small-acts-${month.name}.csv`)
    expect(file?.content).toContain(`${month.name},Kudos,,10\n`)

    // Taken away since, which we do not know yet.
    await sandbox.control({ type: 'scope', scope: 'files:write', on: false })
    await sandbox.as('margit').click(last() as SlackMessage, 'digest.export')
    const told = await eventually('the command', () =>
      sandbox.directMessages('margit').findLast(({ text }) => text.startsWith('Slack did not take the file')),
    )
    expect(JSON.stringify(told.blocks)).toContain(`npm run ops -- digest --month ${month.name} --csv`)
    await eventually('the answer', () => sandbox.view('margit'))
    await sandbox.as('margit').close()
    expect(files()).toHaveLength(1)
    await scopes([])
  })

  it('an admin sends themself a test', async () => {
    const month = monthBefore(current())
    await world.sandbox.as('margit').openHome()
    await world.homeOf('margit', 'digest.test')
    await world.sandbox.as('margit').click('home', 'digest.test')
    const test = await eventually('the test', () =>
      received('margit', month).findLast(({ blocks }) => JSON.stringify(blocks).includes('Only you get this one')),
    )
    expect(types(test)).toContain('data_visualization')
  })
})
