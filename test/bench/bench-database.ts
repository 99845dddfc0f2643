import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from '../support/app-process.ts'
import { databaseOn, onServerRun } from '../support/database-template.ts'
import type { BenchRun } from './bench.ts'

/**
 * An empty database of the bench's own: on the server of BENCH_DATABASE_URL or TEST_DATABASE_URL, or else on a server
 * started for it from the system's packages. Null when there is none.
 */
export async function createBenchDatabase(run: BenchRun): Promise<string | null> {
  const given = process.env.BENCH_DATABASE_URL ?? process.env.TEST_DATABASE_URL
  const server = given ?? (await startServer(run))?.url
  if (!server) return null
  const name = `small_acts_bench_${process.pid}`
  await onServerRun(server, `create database ${name}`)
  run.afterwards(() => onServerRun(server, `drop database if exists ${name} with (force)`))
  return databaseOn(server, name)
}

/** A server of the bench's own, which it may stop and start. */
export interface BenchServer {
  url: string
  /** Throws every connection out, as an administrator does who restarts it. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** A server with the settings it comes with, in a temporary folder; null where there are no packages of it. */
export async function startServer({ afterwards }: BenchRun): Promise<BenchServer | null> {
  const initdb = globSync('/usr/lib/postgresql/*/bin/initdb').sort().at(-1)
  if (!initdb) return null
  const bin = dirname(initdb)
  const folder = mkdtempSync(join(tmpdir(), 'small-acts-bench-'))
  afterwards(() => rmSync(folder, { recursive: true, force: true }))
  // PostgreSQL does not run as root.
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : null
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  // Not waited for by blocking: a sandbox may be at work beside it.
  const postgres = async (tool: string, ...args: string[]) => {
    const child = spawn(join(bin, tool), ['-D', data, ...args], { stdio: 'ignore', cwd: folder, ...user })
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`${tool} ${args.join(' ')} ended with ${code}`)
  }
  await postgres('initdb', '-U', 'postgres', '-A', 'trust')
  const port = await freePort()
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`
  const start = () => postgres('pg_ctl', 'start', '-w', '-l', join(folder, 'log'), '-o', options)
  await start()
  afterwards(() => postgres('pg_ctl', 'stop', '-w', '-m', 'immediate'))
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop: () => postgres('pg_ctl', 'stop', '-w', '-m', 'fast'),
  }
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
