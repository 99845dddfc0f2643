/** Every button, menu and form that is listened to, with the ids of another workspace in it: it finds and changes nothing there. */

import type { App } from '@slack/bolt'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as digest from '../../src/digest/listeners.ts'
import * as home from '../../src/home/listeners.ts'
import * as kudos from '../../src/kudos/listeners.ts'
import * as ownData from '../../src/own-data/listeners.ts'
import { FORGET_FORM } from '../../src/own-data/messages.ts'
import * as pairing from '../../src/pairing/listeners.ts'
import type { Platform } from '../../src/platform/platform.ts'
import * as prompts from '../../src/prompts/listeners.ts'
import type { Delivery } from '../../src/sandbox/slack/app-link.ts'
import * as directory from '../../src/workspace/listeners.ts'
import { eventually } from '../support/eventually.ts'
import type { FullWorkspace } from '../support/full-workspace.ts'
import { addOtherWorkspace, idsOf, THERE } from '../support/other-workspace.ts'
import { fingerprint } from '../support/tables.ts'
import { createWorld, type World } from '../support/world.ts'

/** The buttons of all features: each feature has one listener for all of its own. */
const buttons = vi.hoisted(() => new Set<string>())
vi.mock(import('../../src/workspace/button-listeners.ts'), async (original) => {
  const there = await original()
  const createOnButton: typeof there.createOnButton = (app, platform) => {
    const onButton = there.createOnButton(app, platform)
    return (actionId, act, where) => {
      buttons.add(actionId)
      onButton(actionId, act, where)
    }
  }
  return { ...there, createOnButton }
})

let world: World
let there: FullWorkspace
/** As they came from Slack, to be changed. */
let click: Delivery
let form: Delivery
beforeAll(async () => {
  world = await createWorld({ mode: 'http' })
  there = await addOtherWorkspace(world)
  const { sandbox } = world
  // An admin, who may do the most.
  const jonah = sandbox.as('jonah')
  await jonah.openHome()
  await world.homeOf('jonah', 'Yours to decide')
  const block = sandbox.home('jonah')?.view.blocks.find((one) => JSON.stringify(one).includes('home.avoid'))
  await jonah.click('home', 'home.avoid', undefined, block?.block_id)
  await eventually('the form', () => sandbox.view('jonah'))
  await jonah.submit({})
  const last = (kind: Delivery['kind']) => sandbox.deliveries.findLast((one) => one.kind === kind) as Delivery
  click = last('block_actions')
  form = last('view_submission')
})
afterAll(() => world?.stop())

/** What is listened to, as the features say it to Bolt. */
const listened = { action: new Map<string, { action_id: string; callback_id?: string }>(), view: new Set<string>() }
const recorder = {
  action(which: RegExp | string | { action_id: string; callback_id: string }) {
    if (which instanceof RegExp) return
    const one = typeof which === 'string' ? { action_id: which } : which
    listened.action.set(Object.values(one).join(' '), one)
  },
  view: (which: string) => void listened.view.add(which),
  command() {},
  event() {},
  shortcut() {},
  options() {},
  use() {},
}
for (const feature of [directory, kudos, prompts, pairing, home, ownData, digest]) {
  feature.register(recorder as unknown as App, {} as Platform)
}
for (const action_id of buttons) listened.action.set(action_id, { action_id })

const payloadOf = ({ body }: Delivery) => JSON.parse(new URLSearchParams(body).get('payload') ?? '')
const send = (payload: object) =>
  world.sandbox.send({ body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() })

/** Ids as the values of a feature's buttons have them. */
function values(action: string): string[] {
  const { kudos, pairing, due, post, failed, channel, month, me } = there
  const of = (ids: string[], ...forms: ((id: string) => string)[]) => ids.flatMap((id) => forms.map((form) => form(id)))
  const word = (name: string) => (id: string) => `${name} ${id}`
  const forms: [RegExp, string[]][] = [
    [
      /^kudos/,
      of(
        Object.values(kudos),
        word('report'),
        word('keep-private'),
        word('1772445600001'),
        (id) => `${id} ${channel} t`,
      ),
    ],
    [
      /pairing/,
      of([pairing, due.pairing], word('on'), word('pause'), word('avoid'), word('avoid 0'), word('3'), word('met')),
    ],
    [/^prompts/, of([post, due.post, failed.post], word('remove'), word('why'), (id) => `${id} 1`)],
  ]
  return [...idsOf(there), channel, month, me, ...forms.flatMap(([feature, all]) => (feature.test(action) ? all : []))]
}

async function leavesAlone(payloads: object[]) {
  const { database, sandbox } = world
  const before = await fingerprint(database.db, THERE)
  const from = sandbox.calls.length
  const said: unknown[] = []
  for (let at = 0; at < payloads.length; at += 16) {
    const answers = await Promise.all(payloads.slice(at, at + 16).map(send))
    for (const { status, response } of answers) {
      expect(status).toBe(200)
      said.push(response)
    }
  }
  await world.settled()
  expect(await fingerprint(database.db, THERE)).toBe(before)
  expect(JSON.stringify([said, sandbox.calls.slice(from)])).not.toContain(there.secret)
}

describe('a click', () => {
  it('is one of many', () => {
    expect(listened.action.size).toBeGreaterThan(50)
    expect(listened.view.size).toBeGreaterThan(12)
  })

  it.each([...listened.action])('on %s with ids of another workspace', async (_which, { action_id, callback_id }) => {
    // Some are listened to in one form alone.
    const inForm = callback_id && { view: { ...payloadOf(form).view, callback_id } }
    const payload = { ...payloadOf(click), ...inForm }
    const [action] = payload.actions
    await leavesAlone(
      values(action_id).map((value) => ({
        ...payload,
        actions: [
          {
            ...action,
            ...{ action_id, value, selected_option: { value, text: { type: 'plain_text', text: 'x' } } },
            ...{ selected_channel: there.channel, selected_user: there.me },
          },
        ],
      })),
    )
  })
})

describe('a form', () => {
  // The one that makes an end of the admin comes last.
  it.each([...listened.view].toSorted((a, b) => Number(a === FORGET_FORM) - Number(b === FORGET_FORM)))(
    '%s with ids of another workspace',
    async (callback_id) => {
      const payload = payloadOf(form)
      const filled = (id: string) => ({
        value: id,
        selected_user: there.me,
        selected_users: [there.me, there.other],
        selected_channel: there.channel,
        selected_option: { value: id },
        selected_options: [{ value: id }],
      })
      const names = [
        'people',
        'reason',
        'person',
        'team',
        'channel',
        'text',
        'answer',
        'to',
        'about',
        'prompt',
        'groups',
        'admins',
      ]
      await leavesAlone(
        [...idsOf(there), there.channel].map((id) => ({
          ...payload,
          view: {
            ...payload.view,
            callback_id,
            private_metadata: /give/.test(callback_id)
              ? JSON.stringify({
                  channel: there.channel,
                  responseUrl: null,
                  passedOnFrom: id,
                  threadTs: null,
                  about: null,
                })
              : id,
            state: { values: Object.fromEntries(names.map((name) => [name, { [name]: filled(id) }])) },
          },
        })),
      )
    },
  )
})
