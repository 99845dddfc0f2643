/** The operator's commands: `npm run ops -- COMMAND`. Each says what it did, and exits 0 when it did it. */
import { config as loadEnvironment } from 'dotenv'
import { ConfigError, readConfig } from './config.ts'
import { systemClock } from './platform/clock.ts'
import { type Db, inWorkspace, openDatabase, whyUnusable } from './platform/database.ts'
import { EmbeddedDatabaseError, startEmbedded } from './platform/embedded/embedded.ts'
import { createLog } from './platform/log.ts'
import { migrate } from './platform/migrations.ts'
import { parseSetting } from './workspace/settings.ts'
import { saveSettings } from './workspace/settings-store.ts'
import { listWorkspaces } from './workspace/store.ts'

const USAGE = `Usage: npm run ops -- COMMAND
  migrate           bring the database's schema up to date
  set KEY VALUE     change a setting of the workspace; VALUE "none" empties it. Keys:
                      kudos.channel       id of the public channel for kudos said in private
                      kudos.values        words people can tag a kudos with: "teamwork, craft"
                      kudos.daily-limit   how many kudos a person can give a day
`

/** What the operator can mend. */
class OpsError extends Error {}

loadEnvironment({ quiet: true })

try {
  process.stdout.write(`${await run(process.argv.slice(2))}\n`)
} catch (error) {
  const known = error instanceof OpsError || error instanceof ConfigError || error instanceof EmbeddedDatabaseError
  const sentence = known ? error.message : whyUnusable(error)
  if (!sentence) throw error
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}

async function run([command, ...args]: string[]): Promise<string> {
  switch (command) {
    case 'migrate':
      return await withDatabase(async (_db, applied) =>
        applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The schema is up to date.',
      )
    case 'set':
      return await set(args)
    default:
      throw new OpsError(USAGE)
  }
}

async function set([key, value, ...rest]: string[]): Promise<string> {
  if (key === undefined || value === undefined || rest.length > 0) throw new OpsError(USAGE)
  const setting = parseSetting(key, value)
  if (!setting.ok) throw new OpsError(setting.problem)
  return await withDatabase(async (db) => {
    const [workspace, ...others] = await listWorkspaces(db)
    if (!workspace) throw new OpsError('No workspace is known yet. Start the app once, then set this again.')
    if (others.length > 0) throw new OpsError('Several workspaces are installed; this command knows only one.')
    await inWorkspace(db, workspace, (tenant) =>
      saveSettings(tenant, { [setting.key]: setting.value }, null, new Date(systemClock.now())),
    )
    return `${setting.key} is now ${JSON.stringify(setting.value)} in workspace ${workspace}.`
  })
}

/** Opens the configured database, its schema up to date, for the time of `work`. */
async function withDatabase(work: (db: Db, applied: string[]) => Promise<string>): Promise<string> {
  const config = readConfig(process.env)
  const log = createLog('error')
  const embedded = config.database.kind === 'embedded' ? await startEmbedded(config.database.folder, log) : null
  const db = openDatabase(embedded?.url ?? (config.database as { url: string }).url, 'migrating', log)
  try {
    return await work(db, await migrate(db))
  } finally {
    await db.destroy()
    await embedded?.stop()
  }
}
