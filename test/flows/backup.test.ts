/** What SECURITY.md says of backup and restore, done. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { databaseOn, onServerRun } from '../support/database-template.ts'
import { eventually } from '../support/eventually.ts'
import { rowsOf } from '../support/tables.ts'
import { createWorld, type World } from '../support/world.ts'

const server = inject('databaseTemplate')
const url = server.kind === 'server' ? server.url : null
const folder = mkdtempSync(join(tmpdir(), 'small-acts-backup-'))
const name = `small_acts_test_${randomUUID().replaceAll('-', '')}`

let world: World
beforeAll(async () => {
  if (url) world = await createWorld({ mode: 'http' })
})
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true, force: true })
  if (url) await onServerRun(url, `drop database if exists ${name} with (force)`)
})

it.runIf(url)('a dump restored into an empty database is the same, and the app goes on from it', async () => {
  const { sandbox } = world
  for (const person of ['lena', 'kofi', 'ann']) {
    await sandbox.as('noor').command('#general', '/kudos', `@${person} for what must not get lost, ${person}`)
  }
  await world.settled()
  await world.app.stop()
  const dump = join(folder, 'small-acts.dump')
  execFileSync('pg_dump', ['--format=custom', '--no-owner', `--file=${dump}`, world.database.url])
  await onServerRun(url ?? '', `create database ${name}`)
  const restored = databaseOn(url ?? '', name)
  execFileSync('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${restored}`, dump])

  const db = openDatabase(restored, 'jobs', createLog('silent'))
  const { teamId } = sandbox.app
  try {
    const before = await rowsOf(world.database.db, teamId)
    expect(before.kudos).toHaveLength(3)
    expect(before.member?.length).toBeGreaterThan(30)
    expect(await rowsOf(db, teamId)).toEqual(before)

    const { apiUrl, botToken, signingSecret } = sandbox
    const app = await startApp(
      {
        slack: { mode: 'http', apiUrl, botToken, signingSecret },
        database: { kind: 'server', url: restored },
        host: '127.0.0.1',
        port: 0,
        logLevel: 'silent',
        production: false,
        slackRate: 1_000,
      },
      { clock: world.clock, log: createLog('silent') },
    )
    try {
      sandbox.connectApp(`http://127.0.0.1:${app.port}/slack/events`)
      await sandbox.as('lena').command('#general', '/kudos', '@noor for the restored one')
      await eventually('its card', () =>
        sandbox.messages('#general', { app: true }).some(({ text }) => text.includes('the restored one')),
      )
      // Nothing that was posted before is posted again.
      const cards = sandbox.messages('#general', { app: true }).filter(({ text }) => text.includes('must not get lost'))
      expect(cards).toHaveLength(3)
      expect((await rowsOf(db, teamId)).kudos).toHaveLength(4)
    } finally {
      await app.stop()
    }
  } finally {
    await db.destroy()
    // The world stops what it started; this one it stopped before.
    await world.restart()
  }
})
