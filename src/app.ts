import { boltLogger, createBolt } from './bolt.ts'
import type { Config, SlackConfig } from './config.ts'
import * as digestJobs from './digest/jobs.ts'
import * as digest from './digest/listeners.ts'
import * as homeJobs from './home/jobs.ts'
import * as home from './home/listeners.ts'
import * as kudosJobs from './kudos/jobs.ts'
import * as kudos from './kudos/listeners.ts'
import * as ownDataJobs from './own-data/jobs.ts'
import * as ownData from './own-data/listeners.ts'
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
import { createSecrets } from './platform/secrets.ts'
import { createSlackBudget } from './platform/slack-budget.ts'
import { forgetSpent } from './platform/slack-budget-store.ts'
import { createSlack } from './platform/slack-client.ts'
import { createTicker } from './platform/ticker.ts'
import { startWebServer } from './platform/web-server.ts'
import * as promptJobs from './prompts/jobs.ts'
import * as prompts from './prompts/listeners.ts'
import { identify, refuse, refuseLostKeys, StartError, TokenRefused } from './starting.ts'
import * as deletionJobs from './workspace/deletion-jobs.ts'
import { everyMinute } from './workspace/every-minute.ts'
import * as installJobs from './workspace/install-jobs.ts'
import * as installing from './workspace/install-listeners.ts'
import { pageAt } from './workspace/install-pages.ts'
import { createInstallations, onlyWhileInstalled } from './workspace/installations.ts'
import * as directoryJobs from './workspace/jobs.ts'
import * as directory from './workspace/listeners.ts'
import { listSettingChanges, type Settings, saveSettings } from './workspace/settings-store.ts'

export interface RunningApp {
  port: number
  /** For a clock that was moved on (Overrides.clock): what waits in the queue follows, and what is due by now begins. */
  timePassed(ms: number): Promise<void>
  /** Resolves once what answered requests left to do is done, at the latest after five seconds. */
  settled(): Promise<void>
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

/** Together under ten seconds: requests first, then what they left to do. */
const STOP_MS = 5_000
const HOUR_MS = 3_600_000

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
    const { apiUrl } = config.slack
    const install = config.slack.mode === 'http' ? config.slack.install : undefined
    const secrets = install ? createSecrets(install.keys) : null
    if (secrets) await refuseLostKeys(db, secrets)
    const installations = createInstallations({
      db,
      connect: (workspaceId, token) =>
        createSlack({
          apiUrl,
          token,
          budget: createSlackBudget({
            db: jobsDb,
            clock,
            log,
            workspaceId,
            rate: config.slackRate,
            onWait: metrics.heldBack,
          }),
          onFailure: metrics.slackFailed,
        }),
      secrets,
      clock,
      log,
    })
    const background = createBackground(log)
    const ticker = createTicker({ clock, background, log, metrics })
    const queue = createQueue(url, log, metrics)
    const platform: Platform = {
      db,
      jobsDb,
      queue: onlyWhileInstalled(queue, installations, log),
      ticker,
      clock,
      background,
      log,
      metrics,
      slackOf: installations.slackOf,
    }
    const { botToken } = config.slack
    if (botToken !== undefined) {
      const identity = await identify(() => createSlack({ apiUrl, token: botToken }).identify(), log).catch((error) => {
        // With "Add to Slack" it is one of many, and what became of it is written down.
        if (!(install && error instanceof TokenRefused)) throw error
        log.warn('slack.token-refused')
        return null
      })
      if (identity) {
        await installations.adopt(identity, botToken)
        await begin(platform, identity.workspaceId, overrides)
      }
    }

    const bolt = createBolt(config.slack, platform, installations.identityOf)
    installing.register(bolt.app, installations)
    for (const feature of [directory, kudos, prompts, pairing, home, ownData, digest])
      feature.register(bolt.app, platform)
    for (const jobs of [
      installJobs,
      directoryJobs,
      kudosJobs,
      promptJobs,
      pairingJobs,
      homeJobs,
      ownDataJobs,
      digestJobs,
    ])
      jobs.register(platform)
    deletionJobs.register(platform)

    everyMinute(platform, 'slack.budget', (tenant, now) => forgetSpent(tenant, new Date(now.getTime() - HOUR_MS)))

    open.add('work under way', () => Promise.all([background.settled(STOP_MS), platform.queue.stop(STOP_MS)]))
    await platform.queue.start()
    open.add('ticker', async () => ticker.stop())
    ticker.start()
    await directoryJobs.requestEverywhere(platform, `start ${clock.now()}`)

    const server = await startWebServer({
      host: config.host,
      port: config.port,
      ready: async () => (await databaseAnswers(db)) && (await platform.queue.answers()),
      ...(bolt.requestListener ? { slackEvents: bolt.requestListener } : {}),
      ...(install && secrets
        ? {
            installing: {
              pageAt,
              paths: [installing.INSTALL_PATH, installing.REDIRECT_PATH],
              listener: installing.createInstaller(platform, { ...install, apiUrl, secrets }, boltLogger(log)),
            },
          }
        : {}),
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
    return { port: server.port, timePassed, settled: () => background.settled(STOP_MS), stop: open.closeAll }
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

/** What a workspace of the environment's token begins with, as long as nobody has changed a setting. */
async function begin({ jobsDb, clock }: Platform, workspaceId: string, overrides: Overrides): Promise<void> {
  const { settings } = overrides
  if (!settings) return
  await inWorkspace(jobsDb, workspaceId, async (tenant) => {
    if ((await listSettingChanges(tenant, 1)).length > 0) return
    await saveSettings(tenant, settings, null, instant(clock))
    await overrides.beginning?.(tenant, instant(clock))
  })
}
