/** What admins decide about prompts and digests, asked for by somebody who is none: nothing happens, and nothing is shown. */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { naturalId } from '../../src/platform/natural-key.ts'
import { deliveryOf } from '../support/deliveries.ts'
import { eventually } from '../support/eventually.ts'
import { type Prompts, promptsOf } from '../support/prompts.ts'
import { createWorld, type World } from '../support/world.ts'

const REFUSED = 'Settings are for the admins'
const OWN = naturalId('forged', 'own')
const DELIVERY = naturalId('forged', 'digest')
let world: World
let prompts: Prompts
let channel: string
let post: { id: string; notice_id: string }

beforeAll(async () => {
  world = await createWorld()
  prompts = promptsOf(world)
  const name = await prompts.channel()
  channel = world.sandbox.channel(name).id
  // A prompt that perhaps arrived, and admins who were told so.
  world.sandbox.faults.api('chat.postMessage', { status: 500 }, 1, (args) => args.channel === channel)
  await prompts.untilDue(name)
  // Whoever has to be told is looked for once a minute.
  await world.pass({ minutes: 2 })
  post = await eventually('the admins to be told', async () => {
    const [row] = await rows<typeof post>('select id, notice_id from prompt_post where notice_id is not null')
    return row
  })
  await world.settled()
  await world.stored(async ({ trx, workspaceId }) => {
    await sql`
      insert into own_prompt (workspace_id, id, kind, text, added_by, added_at)
      values (${workspaceId}, ${OWN}, 'appreciation', 'Only admins know this one', ${id('margit')}, now())`.execute(trx)
    await sql`
      insert into digest_delivery (workspace_id, id, month, target, due_at, state, attempt)
      values (${workspaceId}, ${DELIVERY}, '2020-01', ${id('margit')}, now(), 'failed', 1)`.execute(trx)
  })
})
afterAll(() => world?.stop())

const id = (name: string) => world.sandbox.person(name).id
const rows = <T>(query: string) => world.stored(async ({ trx }) => (await sql.raw<T>(query).execute(trx)).rows)
/** Everything that these actions can change. */
const standing = async () => ({
  changes: await rows('select count(*) from setting_change'),
  channels: await rows('select * from prompt_channel order by channel_id'),
  own: await rows('select * from own_prompt order by id'),
  posts: await rows('select id, state, attempt, again_by from prompt_post order by id'),
  digests: await rows('select id, state, attempt from digest_delivery order by id'),
})

/** Each button with what it could be pressed with. */
const VALUES: Record<string, () => string[]> = {
  'settings.prompts': () => ['form'],
  'prompts.previous': () => ['0'],
  'prompts.next': () => ['0'],
  'prompts.own': () => ['list'],
  'prompts.own-previous': () => ['0'],
  'prompts.own-next': () => ['0'],
  'prompts.add-own': () => ['form'],
  'prompts.add-channel': () => ['form'],
  'prompts.own-one': () => [`change ${OWN}`, `retire ${OWN}`],
  'prompts.channel': () =>
    ['change', 'test', 'another', 'skip', 'end'].map((choice) => `${choice} ${channel} 2099-W01`),
  'prompts.again': () => [`${post.id} ${post.notice_id}`],
  'prompts.again-all': () => [post.notice_id],
  'digest.export': () => ['2020-01'],
  'digest.post-again': () => [DELIVERY],
  'digest.test': () => ['digest'],
}

/** A click of this person on a button they may never have seen. */
async function click(person: string, action: string, value: string): Promise<void> {
  await world.sandbox.as(person).openHome()
  await world.homeOf(person, 'home.notes')
  await world.sandbox.as(person).click('home', 'home.notes')
  const body = deliveryOf(world, 'home.notes', id(person))
  body.actions = [{ ...body.actions[0], action_id: action, value }]
  if (/-one|channel$/.test(action) && action !== 'prompts.add-channel') {
    const text = { type: 'plain_text', text: 'x' }
    body.actions = [{ ...body.actions[0], type: 'overflow', selected_option: { value, text } }]
  }
  const answer = await world.sandbox.send({ body: new URLSearchParams({ payload: JSON.stringify(body) }).toString() })
  expect(answer.status).toBe(200)
}

