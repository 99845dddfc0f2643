/** Every button, menu and form that is listened to, with the ids of another workspace in it: it finds and changes nothing there. */

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { FORGET_FORM } from '../../src/own-data/messages.ts'
import type { Delivery } from '../../src/sandbox/slack/app-link.ts'
import { eventually } from '../support/eventually.ts'
import type { FullWorkspace } from '../support/full-workspace.ts'
import { leavesAlone, listenedTo } from '../support/listened.ts'
import { addOtherWorkspace, idsOf } from '../support/other-workspace.ts'
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

const listened = listenedTo()
for (const action_id of buttons) listened.actions.set(action_id, { action_id })

const payloadOf = ({ body }: Delivery) => JSON.parse(new URLSearchParams(body).get('payload') ?? '')
const request = (payload: object) => ({ body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() })

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

describe('a click', () => {
  it('is one of many', () => {
    expect(listened.actions.size).toBeGreaterThan(50)
    expect(listened.views.size).toBeGreaterThan(12)
  })

  it.each([...listened.actions])('on %s with ids of another workspace', async (_which, { action_id, callback_id }) => {
    // Some are listened to in one form alone.
    const inForm = callback_id && { view: { ...payloadOf(form).view, callback_id } }
    const payload = { ...payloadOf(click), ...inForm }
    const [action] = payload.actions
    await leavesAlone(
      world,
      there,
      values(action_id).map((value) =>
        request({
          ...payload,
          actions: [
            {
              ...action,
              ...{ action_id, value, selected_option: { value, text: { type: 'plain_text', text: 'x' } } },
              ...{ selected_channel: there.channel, selected_user: there.me },
            },
          ],
        }),
      ),
    )
  })
})

describe('a form', () => {
  // The one that makes an end of the admin comes last.
  it.each([...listened.views].toSorted((a, b) => Number(a === FORGET_FORM) - Number(b === FORGET_FORM)))(
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
        world,
        there,
        [...idsOf(there), there.channel].map((id) =>
          request({
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
          }),
        ),
      )
    },
  )
})
