import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createShiftedClock } from '../../src/platform/clock.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { eventually } from '../support/eventually.ts'

let folder: string
let memory: string
const running: Sandbox[] = []
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'small-acts-memory-'))
  memory = path.join(folder, 'deep', 'sandbox.json')
})
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop()
  rmSync(folder, { recursive: true, force: true })
})
const start = async (problems: string[] = [], clock = createShiftedClock()) => {
  const sandbox = await startSandbox({ port: 0, clock, memory, onProblem: (problem) => problems.push(problem) })
  running.push(sandbox)
  return { sandbox, clock }
}

it('a workspace is the same after a stop: its messages, its clock and its secrets', async () => {
  const { sandbox, clock } = await start()
  await sandbox.as('noor').post('#general', 'Still there tomorrow')
  await sandbox.control({ type: 'clock', to: '+1 day', tz: 'Europe/Berlin' })
  await sandbox.control({ type: 'rate limits', on: true })
  const before = { ...sandbox.app, token: sandbox.botToken, secret: sandbox.signingSecret, app: sandbox.appToken }
  const ahead = clock.ahead()
  await sandbox.stop()
  running.pop()

  const again = await start()
  expect(again.sandbox.messages('#general').at(-1)?.text).toBe('Still there tomorrow')
  expect(again.clock.ahead()).toBe(ahead)
  expect(again.sandbox.as('noor').sees().rateLimits).toBe(true)
  const { botToken: token, signingSecret: secret, appToken: app } = again.sandbox
  expect({ ...again.sandbox.app, token, secret, app }).toEqual(before)
})

it('is written down a moment after a change, whole, and for its owner’s eyes alone', async () => {
  const { sandbox } = await start()
  await sandbox.as('noor').post('#general', 'Written down soon')
  await eventually('the file', () => readText(memory).includes('Written down soon'))
  expect(statSync(memory).mode & 0o777).toBe(0o600)
  expect(readdirSync(path.dirname(memory))).toEqual(['sandbox.json'])
  // As after a kill: nothing was said to it.
  const again = await start()
  expect(again.sandbox.messages('#general').at(-1)?.text).toBe('Written down soon')
})

it.each([
  ['torn', '{"ahead":0,"state":{"shape":1,"vers'],
  ['of another shape', '{"ahead":0,"state":{"shape":-1}}'],
  ['something else', '[]'],
])('a file that is %s is set aside, and the workspace begins anew', async (_what, content) => {
  const { sandbox } = await start()
  await sandbox.stop()
  running.pop()
  writeFileSync(memory, content)
  const problems: string[] = []
  const again = await start(problems)
  expect(problems.join()).toContain('begins anew')
  expect(readText(`${memory}.unreadable`)).toBe(content)
  expect(again.sandbox.messages('#general').length).toBeGreaterThan(0)
})

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
