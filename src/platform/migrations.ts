import { promises as fs } from 'node:fs'
import path from 'node:path'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import type { Db } from './database.ts'

const FOLDER = path.join(import.meta.dirname, '../../migrations')

/**
 * Brings the schema up to date, forward only, all in one transaction under an advisory lock: several processes may start together.
 * Returns the names of what was applied. Throws what the failing migration threw; nothing of it stays.
 */
export async function migrate(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder: FOLDER }) })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}
