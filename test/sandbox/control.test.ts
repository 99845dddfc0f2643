import { afterEach, expect, it } from 'vitest'
import { createShiftedClock } from '../../src/platform/clock.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts'

let sandbox: Sandbox
afterEach(() => sandbox?.stop())
const start = async (controls: SandboxOptions['controls'] = {}) => {
  const clock = createShiftedClock()
  sandbox = await startSandbox({ port: 0, clock, controls, onProblem: () => {} })
  return clock
}
const control = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/page/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

it('moves the workspace’s clock on, and the app’s queue with it', async () => {
  const moved: number[] = []
  const clock = await start({ onClockMoved: async (ms) => void moved.push(ms) })
  expect(await (await control({ type: 'clock', to: '+1 hour', tz: 'UTC' })).json()).toEqual({ ok: true })
  expect(clock.ahead()).toBe(3_600_000)
  expect(moved).toEqual([3_600_000])
  const { clock: seen } = sandbox.as('noor').sees()
  expect(seen.ahead).toBeGreaterThanOrEqual(3_600_000)
  const message = await sandbox.as('noor').post('#general', 'an hour later')
  expect(Number(message.ts)).toBeGreaterThan(Date.now() / 1_000 + 3_500)
})

it('says what is wrong, and does nothing then', async () => {
  const clock = await start()
  expect(await (await control({ type: 'clock', to: '+1 day', tz: 'Middle/Earth' })).json()).toMatchObject({ ok: false })
  expect((await control({ type: 'clock', to: '-1 day', tz: 'UTC' })).status).toBe(400)
  expect((await control({ type: 'start over' })).status).toBe(200)
  expect((await control('start over')).status).toBe(400)
  expect((await fetch(`${sandbox.url}/page/control`)).status).toBe(405)
  expect((await control({ type: 'rate limits', on: true }, { origin: 'http://evil.example' })).status).toBe(403)
  expect(clock.ahead()).toBe(0)
  expect(sandbox.as('noor').sees().rateLimits).toBe(false)
})

it('starts over once, however often it is pressed, and tells when that failed', async () => {
  let times = 0
  let fail = false
  await start({
    async onStartOver() {
      times += 1
      await new Promise((done) => setImmediate(done))
      if (fail) throw new Error('the app is broken')
      sandbox.forget()
    },
  })
  const { teamId } = sandbox.app
  await sandbox.as('noor').post('#general', 'Soon forgotten')
  const answers = await Promise.all([1, 2, 3].map(() => sandbox.control({ type: 'start over' })))
  expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }])
  expect(times).toBe(1)
  expect(sandbox.messages('#general').map(({ text }) => text)).not.toContain('Soon forgotten')
  expect(sandbox.as('noor').sees().workspace.id).not.toBe(teamId)
  fail = true
  expect(await sandbox.control({ type: 'start over' })).toMatchObject({
    ok: false,
    error: expect.stringContaining('did not'),
  })
})
