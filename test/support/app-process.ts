import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The app in a process of its own, which can be killed. */
export interface AppProcess {
  /** Where Slack's requests go. */
  url: string
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  signal(signal: NodeJS.Signals): void
  /** What it has in memory right now, in megabytes. */
  memory(): number
}

const MAIN = join(import.meta.dirname, '../../src/main.ts')
/** As `npm start` has it (test/deploy.test.ts). */
export const FLAGS = ['--min-semi-space-size=64', '--max-semi-space-size=64']

/**
 * Starts `src/main.ts`, or another entry that listens on PORT, with this environment and no other, and as if Slack had no
 * rate limits unless that says so. Resolves once it answers; throws when it ends before that.
 */
export async function startAppProcess(env: Record<string, string>, entry = MAIN): Promise<AppProcess> {
  const port = await freePort()
  const child = spawn(process.execPath, [...(entry === MAIN ? FLAGS : []), entry], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), SLACK_RATE: '1000', ...env },
    // Somewhere else: a contributor's .env may hold the key to a real workspace.
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  let running = true
  const ended = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals)[]) => {
    running = false
    process.off('exit', kill)
    return code ?? signal ?? 0
  })
  while (!(await listens(port))) {
    if (!running) throw new Error(`${entry} ended with ${await ended} before it listened`)
    await new Promise((done) => setTimeout(done, 50))
  }
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    ended,
    signal: (signal) => void child.kill(signal),
    memory: () =>
      Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', `${child.pid}`], { encoding: 'utf8' })) / 1024),
  }
}

const listens = (port: number) =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => true,
    () => false,
  )

/** A port that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** Two free ports in a row: the app's and the sandbox's. */
export async function freePorts(): Promise<number> {
  for (let port = 20_000 + (process.pid % 2_000) * 10; ; port += 2) {
    if ((await isFree(port)) && (await isFree(port + 1))) return port
  }
}
export const isFree = (port: number) =>
  new Promise<boolean>((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
