/** Every job there is, run for one workspace with the ids of another: nothing of the other one changes, or is said. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as digest from '../../src/digest/jobs.ts'
import * as home from '../../src/home/jobs.ts'
import * as kudos from '../../src/kudos/jobs.ts'
import * as ownData from '../../src/own-data/jobs.ts'
import * as pairing from '../../src/pairing/jobs.ts'
import { createBackground } from '../../src/platform/background.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import type { Platform } from '../../src/platform/platform.ts'
import type { Queue } from '../../src/platform/queue.ts'
import { createSlack } from '../../src/platform/slack-client.ts'
import { createTicker } from '../../src/platform/ticker.ts'
import * as prompts from '../../src/prompts/jobs.ts'
import * as directory from '../../src/workspace/jobs.ts'
import type { FullWorkspace } from '../support/full-workspace.ts'
import { addOtherWorkspace, idsOf, THERE } from '../support/other-workspace.ts'
import { fingerprint } from '../support/tables.ts'
import { createWorld, type World } from '../support/world.ts'

type Handler = (data: object, attempt: { final: boolean }) => Promise<void>

let world: World
let there: FullWorkspace
const handlers = new Map<string, Handler>()
const enqueued: object[] = []

beforeAll(async () => {
  world = await createWorld()
  there = await addOtherWorkspace(world)
  const { clock, sandbox, database } = world
  const log = createLog('silent')
  const background = createBackground(log)
  const metrics = createMetrics({ pools: {}, queues: async () => [] })
  // Who does what, and what they would have done next; nothing of it runs by itself.
  const queue: Queue = {
    enqueue: async ({ workspaceId }, name, jobs) => void enqueued.push({ workspaceId, name, jobs }),
    wake() {},
    send: async (name, job) => void enqueued.push({ name, job }),
    work: ({ name }, handler) => void handlers.set(name, handler as unknown as Handler),
    start: async () => {},
    passTime: async () => {},
    stop: async () => {},
    answers: async () => true,
  }
  const slack = createSlack({ apiUrl: sandbox.apiUrl, token: sandbox.botToken })
  const platform: Platform = {
    ...{ db: database.db, jobsDb: database.db, queue, clock, background, log, metrics },
    ticker: createTicker({ clock, background, log, metrics }),
    slackOf(workspaceId) {
      expect(workspaceId).toBe(sandbox.app.teamId)
      return slack
    },
  }
  for (const jobs of [directory, kudos, prompts, pairing, home, ownData, digest]) jobs.register(platform)
})
afterAll(() => world?.stop())

/** What each job is given: of this workspace, about something of another one. */
const JOBS: Record<string, (there: FullWorkspace) => object[]> = {
  'digest.export': ({ month, me }) => [{ month, to: me }],
  'digest.open': ({ month }) => [{ month, zone: 'UTC' }],
  'digest.post': ({ digest }) => [{ deliveryId: digest }],
  'digest.show': ({ month, me }) => [{ month, zone: 'UTC', to: me, isTest: false }],
  'digest.tell': ({ me }) => [{ to: me, message: { text: 'x', blocks: [] } }],
  'home.feedback': ({ me, other }) => [{ from: me, to: other, text: 'x' }],
  'home.greet': ({ channel }) => [{ channel }],
  'kudos.deliver': ({ kudos, delivery }) =>
    Object.values(kudos).map((kudosId) => ({ kudosId, deliveries: [delivery], responseUrl: null })),
  'kudos.forget-words': () => [{}],
  'kudos.look-up': ({ me, other, channel }) => [
    {
      ids: [me],
      giving: {
        ...{
          request: 'r',
          giver: other,
          app: 'U0APP',
          people: [me],
          groups: [],
          channel,
          reason: 'x',
          responseUrl: null,
        },
        ...{ isPrivate: false, value: null, passedOnFrom: null, threadTs: null, about: null },
        ...{ lookedUp: false, wholly: false, again: false },
      },
    },
  ],
  'kudos.redraw': ({ kudos }) => Object.values(kudos).map((kudosId) => ({ kudosId })),
  'own-data.erase': ({ me }) => [{ member: me, written: true }],
  'own-data.export': ({ me }) => [{ member: me, request: 'r', part: 0, of: null }],
  'own-data.take-away': ({ channel }) => [{ places: [{ channel, ts: '1.1' }] }],
  'pairing.open': () => [{ date: '2026-03-02' }],
  'pairing.outlook': () => [{ date: '2026-03-02' }],
  'pairing.redraw': ({ message, due }) => [{ messageId: message }, { messageId: due.message }],
  'pairing.send': ({ message, due }) => [{ messageId: message }, { messageId: due.message }],
  'pairing.settle': ({ round }) => [{ roundId: round }],
  'prompts.bring': ({ answer, answerForMe }) => [{ answerId: answer }, { answerId: answerForMe }],
  'prompts.draw': ({ post, due }) => [{ postId: post }, { postId: due.post }],
  'prompts.post': ({ post, due, failed }) => [{ postId: post }, { postId: due.post }, { postId: failed.post }],
  'prompts.remove': ({ answer }) => [{ answerId: answer }],
  'prompts.tell': ({ notice, me }) => [{ noticeId: notice, to: me }],
  'workspace.read-profiles': ({ me }) => [{ occasion: 'o', only: me, after: null }],
  'workspace.sync-channels': () => [{ occasion: 'o', cursor: null }],
  'workspace.sync-granted': () => [{ occasion: 'o', cursor: null }],
  'workspace.sync-groups': () => [{ occasion: 'o', cursor: null }],
  'workspace.sync-members': () => [{ occasion: 'o', cursor: null }],
}

/** About no workspace: it has the directory of each read. */
const OF_ALL = ['workspace.sync-everywhere']

describe('each job', () => {
  it('is known here: a new one needs an example above', () => {
    expect([...handlers.keys()].toSorted()).toEqual([...Object.keys(JOBS), ...OF_ALL].toSorted())
  })

  it.each(Object.keys(JOBS))('%s leaves another workspace alone', async (name) => {
    const { database, sandbox } = world
    const before = await fingerprint(database.db, THERE)
    const from = sandbox.calls.length
    enqueued.length = 0
    for (const data of JOBS[name]?.(there) ?? []) {
      // What is not there may well be an error; what counts is what it leaves behind.
      await handlers
        .get(name)?.({ workspaceId: sandbox.app.teamId, ...data }, { final: true })
        .catch(() => {})
    }
    expect(await fingerprint(database.db, THERE)).toBe(before)
    expect(JSON.stringify(sandbox.calls.slice(from))).not.toContain(there.secret)
    expect(JSON.stringify(enqueued)).not.toContain(THERE)
  })

  it('would have had something to find', () => {
    expect(idsOf(there).length).toBeGreaterThan(12)
  })
})
