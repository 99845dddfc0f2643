import { createBolt } from './bolt.ts'
import type { Config, SlackConfig } from './config.ts'
import * as digestJobs from './digest/jobs.ts'
import * as digest from './digest/listeners.ts'
import * as homeJobs from './home/jobs.ts'
import * as home from './home/listeners.ts'
import * as kudosJobs from './kudos/jobs.ts'
import * as kudos from './kudos/listeners.ts'
import * as pairingJobs from './pairing/jobs.ts'
import * as pairing from './pairing/listeners.ts'
import { createBackground } from './platform/background.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import { type Closers, createClosers } from './platform/closers.ts'
import { databaseAnswers, inWorkspace, openDatabase, poolUse, type Tenant, whyUnusable } from './platform/database.ts'
import { startEmbedded } from './platform/embedded/embedded.ts'
import { createLog, type Log } from './platform/log.ts'
import { createMetrics } from './platform/metrics.ts'
import { migrate } from './platform/migrations.ts'
import { instant, type Platform } from './platform/platform.ts'
import { createQueue } from './platform/queue.ts'
import { readQueueStates } from './platform/queue-store.ts'
import { createSlack, type SlackIdentity } from './platform/slack.ts'
import { SlackFailure } from './platform/slack-failure.ts'
import { createTicker } from './platform/ticker.ts'
import { startWebServer } from './platform/web-server.ts'
import * as promptJobs from './prompts/jobs.ts'
import * as prompts from './prompts/listeners.ts'
import * as directoryJobs from './workspace/jobs.ts'
import * as directory from './workspace/listeners.ts'
import { listSettingChanges, type Settings, saveSettings } from './workspace/settings-store.ts'
import { saveInstallation } from './workspace/store.ts'

/** Shown to the operator as it is: something outside must be mended before the app can start. */
export class StartError extends Error {}

export interface RunningApp {
  port: number
  /** For a clock that was moved on (Overrides.clock): what waits in the queue follows, and what is due by now begins. */
  timePassed(ms: number): Promise<void>
  /** Accepts nothing new, finishes what runs, and closes, within ten seconds. */
  stop(): Promise<void>
}

/** What a test or the sandbox puts in place of the real thing. */
export interface Overrides {
  clock?: Clock
  log?: Log
  /** Settings of a workspace that is new, as long as nobody has changed any. */
  settings?: Partial<Settings>
  /** What else such a workspace begins with, in the same transaction. */
  beginning?(tenant: Tenant, now: Date): Promise<void>
}

/** Slack is asked this often who we are, a little later each time, before the app gives up starting. */
const IDENTIFY_TRIES = 6
const IDENTIFY_WAIT_SECONDS = 60
/** Together under ten seconds: requests first, then what they left to do. */
const STOP_MS = 5_000

