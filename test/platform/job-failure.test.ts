import { expect, it } from 'vitest'
import { describeFailure, readFailure } from '../../src/platform/job-failure.ts'
import { Hopeless } from '../../src/platform/queue.ts'
import { SlackFailure } from '../../src/platform/slack-failure.ts'

const SECRET = 'what somebody wrote'
const refused = new SlackFailure({ kind: 'ours', method: 'chat.postMessage', code: 'invalid_blocks' })

it('keeps the class of a failure of Slack’s, and Slack’s own code', () => {
  const kept = { type: 'Slack: ours', what: 'chat.postMessage: invalid_blocks' }
  expect(describeFailure(refused)).toEqual(kept)
  expect(describeFailure(new Hopeless(refused))).toEqual(kept)
})

it('keeps of every other its class and place, or the database’s code, and never what it quotes', () => {
  const ofDatabase = Object.assign(new Error(`invalid input syntax: "${SECRET}"`), { name: 'error', code: '22P02' })
  expect(describeFailure(ofDatabase)).toEqual({ type: 'DatabaseError', what: '22P02' })
  let parsing: unknown
  try {
    JSON.parse(SECRET)
  } catch (error) {
    parsing = error
  }
  const surprise = Object.assign(new TypeError(SECRET), {
    stack: `TypeError: ${SECRET}\n    at f (file:///app/src/kudos/wording.ts:30:5)`,
  })
  expect(describeFailure(surprise)).toEqual({ type: 'TypeError', what: 'src/kudos/wording.ts:30' })
  for (const error of [ofDatabase, parsing, surprise, SECRET]) {
    expect(JSON.stringify(describeFailure(error))).not.toContain(SECRET)
  }
})

it('reads what it kept, what pg-boss says of a job that never came back, and nothing else', () => {
  expect(readFailure(describeFailure(refused))).toEqual(describeFailure(refused))
  expect(readFailure({ value: { message: 'job heartbeat timeout' } })).toMatchObject({ type: 'Stopped' })
  for (const kept of [null, {}, { message: SECRET }, { value: SECRET }]) {
    expect(readFailure(kept)).toEqual({ type: 'Error', what: 'unknown' })
  }
})
