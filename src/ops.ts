/** The operator's commands: `npm run ops -- COMMAND`. Each says what it did, and exits 0 when it did it. */
import { config as loadEnvironment } from 'dotenv'
import { ConfigError, readConfig } from './config.ts'
import { printDigest } from './digest/printing.ts'
import { readArguments, type Said, USAGE } from './ops/arguments.ts'
import { drop, retry, type Which } from './ops/dead-letters.ts'
import { importTeams } from './ops/import-teams.ts'
import { OpsError } from './ops/ops-error.ts'
import { postPrompt } from './ops/post-prompt.ts'
import { createProgress } from './ops/progress.ts'
import { status } from './ops/status.ts'
import * as rounds from './pairing/operating.ts'
import { systemClock } from './platform/clock.ts'
import { type Db, inWorkspace, openDatabase, type Tenant, whyUnusable } from './platform/database.ts'
import { EmbeddedDatabaseError, startEmbedded } from './platform/embedded/embedded.ts'
import { createLog } from './platform/log.ts'
import { migrate } from './platform/migrations.ts'
import { createSecrets } from './platform/secrets.ts'
import * as installations from './workspace/operating.ts'
import { parseSetting } from './workspace/settings.ts'
import { saveSettings } from './workspace/settings-store.ts'
import { listWorkspaces } from './workspace/store.ts'

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
    case 'post-prompt':
      return await withChannel(args)
    case 'import-teams':
      return await withFile(args)
    case 'open-round':
      return await onRounds(readArguments(args, [], ['workspace', 'dry-run']), (db, id, now, dryRun) =>
        rounds.openNow(db, id, now, dryRun),
      )
    case 'close-round':
      return await onRounds(readArguments(args, [], ['workspace', 'dry-run']), (db, id, now, dryRun) =>
        rounds.closeNow(db, id, now, dryRun),
      )
    case 'status':
      return await tellStatus(args)
    case 'retry':
      return await retryLetters(args)
    case 'drop':
      return await dropLetter(args)
    case 'replay-round': {
      const said = readArguments(args, ['ID'], ['workspace'])
      return await onRounds(said, (db, id) => rounds.replay(db, id, said.words[0] ?? ''))
    }
    case 'digest':
      return await digest(args)
    case 'rotate-keys':
      return await rotateKeys()
    case 'delete-workspace':
      return await deleteWorkspace(args)
    default:
      throw new OpsError(USAGE)
  }
}

async function rotateKeys(): Promise<string> {
  const { slack } = readConfig(process.env)
  const keys = slack.mode === 'http' ? slack.install?.keys : undefined
  if (!keys)
    throw new OpsError('TOKEN_ENCRYPTION_KEYS is not set: with a token of one workspace there is nothing to encrypt.')
  return await withDatabase(async (db) => saidOf(await installations.rotateKeys(db, createSecrets(keys), progress)))
}

async function deleteWorkspace(args: string[]): Promise<string> {
  const { words, dryRun } = readArguments(args, ['T0123ABCD'], ['dry-run'])
  const [id = ''] = words
  return await withDatabase(async (db) => saidOf(await installations.deleteWorkspace(db, id, dryRun, progress)))
}

function saidOf({ ok, text }: { ok: boolean; text: string }): string {
  if (!ok) throw new OpsError(text)
  return text
}

