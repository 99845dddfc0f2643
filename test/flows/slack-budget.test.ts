/** With Slack's rate limits on: all that is due is posted, by two processes together, and Slack need not say no. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunningApp } from '../../src/app.ts'
import { createWorld, type World } from '../support/world.ts'

const PEOPLE = ['mei', 'kofi', 'bram', 'jonah', 'margit', 'ann']
const NOTES = 48

let world: World
let other: RunningApp
beforeAll(async () => {
  world = await createWorld({ mode: 'http', slackRate: 1 })
  other = await world.another()
  await world.settled()
})
afterAll(async () => {
  await other?.stop()
  await world?.stop()
})

it('keeps within Slack’s limits, both processes together', async () => {
  const { sandbox } = world
  sandbox.rateLimits(true)
  const direct = await sandbox.as('noor').direct('ann')
  const before = sandbox.calls.length
  const began = Date.now()
  for (let deed = 0; deed < NOTES; deed += 1) {
    sandbox.connectApp(`http://127.0.0.1:${(deed % 2 === 0 ? world.app : other).port}/slack/events`)
    // Said where nobody else reads: a note, and no card, whose channel takes one a second.
    await sandbox.as('noor').command(direct, '/kudos', `@${PEOPLE[deed % PEOPLE.length]} for deed ${deed}`)
  }
  await world.settled()
  const posted = sandbox.calls.slice(before).filter(({ method }) => method === 'chat.postMessage')
  expect(posted.filter(({ status }) => status === 200)).toHaveLength(NOTES)
  expect(posted.filter(({ status }) => status === 429)).toHaveLength(0)
  // Twelve at once, the others at 285 a minute.
  expect(Date.now() - began).toBeGreaterThan(((NOTES - 13) / 285) * 60_000 - 1_000)
})
