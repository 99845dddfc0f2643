/** The processes themselves: `npm start` and `npm run ops`, as an operator meets them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePorts, isFree } from '../support/app-process.ts'
import { eventually } from '../support/eventually.ts'

const SECRET = '0123456789abcdef0123456789abcdef'
let folder: string
const children: ChildProcess[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'small-acts-process-'))
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a command with nothing of ours in its environment but `env`. */
function run(args: string[], env: Record<string, string> = {}, flags: string[] = []) {
  const [script = '', ...rest] = args
  const child = spawn(process.execPath, [...flags, resolve(script), ...rest], {
    // Somewhere else: a contributor's .env may hold the key to a real workspace.
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const seen = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    seen.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    seen.err += chunk
  })
  const exit = new Promise<number | null>((done) => child.once('exit', done))
  return { child, seen, exit }
}

describe('npm start', () => {
  it('says everything that is wrong, and ends', async () => {
    const { exit, seen } = run(['src/main.ts'], { NODE_ENV: 'production', PORT: 'soon' })
    expect(await exit).toBe(1)
    expect(seen.err).toContain('PORT must be a port number')
    expect(seen.err).toContain('SLACK_BOT_TOKEN is missing')
    expect(seen.err).toContain('DATABASE_URL is missing')
  })

  it('says what it can not reach', async () => {
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: 'http://127.0.0.1:9/api/' }
    const { exit, seen } = run(['src/main.ts'], {
      ...slack,
      DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:9/nothing',
    })
    expect(await exit).toBe(1)
    expect(seen.err).toContain("The database of DATABASE_URL can't be used")
    expect(seen.err + seen.out).not.toContain('hunter2')
  })

  it.each([
    ['a folder it may not write', { DATA_DIR: '/dev/null/data' }, 'Set DATA_DIR to a folder of your own'],
    ['an address that is not its own', { HOST: 'nowhere.invalid' }, 'HOST is no address of this machine'],
    ['no room for the sandbox', { PORT: '65535' }, 'PORT must be at most 65534'],
  ])('says what to do about %s', async (_what, env, words) => {
    const port = String(await freePorts())
    const { exit, seen } = run(['src/main.ts'], { PORT: port, DATA_DIR: join(folder, 'refused'), ...env })
    expect(await exit).toBe(1)
    expect(seen.err).toContain(words)
  })

  it('is the sandbox without credentials; refuses a second one on its folder; stops when told', async () => {
    const port = await freePorts()
    const env = { PORT: String(port), DATA_DIR: join(folder, 'data') }
    const sandbox = run(['src/main.ts'], env)
    const address = await eventually('the address', () => /http:\/\/\S+/.exec(sandbox.seen.out)?.[0], 60)
    expect((await fetch(address)).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)

    const taken = run(['src/main.ts'], { ...env, DATA_DIR: join(folder, 'other') })
    expect(await taken.exit).toBe(1)
    expect(taken.seen.err).toMatch(/Port \d+ on 127\.0\.0\.1 is taken/)

    const second = run(['src/main.ts'], { ...env, PORT: String(port + 10) })
    expect(await second.exit).toBe(1)
    expect(second.seen.err).toContain('in use by another Small Acts process')

    const ops = run(['src/ops.ts', 'set', 'kudos.channel', 'C0123ABCD'], env)
    expect(await ops.exit).toBe(1)
    expect(ops.seen.err).toContain('in use by another Small Acts process')

    sandbox.child.kill('SIGTERM')
    expect(await sandbox.exit).toBe(0)

    const set = run(['src/ops.ts', 'set', 'kudos.channel', 'C0123ABCD'], env)
    expect(await set.exit).toBe(0)
    expect(set.seen.out).toContain('kudos.channel is now "C0123ABCD"')
  }, 120_000)
})

it('npm run dev starts as npm start does, and stops', async () => {
  const env = { PORT: String(await freePorts()), DATA_DIR: join(folder, 'dev') }
  const dev = run(['src/main.ts'], env, ['--watch'])
  await eventually('the address', () => /http:\/\/\S+/.test(dev.seen.out), 60)
  dev.child.kill('SIGTERM')
  await dev.exit
  await eventually('its port', () => isFree(Number(env.PORT)))
}, 120_000)

describe('npm run ops', () => {
  it.each([
    [[], 'Usage:'],
    [['set'], 'Usage:'],
    [['set', 'kudos.colour', 'blue'], 'There is no setting "kudos.colour"'],
    [['set', 'kudos.channel', '#kudos'], 'must be the id of a public channel'],
  ])('%j explains itself', async (args, words) => {
    const { exit, seen } = run(['src/ops.ts', ...args], { DATA_DIR: join(folder, 'unused') })
    expect(await exit).toBe(1)
    expect(seen.err).toContain(words)
  })
})
