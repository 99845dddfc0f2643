import { expect, it } from 'vitest'
import { createSlack } from '../../src/platform/slack-client.ts'
import { SlackFailure, wasNeverSent } from '../../src/platform/slack-failure.ts'
import { freePort } from '../support/app-process.ts'

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error as SlackFailure,
  )

it('a call to where nobody listens was never sent', async () => {
  const slack = createSlack({ apiUrl: `http://127.0.0.1:${await freePort()}/api/`, token: 'xoxb-none' })
  const failure = await failureOf(slack.identify())
  expect(failure).toMatchObject({ kind: 'transient', code: 'request_failed' })
  expect(wasNeverSent(failure)).toBe(true)
})

it('of a call that broke off, or was answered, nobody can say so', () => {
  const broken = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
  const failure = (cause?: unknown) =>
    new SlackFailure({ kind: 'transient', method: 'chat.postMessage', code: 'request_failed', cause })
  expect(wasNeverSent(failure(Object.assign(new Error('wrapped'), { original: broken })))).toBe(false)
  expect(wasNeverSent(failure())).toBe(false)
})
