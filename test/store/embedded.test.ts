import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from '../../src/platform/embedded/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import { eventually } from '../support/eventually.ts'

const log = createLog('silent')
let folder: string
let embedded: EmbeddedDatabase
let pool: pg.Pool

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'small-acts-embedded-'))
  embedded = await startEmbedded(folder, log)
  pool = new pg.Pool({ connectionString: embedded.url, max: 8 })
  pool.on('error', () => {})
})
afterAll(async () => {
  await pool.end()
  await embedded.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The process of the embedded database on this test's folder. */
const databaseProcess = async () => {
  const socketFolder = new URL(embedded.url).searchParams.get('host') ?? ''
  const { stdout } = await promisify(execFile)('pgrep', ['-f', socketFolder])
  return Number(stdout.split('\n')[0])
}

describe('the embedded database', () => {
  it('keeps connections apart, in and out of transactions', async () => {
    await pool.query('create table acts (giver int, at int)')
    const worker = async (giver: number) => {
      for (let at = 0; at < 40; at += 1) {
        if (giver % 2) {
          const { rows } = await pool.query('select $1::int as giver, $2::text as at', [giver, `${at}`])
          expect(rows).toEqual([{ giver, at: `${at}` }])
          continue
        }
        const client = await pool.connect()
        await client.query('begin')
        await client.query('insert into acts values ($1, $2)', [giver, at])
        const { rows } = await client.query('select count(*)::int as mine from acts where giver = $1', [giver])
        expect(rows).toEqual([{ mine: at + 1 }])
        await client.query('commit')
        client.release()
      }
    }
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(worker))
    const { rows } = await pool.query('select count(*)::int as all from acts')
    expect(rows).toEqual([{ all: 160 }])
  })

  it('rolls back what a client that vanishes had begun', async () => {
    await pool.query('create table begun (giver int)')
    const client = new pg.Client({ connectionString: embedded.url })
    client.on('error', () => {})
    await client.connect()
    await client.query('begin')
    await client.query('insert into begun values (1)')
    ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
    const { rows } = await pool.query('select count(*)::int as all from begun')
    expect(rows).toEqual([{ all: 0 }])
  })

  it('takes large parameters', async () => {
    const sizes = [1, 70_000, 300_000, 1_000_000]
    const results = await Promise.all(sizes.map((size) => pool.query('select length($1) as size', ['x'.repeat(size)])))
    expect(results.map(({ rows }) => rows[0].size)).toEqual(sizes)
  })

  it('refuses a second process on its folder, with a sentence, and is not hurt by it', async () => {
    const second = startEmbedded(folder, log)
    await expect(second).rejects.toThrow(EmbeddedDatabaseError)
    await expect(second).rejects.toThrow(/in use by another Small Acts process. Stop that one first/)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('comes back, with all that was committed, when its process is killed', async () => {
    await pool.query('create table kept (giver int)')
    await pool.query('insert into kept values (1), (2)')
    process.kill(await databaseProcess(), 'SIGKILL')
    const rows = await eventually('the database', async () => {
      try {
        return (await pool.query('select giver from kept order by giver')).rows
      } catch {
        return null
      }
    })
    expect(rows).toEqual([{ giver: 1 }, { giver: 2 }])
  })
})
