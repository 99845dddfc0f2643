import { expect, test } from 'vitest'
import { demoCompany } from '../../src/sandbox/company/company.ts'
import { openingState } from '../../src/sandbox/slack/opening-state.ts'
import { readState } from '../../src/sandbox/slack/state.ts'
import { StillClock } from './tiny-app.ts'

const written = () => JSON.parse(JSON.stringify(openingState(demoCompany, 'Small Acts', new StillClock())))

test('a state is plain data: written down and read back it is the same', () => {
  const state = openingState(demoCompany, 'Small Acts', new StillClock())
  expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state)
})

test('what an older state did not know has its default', () => {
  const json = written()
  const [general] = Object.values(json.messages) as Record<string, unknown>[][]
  for (const message of general ?? []) {
    delete message.threadTs
    delete message.reactions
    delete message.tombstone
  }
  for (const person of Object.values(json.people) as Record<string, unknown>[]) {
    delete person.status
    delete person.fields
  }
  delete json.rateLimits
  delete json.granted
  delete json.profileFields
  const state = readState(json)
  expect(state).toMatchObject({ rateLimits: false, granted: [], profileFields: [] })
  expect(Object.values(state?.people ?? {})[0]).toMatchObject({ status: { emoji: '', text: '' }, fields: {} })
  expect(Object.values(state?.messages ?? {})[0]?.[0]).toMatchObject({
    threadTs: null,
    reactions: [],
    tombstone: false,
  })
})

test.each<[string, unknown]>([
  ['nothing', null],
  ['a text', 'state'],
  ['another form', { ...written(), shape: 2 }],
  ['a form without a number', { ...written(), shape: undefined }],
  ['half a state', { ...written(), channels: undefined }],
  ['messages that are none', { ...written(), messages: { C1: ['hello'] } }],
])('%s is no state', (_, json) => {
  expect(readState(json)).toBeNull()
})
