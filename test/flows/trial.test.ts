/** The sandbox as somebody meets it who tries the product: it is all there after a restart, until they start over. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ActResult, Control, PageAct, PageState, Person } from '../../src/sandbox/contract.ts'
import { freePorts } from '../support/app-process.ts'
import { eventually } from '../support/eventually.ts'

let folder: string
let child: ChildProcess
let url: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'small-acts-trial-'))
})
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<void> {
  const env = { PATH: process.env.PATH ?? '', PORT: String(await freePorts()), DATA_DIR: join(folder, 'data') }
  child = spawn(process.execPath, [resolve('src/main.ts')], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout?.on('data', (chunk) => {
    said += chunk
  })
  url = await eventually('the address', () => /http:\/\/\S+/.exec(said)?.[0], 60)
}

const stop = () =>
  new Promise((done) => {
    child.once('exit', done)
    child.kill('SIGTERM')
  })

const read = async <T>(path: string): Promise<T> => (await (await fetch(`${url}/page/${path}`)).json()) as T

async function send(path: 'act' | 'control', body: PageAct | Control): Promise<ActResult> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/page/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await answer.json()) as ActResult
}

async function seenBy(name: string): Promise<PageState> {
  const person = (await read<Person[]>('people')).find((one) => one.name === name)
  return await read<PageState>(`state?as=${person?.id}`)
}

const mentions = (state: PageState, words: string) => JSON.stringify(state.conversations).includes(words)

/** Says it in #general, and waits for the words of an answer. */
async function say(name: string, text: string, answer: string): Promise<void> {
  const { viewer, conversations } = await seenBy(name)
  const channel = conversations.find((one) => one.name === 'general')?.id ?? ''
  expect(await send('act', { type: 'command', as: viewer, channel, command: '/kudos', text })).toEqual({ ok: true })
  await eventually(`"${answer}"`, async () => mentions(await seenBy(name), answer))
}

it('keeps what was said and what the app knows, and the clock; starting over forgets all of it', async () => {
  await start()
  await say('noor', '@ann for what lasts', 'thanks <@')
  expect(await send('control', { type: 'clock', to: '+1 day', tz: 'Europe/Berlin' })).toEqual({ ok: true })
  const before = await seenBy('ann')
  expect(before.clock.ahead).toBeGreaterThan(22 * 3_600_000)
  await eventually('the note', async () => mentions(await seenBy('ann'), 'thanks you'))
  const conversations = (await seenBy('noor')).conversations.length
  await stop()

  await start()
  const after = await seenBy('noor')
  expect(after.workspace).toEqual(before.workspace)
  expect(after.clock.ahead).toBe(before.clock.ahead)
  expect(after.conversations).toHaveLength(conversations)
  expect(mentions(after, 'what lasts')).toBe(true)
  await say('noor', 'given', 'Kudos you gave')
  expect(mentions(await seenBy('noor'), 'kudos.withdraw')).toBe(true)
  await say('noor', '@kofi for going on', 'going on')

  expect(await send('control', { type: 'start over' })).toEqual({ ok: true })
  const fresh = await seenBy('noor')
  expect(fresh.workspace.id).not.toBe(before.workspace.id)
  expect(fresh.clock.ahead).toBe(0)
  expect(mentions(fresh, 'what lasts')).toBe(false)
  // What the company gave each other before anybody came is there anew; what was given here is not.
  await say('noor', 'given', 'Kudos you gave')
  expect(mentions(await seenBy('noor'), 'what lasts')).toBe(false)
  expect(mentions(await seenBy('noor'), 'going on')).toBe(false)
  await stop()

  await start()
  expect((await seenBy('noor')).workspace.id).toBe(fresh.workspace.id)
  await say('noor', '@ann for a new beginning', 'thanks <@')
  await stop()
}, 240_000)
