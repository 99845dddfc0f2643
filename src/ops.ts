/** The operator's commands: `npm run ops -- COMMAND`. Each says what it did, and exits 0 when it did it. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { config as loadEnvironment } from 'dotenv'
import { ConfigError, readConfig } from './config.ts'
import { printDigest } from './digest/printing.ts'
import * as rounds from './pairing/operating.ts'
import { systemClock } from './platform/clock.ts'
import { type Db, inWorkspace, openDatabase, type Tenant, whyUnusable } from './platform/database.ts'
import { EmbeddedDatabaseError, startEmbedded } from './platform/embedded/embedded.ts'
import { createLog } from './platform/log.ts'
import { migrate } from './platform/migrations.ts'
import { createSecrets } from './platform/secrets.ts'
import { postNow } from './prompts/post-now.ts'
import * as installations from './workspace/operating.ts'
import { parseSetting } from './workspace/settings.ts'
import { saveSettings } from './workspace/settings-store.ts'
import { listWorkspaces, readKinds } from './workspace/store.ts'
import { checkTeams, readTeamFile } from './workspace/team-import.ts'
import { readAdminTeams, saveTeamClaims } from './workspace/team-store.ts'

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
                    the next round, the last ones, and messages that wait
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
    case 'post-prompt':
      return await postPrompt(args)
    case 'import-teams':
      return await importTeams(args)
    case 'open-round':
      return await onRounds(args, (db, workspace, now, { dryRun }) => rounds.openNow(db, workspace, now, dryRun))
    case 'close-round':
      return await onRounds(args, (db, workspace, now, { dryRun }) => rounds.closeNow(db, workspace, now, dryRun))
    case 'status':
      return await onRounds(args, (db, workspace, now) => rounds.tellStatus(db, workspace, now))
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

async function postPrompt(args: string[]): Promise<string> {
  const dryRun = args.includes('--dry-run')
  const [flag, channel, ...rest] = args.filter((arg) => arg !== '--dry-run')
  if (flag !== '--channel' || channel === undefined || rest.length > 0) throw new OpsError(USAGE)
  const outcome = await withWorkspace((tenant) => postNow(tenant, channel, new Date(systemClock.now()), dryRun))
  switch (outcome.kind) {
    case 'no prompt':
      throw new OpsError(
        `${channel} has no weekly prompt. An admin can give it one on the Home tab, under Weekly prompt.`,
      )
    case 'had it':
      throw new OpsError(`${channel} has had its prompt of week ${outcome.week} (${outcome.state}). Nothing was done.`)
    case 'would post':
      return `This would be posted in ${channel}, for week ${outcome.week}: ${outcome.text}\nNothing was done.`
    case 'due':
      return `In ${channel}, for week ${outcome.week}, within a minute of the app running: ${outcome.text}`
  }
}

async function importTeams(args: string[]): Promise<string> {
  const dryRun = args.includes('--dry-run')
  const [path, ...rest] = args.filter((arg) => arg !== '--dry-run')
  if (path === undefined || rest.length > 0) throw new OpsError(USAGE)
  const file = readTeamFile(readContent(path))
  return await withWorkspace(async (tenant) => {
    const kinds = await readKinds(
      tenant,
      file.rows.map(({ memberId }) => memberId),
    )
    const { claims, bad } = checkTeams(file, kinds)
    if (bad.length > 0) {
      const lines = bad.map(({ line, problem }) => `  line ${line}: ${problem}`)
      throw new OpsError(`Nothing was changed, because of these rows:\n${lines.join('\n')}`)
    }
    const before = await readAdminTeams(tenant)
    const count = (is: (team: string | null, was: string | undefined) => boolean) =>
      claims.filter(({ memberId, team }) => is(team, before.get(memberId))).length
    const told = [
      `${count((team, was) => team !== null && was === undefined)} set`,
      `${count((team, was) => team !== null && was !== undefined && was !== team)} changed`,
      `${count((team, was) => team === null && was !== undefined)} taken away`,
      `${count((team, was) => (was ?? null) === team)} as before`,
    ].join(', ')
    if (dryRun) return `This would be: ${told}. Nothing was changed.`
    await saveTeamClaims(tenant, 'admin', claims, new Date(systemClock.now()))
    return `Teams: ${told}.`
  })
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

function readContent(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new OpsError(`${path} can't be read: ${(error as Error).message}.`)
  }
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
    return await work(db, await migrate(db))
  } finally {
    await db.destroy()
    await embedded?.stop()
  }
}