/** Puts everything together and starts it. Resolves once people can use it. */
export async function startApp(
  config: Config & { slack: Exclude<SlackConfig, { mode: 'sandbox' }> },
  overrides: Overrides = {},
): Promise<RunningApp> {
  const log = overrides.log ?? createLog(config.logLevel)
  const clock = overrides.clock ?? systemClock
  const open = createClosers(log)
  try {
    const url = await databaseUrl(config, log, open)
    const migrations = openDatabase(url, 'migrating', log)
    await migrate(migrations)
      .catch((error: unknown) => refuse(whyUnusable(error), error))
      .finally(() => migrations.destroy())
    const db = openDatabase(url, 'answering', log)
    open.add('database', () => db.destroy())
    const jobsDb = openDatabase(url, 'jobs', log)
    open.add('database for jobs', () => jobsDb.destroy())

    const metrics = createMetrics({
      pools: { answering: () => poolUse(db), jobs: () => poolUse(jobsDb) },
      queues: () => readQueueStates(jobsDb),
    })
    const { apiUrl, botToken: token } = config.slack
    const slack = createSlack({ apiUrl, token, onFailure: metrics.slackFailed })
    const identity = await identify(() => slack.identify(), log)
    const background = createBackground(log)
    const ticker = createTicker({ clock, background, log, metrics })
    const platform: Platform = {
      db,
      jobsDb,
      queue: createQueue(url, log, metrics),
      ticker,
      clock,
      background,
      log,
      metrics,
      slackOf(workspaceId) {
        if (workspaceId !== identity.workspaceId) throw new Error(`no installation in workspace ${workspaceId}`)
        return slack
      },
    }
    await saveInstallation(db, identity, instant(clock))
    const { settings } = overrides
    if (settings) {
      await inWorkspace(jobsDb, identity.workspaceId, async (tenant) => {
        if ((await listSettingChanges(tenant, 1)).length > 0) return
        await saveSettings(tenant, settings, null, instant(clock))
        await overrides.beginning?.(tenant, instant(clock))
      })
    }

    const bolt = createBolt(config.slack, platform, (id) => (id === identity.workspaceId ? identity : undefined))
    for (const feature of [directory, kudos, prompts, pairing, home, digest]) feature.register(bolt.app, platform)
    for (const jobs of [directoryJobs, kudosJobs, promptJobs, pairingJobs, homeJobs, digestJobs])
      jobs.register(platform)

    open.add('work under way', () => Promise.all([background.settled(STOP_MS), platform.queue.stop(STOP_MS)]))
    await platform.queue.start()
    open.add('ticker', async () => ticker.stop())
    ticker.start()
    await inWorkspace(jobsDb, identity.workspaceId, (tenant) =>
      directoryJobs.requestAll(platform, tenant, `start ${clock.now()}`),
    )

    const server = await startWebServer({
      host: config.host,
      port: config.port,
      ready: async () => (await databaseAnswers(db)) && (await platform.queue.answers()),
      ...(bolt.requestListener ? { slackEvents: bolt.requestListener } : {}),
      ...(config.metricsToken ? { metrics: { token: config.metricsToken, read: metrics.read } } : {}),
    })
    open.add('web server', () => server.stop())
    await bolt.connect().catch((error: Error) => {
      throw new StartError(`Slack does not accept SLACK_APP_TOKEN: ${error.message}.`, { cause: error })
    })
    open.add('connection to Slack', () => bolt.disconnect())
    const timePassed = async (ms: number) => {
      await platform.queue.passTime(ms)
      await ticker.ask()
    }
    log.info({ port: server.port, mode: config.slack.mode, database: config.database.kind }, 'app.started')
    return { port: server.port, timePassed, stop: open.closeAll }
  } catch (error) {
    await open.closeAll()
    throw error
  }
}

async function databaseUrl(config: Config, log: Log, open: Closers): Promise<string> {
  if (config.database.kind === 'server') return config.database.url
  const embedded = await startEmbedded(config.database.folder, log)
  open.add('embedded database', () => embedded.stop())
  return embedded.url
}

function refuse(why: string | null, error: unknown): never {
  throw why ? new StartError(why, { cause: error }) : error
}

/** Who we are in Slack. Waits out a Slack that stutters; throws StartError when it says no, or nothing for long. */
async function identify(ask: () => Promise<SlackIdentity>, log: Log): Promise<SlackIdentity> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error
      log.warn({ err: error }, 'slack.identify-failed')
      if (error.kind === 'ours' || error.kind === 'gone') {
        throw new StartError(
          `Slack does not accept SLACK_BOT_TOKEN (${error.code}). Copy it anew from "OAuth & Permissions".`,
        )
      }
      if (tried === IDENTIFY_TRIES) {
        throw new StartError(
          `Slack could not be reached (${error.code}). Check SLACK_API_URL and this machine's network.`,
        )
      }
      const seconds = Math.min(error.retryAfterSeconds ?? 2 ** (tried - 1) / 2, IDENTIFY_WAIT_SECONDS)
      await new Promise((done) => setTimeout(done, seconds * 1_000))
    }
  }
}