/** For whoever watches a long one. */
function progress(done: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} …`)
}

async function digest(args: string[]): Promise<string> {
  const { workspace, month, csv, dryRun } = readArguments(args, [], ['workspace', 'month', 'csv', 'dry-run'])
  if (csv === dryRun) throw new OpsError(USAGE)
  return await withDatabase(async (db) => {
    const id = await theWorkspace(db, workspace)
    const as = csv ? 'csv' : 'message'
    const printed = await printDigest(db, id, { month: month ?? null, as }, new Date(systemClock.now()))
    if (!printed.ok) throw new OpsError(printed.problem)
    return printed.text
  })
}

async function set(args: string[]): Promise<string> {
  const { words, workspace } = readArguments(args, ['KEY', 'VALUE'], ['workspace'])
  const [key = '', value = ''] = words
  const setting = parseSetting(key, value)
  if (!setting.ok) throw new OpsError(setting.problem)
  return await withWorkspace(workspace, async (tenant) => {
    await saveSettings(tenant, { [setting.key]: setting.value }, null, new Date(systemClock.now()))
    return `${setting.key} is now ${JSON.stringify(setting.value)} in workspace ${tenant.workspaceId}.`
  })
}

async function withChannel(args: string[]): Promise<string> {
  const { channel, workspace, dryRun } = readArguments(args, [], ['channel', 'workspace', 'dry-run'])
  if (channel === undefined) throw new OpsError(USAGE)
  return await withWorkspace(workspace, (tenant) => postPrompt(tenant, channel, new Date(systemClock.now()), dryRun))
}

async function withFile(args: string[]): Promise<string> {
  const { words, workspace, dryRun } = readArguments(args, ['FILE.csv'], ['workspace', 'dry-run'])
  const [path = ''] = words
  return await withWorkspace(workspace, (tenant) => importTeams(tenant, path, new Date(systemClock.now()), dryRun))
}

async function tellStatus(args: string[]): Promise<string> {
  const { workspace } = readArguments(args, [], ['workspace'])
  return await withDatabase(async (db) => {
    const all = workspace === undefined ? await listWorkspaces(db) : [await theWorkspace(db, workspace)]
    return await status(db, all, new Date(systemClock.now()))
  })
}

async function retryLetters(args: string[]): Promise<string> {
  const isAll = args.includes('--all')
  const { words, queue } = readArguments(args, isAll ? [] : ['ID'], isAll ? ['all', 'queue'] : [])
  const which: Which = isAll ? { all: true, queue: queue ?? null } : { id: words[0] ?? '' }
  const progress = createProgress('retry', (line) => process.stderr.write(line))
  return await withDatabase((db) => retry(db, which, progress))
}

async function dropLetter(args: string[]): Promise<string> {
  const { words } = readArguments(args, ['ID'], [])
  return await withDatabase((db) => drop(db, words[0] ?? ''))
}

type OnRounds = (db: Db, workspaceId: string, now: Date, dryRun: boolean) => Promise<rounds.Operated>

/** Does something with the rounds of the workspace that was named, or of the only one. */
async function onRounds({ workspace, dryRun }: Said, work: OnRounds): Promise<string> {
  return await withDatabase(async (db) => {
    const id = await theWorkspace(db, workspace)
    return saidOf(await work(db, id, new Date(systemClock.now()), dryRun))
  })
}

/** Works in the workspace that was named, or in the only one there is, in one transaction. */
async function withWorkspace<T>(named: string | undefined, work: (tenant: Tenant) => Promise<T>): Promise<T> {
  return await withDatabase(async (db) => inWorkspace(db, await theWorkspace(db, named), work))
}

/** The workspace that was named, or the only one there is. */
async function theWorkspace(db: Db, named?: string): Promise<string> {
  const all = await listWorkspaces(db)
  if (named !== undefined) {
    if (!all.includes(named)) throw new OpsError(`No workspace ${named} is installed. There are: ${some(all)}.`)
    return named
  }
  const [only, ...others] = all
  if (!only) throw new OpsError('No workspace is known yet. Start the app once, then try this again.')
  if (others.length > 0) throw new OpsError(`Say which workspace this is about, with --workspace: ${some(all)}.`)
  return only
}

function some(all: string[]): string {
  return all.slice(0, 10).join(', ') + (all.length > 10 ? `, and ${all.length - 10} others` : '')
}

/** Opens the configured database, its schema up to date, for the time of `work`. */
async function withDatabase<T>(work: (db: Db, applied: string[]) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const log = createLog('error')
  const embedded = config.database.kind === 'embedded' ? await startEmbedded(config.database.folder, log) : null
  const db = openDatabase(embedded?.url ?? (config.database as { url: string }).url, 'migrating', log)
  try {
    const progress = createProgress('migrate', (line) => process.stderr.write(line))
    return await work(db, await migrate(db, progress.step))
  } finally {
    await db.destroy()
    await embedded?.stop()
  }
}
