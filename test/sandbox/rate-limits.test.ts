import { expect, test } from 'vitest'
import { RateLimits } from '../../src/sandbox/slack/api/rate-limits.ts'
import { StillClock, startWithTinyApp } from './tiny-app.ts'

type App = Awaited<ReturnType<typeof startWithTinyApp>>['app']

const limited = async () => {
  const started = await startWithTinyApp()
  started.sandbox.rateLimits(true)
  return started
}

/** How many of these calls in a row Slack takes. */
async function taken(app: App, times: number, call: () => [method: string, args?: Record<string, unknown>]) {
  let count = 0
  for (let i = 0; i < times; i++) if ((await app.call(...call())).error !== 'ratelimited') count += 1
  return count
}

const second = (clock: StillClock, count = 1) => clock.forward(count * 1000)

test('nothing is limited unless one asks for it', async () => {
  const { sandbox, app } = await startWithTinyApp()
  expect(await taken(app, 60, () => ['usergroups.list'])).toBe(60)
  expect(sandbox.as('noor').sees().rateLimits).toBe(false)
  sandbox.rateLimits(true)
  expect(sandbox.as('noor').sees().rateLimits).toBe(true)
  expect(await taken(app, 60, () => ['usergroups.list'])).toBe(22)
  sandbox.rateLimits(false)
  expect(await taken(app, 60, () => ['usergroups.list'])).toBe(60)
})

test('each method has the calls of its tier a minute, by the workspace’s clock', async () => {
  const { sandbox, app, clock } = await limited()
  const user = sandbox.person('ann').id
  expect(await taken(app, 30, () => ['users.list', { limit: 1 }])).toBe(22)
  expect(await taken(app, 60, () => ['conversations.info', { channel: sandbox.channel('general').id }])).toBe(55)
  expect(await taken(app, 120, () => ['users.info', { user }])).toBe(110)
  second(clock, 59)
  expect(await taken(app, 5, () => ['users.list', { limit: 1 }])).toBe(0)
  second(clock)
  expect(await taken(app, 30, () => ['users.list', { limit: 1 }])).toBe(22)
})

test('what is too much is told with the time to wait', async () => {
  const { sandbox, app, clock } = await limited()
  await taken(app, 22, () => ['users.list', { limit: 1 }])
  second(clock, 20)
  const headers = { authorization: `Bearer ${sandbox.botToken}` }
  const response = await fetch(`${sandbox.apiUrl}users.list`, { method: 'POST', headers })
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('40')
  expect(await response.json()).toEqual({ ok: false, error: 'ratelimited' })
  expect(sandbox.calls.at(-1)).toMatchObject({ method: 'users.list', status: 429 })
})

test('a channel takes a message a second and a few at once', async () => {
  const { sandbox, app, clock } = await limited()
  const post = (channel: string) => (): [string, Record<string, string>] => [
    'chat.postMessage',
    { channel, text: 'Hi' },
  ]
  const general = sandbox.channel('general').id
  expect(await taken(app, 10, post(general))).toBe(4)
  expect(sandbox.messages('general', { app: true })).toHaveLength(4)
  expect(await taken(app, 10, post(sandbox.channel('random').id))).toBe(4)
  second(clock, 4)
  expect(await taken(app, 10, post(general))).toBe(4)
  const ann = sandbox.person('ann').id
  await taken(app, 2, post(ann))
  const direct = sandbox.directMessages('ann')[0]?.channel as string
  expect(await taken(app, 5, post(direct))).toBe(2)
  expect(await taken(app, 5, post(ann))).toBe(0)
})

test('a workspace takes 300 messages a minute', async () => {
  const clock = new StillClock()
  const limits = new RateLimits(clock)
  const post = (channel: number) => limits.take('chat.postMessage', 'posting', `C${channel}`)
  second(clock, 10)
  for (let i = 0; i < 300; i++) expect(post(i)).toBe(0)
  second(clock, 15)
  expect(post(300)).toBe(45)
  expect(limits.take('users.info', 4, '')).toBe(0)
  second(clock, 45)
  expect(post(300)).toBe(0)
})

test('a clock that was turned back makes nobody wait for it', () => {
  const clock = new StillClock()
  const limits = new RateLimits(clock)
  clock.forward(3_600_000)
  expect(limits.take('auth.revoke', 1, '')).toBe(0)
  expect(limits.take('auth.revoke', 1, '')).toBe(60)
  clock.forward(-3_600_000)
  expect(limits.take('auth.revoke', 1, '')).toBe(0)
})
