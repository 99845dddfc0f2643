/** The operator's commands: `npm run ops -- COMMAND`. Each says what it did, and exits 0 when it did it. */
import { parseArgs } from 'node:util'
import { config as loadEnvironment } from 'dotenv'
import { ConfigError, readConfig } from './config.ts'
import { printDigest } from './digest/printing.ts'
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

const USAGE = `Usage: npm run ops -- COMMAND
  migrate           bring the database's schema up to date
  import-teams FILE.csv [--dry-run]
                    set people's teams from a file with the columns member,team; with --dry-run, or with a bad
                    row in it, nothing is changed
  post-prompt --channel C0123ABCD [--dry-run]
                    post the weekly prompt of a channel now, unless this week has had it: the running app does it
                    within a minute; with --dry-run, only say which one
  open-round [--workspace T0123ABCD] [--dry-run]
                    open a round of check-ins now, once a day at most: the running app posts its messages
  close-round [--workspace T0123ABCD] [--dry-run]
                    close the round that is open: whoever is free hears so
  status [--workspace T0123ABCD]
                    schedules, rounds, queues, dead letters and last errors
  retry ID | --all [--queue kudos.deliver]
                    do a job again that was given up, or all of them, or all of one queue
  drop ID           forget a job that was given up, and all it carried
  replay-round ID [--workspace T0123ABCD]
                    make the groups of a round again from what they were made from, and compare
  digest [--workspace T1] [--month 2026-10] --csv | --dry-run
                    the figures of a month that is over (the last one, if you name none), as CSV; or the message as it
                    would be posted, without changing anything
  rotate-keys       encrypt the tokens of all workspaces with the first of TOKEN_ENCRYPTION_KEYS, so that the others
                    can be taken away; stopped, it goes on where it was
  delete-workspace T0123ABCD [--dry-run]
                    delete everything about a workspace that has removed the app, now instead of after the days it
                    chose; with --dry-run, only say how much there is
  set KEY VALUE     change a setting of the workspace; VALUE "none" empties it. Keys:
                      kudos.channel       id of the public channel for kudos said in private
                      kudos.values        words people can tag a kudos with: "teamwork, craft"
                      workspace.keep-days for how many days data are kept after the app was removed
                      kudos.daily-limit   how many kudos a person can give a day
                      kudos.keep-words-months  after how many months the words of kudos are forgotten
`

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
      return await onRounds(args, (db, workspace, now, { dryRun }) => rounds.openNow(db, workspace, now, dryRun))
    case 'close-round':
      return await onRounds(args, (db, workspace, now, { dryRun }) => rounds.closeNow(db, workspace, now, dryRun))
    case 'status':
      return await tellStatus(args)
    case 'retry':
      return await retryLetters(args)
    case 'drop':
      return await dropLetter(args)
    case 'replay-round':
      return await onRounds(args.slice(1), (db, workspace) => rounds.replay(db, workspace, args[0] ?? ''))
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

async function deleteWorkspace([id, ...rest]: string[]): Promise<string> {
  const { 'dry-run': dryRun } = flags(rest)
  if (id === undefined || id.startsWith('-')) throw new OpsError(USAGE)
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
  const { workspace, month, csv, 'dry-run': dryRun } = flags(args)
  if (csv === dryRun) throw new OpsError(USAGE)
  return await withDatabase(async (db) => {
    const id = await theWorkspace(db, workspace)
    const as = csv ? 'csv' : 'message'
    const printed = await printDigest(db, id, { month: month ?? null, as }, new Date(systemClock.now()))
    if (!printed.ok) throw new OpsError(printed.problem)
    return printed.text
  })
}

function flags(args: string[]) {
  try {
    const string = { type: 'string' as const }
    const boolean = { type: 'boolean' as const, default: false }
    return parseArgs({ args, options: { workspace: string, month: string, csv: boolean, 'dry-run': boolean } }).values
  } catch {
    throw new OpsError(USAGE)
  }
}

async function set([key, value, ...rest]: string[]): Promise<string> {
  if (key === undefined || value === undefined || rest.length > 0) throw new OpsError(USAGE)
  const setting = parseSetting(key, value)
  if (!setting.ok) throw new OpsError(setting.problem)
  return await withWorkspace(async (tenant) => {
    await saveSettings(tenant, { [setting.key]: setting.value }, null, new Date(systemClock.now()))
    return `${setting.key} is now ${JSON.stringify(setting.value)} in workspace ${tenant.workspaceId}.`
  })
}

async function withChannel(args: string[]): Promise<string> {
  const dryRun = args.includes('--dry-run')
  const [flag, channel, ...rest] = args.filter((arg) => arg !== '--dry-run')
  if (flag !== '--channel' || channel === undefined || rest.length > 0) throw new OpsError(USAGE)
  return await withWorkspace((tenant) => postPrompt(tenant, channel, new Date(systemClock.now()), dryRun))
}

async function withFile(args: string[]): Promise<string> {
  const dryRun = args.includes('--dry-run')
  const [path, ...rest] = args.filter((arg) => arg !== '--dry-run')
  if (path === undefined || rest.length > 0) throw new OpsError(USAGE)
  return await withWorkspace((tenant) => importTeams(tenant, path, new Date(systemClock.now()), dryRun))
}

async function tellStatus(args: string[]): Promise<string> {
  const { workspace } = flags(args)
  return await withDatabase(async (db) => {
    const all = workspace === undefined ? await listWorkspaces(db) : [await theWorkspace(db, workspace)]
    return await status(db, all, new Date(systemClock.now()))
  })
}

async function retryLetters(args: string[]): Promise<string> {
  const [first = '', flag, queue, ...rest] = args
  const isAll = first === '--all' && (flag === undefined || (flag === '--queue' && queue !== undefined))
  if (rest.length > 0 || (!isAll && (args.length !== 1 || first.startsWith('-')))) throw new OpsError(USAGE)
  const which: Which = isAll ? { all: true, queue: queue ?? null } : { id: first }
  const progress = createProgress('retry', (line) => process.stderr.write(line))
  return await withDatabase((db) => retry(db, which, progress))
}

async function dropLetter([id, ...rest]: string[]): Promise<string> {
  if (id === undefined || rest.length > 0) throw new OpsError(USAGE)
  return await withDatabase((db) => drop(db, id))
}

type OnRounds = (db: Db, workspaceId: string, now: Date, flags: { dryRun: boolean }) => Promise<rounds.Operated>

/** Does something with the rounds of the workspace that was named, or of the only one. */
async function onRounds(args: string[], work: OnRounds): Promise<string> {
  const { workspace, 'dry-run': dryRun } = flags(args)
  return await withDatabase(async (db) => {
    const id = await theWorkspace(db, workspace)
    return saidOf(await work(db, id, new Date(systemClock.now()), { dryRun }))
  })
}

/** Works in the one workspace there is, in one transaction. */
async function withWorkspace<T>(work: (tenant: Tenant) => Promise<T>): Promise<T> {
  return await withDatabase(async (db) => inWorkspace(db, await theWorkspace(db), work))
}

/** The workspace that was named, or the only one there is. */
async function theWorkspace(db: Db, named?: string): Promise<string> {
  const all = await listWorkspaces(db)
  if (named !== undefined) {
    if (!all.includes(named)) throw new OpsError(`No workspace ${named} is installed. There are: ${all.join(', ')}.`)
    return named
  }
  const [only, ...others] = all
  if (!only) throw new OpsError('No workspace is known yet. Start the app once, then try this again.')
  if (others.length > 0) throw new OpsError('Several workspaces are installed; say which one this is about.')
  return only
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