/** What was shown or told to anybody since. */
const shownSince = (from: number) =>
  world.sandbox.calls
    .slice(from)
    .filter(({ method }) => /^(views\.(open|update|push)|chat\.)/.test(method))
    .map(({ args }) => JSON.stringify(args))

const TURN = /\$\{turn\}/

it('every such button is tried here', () => {
  const source = (file: string) => readFileSync(`src/${file}`, 'utf8')
  const found = [
    ...source('prompts/admin-listeners.ts').matchAll(/on(?:Admin|Notice)\(\s*[`']([^`']+)[`']/g),
    ...source('digest/listeners.ts').matchAll(/onButton\(\s*'([^']+)'/g),
  ].map(([, name = '']) => name)
  // What the figures mean, everybody may know who sees them.
  const all = found
    .filter((name) => name !== 'digest.explain')
    .flatMap((name) => (TURN.test(name) ? ['previous', 'next'].map((turn) => name.replace(TURN, turn)) : [name]))
  expect(all.toSorted()).toEqual(Object.keys(VALUES).toSorted())
})

it.each(Object.keys(VALUES))(
  '%s does nothing for somebody who is no admin, and says whom it is for',
  async (action) => {
    for (const value of VALUES[action]?.() ?? []) {
      const before = await standing()
      const from = world.sandbox.calls.length
      await click('noor', action, value)
      const shown = await eventually('the refusal', () => {
        const told = shownSince(from)
        return told.some((args) => args.includes(REFUSED)) && told
      })
      await world.settled()
      expect(shown.filter((args) => !args.includes(REFUSED))).toEqual([])
      expect(shown.join()).not.toContain('Only admins know')
      expect(await standing()).toEqual(before)
    }
  },
)

it('forms of the weekly prompt that somebody else sends in are refused', async () => {
  const { sandbox } = world
  const before = await standing()
  // What the clicks before have told.
  while (sandbox.view('noor')) await sandbox.as('noor').close()
  await sandbox.as('noor').openHome()
  await world.homeOf('noor', 'home.feedback')
  await sandbox.as('noor').click('home', 'home.feedback')
  await eventually('the form', () => sandbox.view('noor')?.view.callback_id === 'home.feedback-form')
  await sandbox.as('noor').submit({ text: 'A form of my own' })
  if (sandbox.view('noor')) await sandbox.as('noor').close()
  const forged = async (callbackId: string, metadata: string, values: object) => {
    const body = deliveryOf(world, null, id('noor'))
    body.view = { ...body.view, callback_id: callbackId, private_metadata: metadata, state: { values } }
    const { response } = await sandbox.send({
      body: new URLSearchParams({ payload: JSON.stringify(body) }).toString(),
    })
    expect(JSON.stringify(response)).toMatch(/for the admins/)
  }
  const text = { type: 'plain_text_input', value: 'Mine' }
  await forged('prompts.channel-form', channel, {})
  await forged('prompts.own-preview', JSON.stringify({ id: OWN, kind: 'connection', text: 'Mine' }), { text: { text } })
  expect(await standing()).toEqual(before)
})

it('the same clicks of an admin do something', async () => {
  for (const [action, value, changed] of [
    ['prompts.again', `${post.id} ${post.notice_id}`, 'posts'],
    ['prompts.own-one', `retire ${OWN}`, 'own'],
    ['prompts.channel', `end ${channel}`, 'channels'],
    ['digest.post-again', DELIVERY, 'digests'],
  ] as const) {
    const before = await standing()
    await click('margit', action, value)
    expect((await standing())[changed], action).not.toEqual(before[changed])
  }
})
