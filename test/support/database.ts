import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { type Db, openDatabase } from '../../src/platform/database.ts'
import { startEmbedded } from '../../src/platform/embedded/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import { databaseOn, onServerRun } from './database-template.ts'

export interface TestDatabase {
  url: string
  /** For looking inside. */
  db: Db
  drop(): Promise<void>
}

/** A database of one's own, with the schema in it and no rows: embedded, or on the server of TEST_DATABASE_URL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = inject('databaseTemplate')
  const log = createLog('silent')
  if (template.kind === 'server') {
    const name = `small_acts_test_${randomUUID().replaceAll('-', '')}`
    await onServerRun(template.url, `create database ${name} template ${template.name}`)
    const url = databaseOn(template.url, name)
    const db = openDatabase(url, 'jobs', log)
    return {
      url,
      db,
      async drop() {
        await db.destroy()
        await onServerRun(template.url, `drop database ${name} with (force)`)
      },
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'small-acts-test-'))
  cpSync(join(template.folder, 'postgres'), join(folder, 'postgres'), { recursive: true })
  const embedded = await startEmbedded(folder, log)
  const db = openDatabase(embedded.url, 'jobs', log)
  return {
    url: embedded.url,
    db,
    async drop() {
      await db.destroy()
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
