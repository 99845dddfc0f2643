import { execFileSync } from 'node:child_process'
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
  const server = given ?? (await startServer(run))
  if (!server) return null
  const name = `small_acts_bench_${process.pid}`
  await onServerRun(server, `create database ${name}`)
  run.afterwards(() => onServerRun(server, `drop database if exists ${name} with (force)`))
  return databaseOn(server, name)
}

/** A server with the settings it comes with, in a temporary folder. */
async function startServer({ afterwards }: BenchRun): Promise<string | null> {
  const initdb = globSync('/usr/lib/postgresql/*/bin/initdb').sort().at(-1)
  if (!initdb) return null
  const bin = dirname(initdb)
  const folder = mkdtempSync(join(tmpdir(), 'small-acts-bench-'))
  afterwards(() => rmSync(folder, { recursive: true, force: true }))
  // PostgreSQL does not run as root.
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : null
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const postgres = (tool: string, ...args: string[]) =>
    execFileSync(join(bin, tool), ['-D', data, ...args], { stdio: 'ignore', cwd: folder, ...user })
  postgres('initdb', '-U', 'postgres', '-A', 'trust')
  const port = await freePort()
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`
  postgres('pg_ctl', 'start', '-w', '-l', join(folder, 'log'), '-o', options)
  afterwards(() => postgres('pg_ctl', 'stop', '-w', '-m', 'immediate'))
  return `postgres://postgres@127.0.0.1:${port}/postgres`
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
