import { promises as fs } from 'node:fs'
import path from 'node:path'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import type { Db } from './database.ts'

const FOLDER = path.join(import.meta.dirname, '../../migrations')

/**
 * Brings the schema up to date, forward only, all in one transaction under an advisory lock: several processes may start together.
 * `onStep` hears of each migration when it is through. Returns the names of what was applied. Throws what the failing
 * migration threw; nothing of it stays.
 */
export async function migrate(db: Db, onStep: (done: number, total: number) => void = () => {}): Promise<string[]> {
  const files = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER })
  const getMigrations = async () => {
    const all = Object.entries(await files.getMigrations())
    return Object.fromEntries(
      all.map(([name, migration], index) => {
        const up: typeof migration.up = async (trx) => {
          await migration.up(trx)
          onStep(index + 1, all.length)
        }
        return [name, { ...migration, up }]
      }),
    )
  }
  const migrator = new Migrator({ db, provider: { getMigrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}
