import { sql } from 'kysely'
import { type RunningApp, startApp } from '../../src/app.ts'
import type { SlackConfig } from '../../src/config.ts'
import { type Kudos, listGiven } from '../../src/kudos/store.ts'
import { inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { createLog, type Log } from '../../src/platform/log.ts'
import { type Company, demoCompany } from '../../src/sandbox/company/company.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import type { SlackMessage } from '../../src/sandbox/slack/state.ts'
import { listWorkspaces } from '../../src/workspace/store.ts'
import { freePort } from './app-process.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { createDatabaseProxy, type DatabaseProxy } from './database-proxy.ts'
import { eventually } from './eventually.ts'
import { installConfig } from './installing.ts'

/** The real app on a real database, in a workspace of the sandbox, over HTTP with real signatures. */
export interface World {
  sandbox: Sandbox
  clock: TestClock
  database: TestDatabase
  /** Between the app and the database; the test's own looks go around it. */
  proxy: DatabaseProxy
  app: RunningApp
  /** What Slack had to complain about, beside what it told the app. */
  problems: string[]
  /** Looks into, or changes, what the app stored. */
  stored<T>(work: (tenant: Tenant) => Promise<T>): Promise<T>
  /** The kudos somebody gave that still stand, newest first. */
  given(person: string): Promise<Kudos[]>
  /** What the last answer says that only that person saw. */
  told(person: string): SlackMessage | undefined
  /** As much time passes as said: whatever is due then has been done afterwards. */
  pass(time: { minutes?: number; seconds?: number }): Promise<void>
  /** The same in milliseconds. */
  moveOn(ms: number): Promise<void>
  /** Waits until nothing waits to be posted, and no job is waiting or running; jobs that wait for a later time do not count. */
  settled(): Promise<void>
  /** A person's Home tab as JSON, once it contains `words`. */
  homeOf(person: string, words: string): Promise<string>
  /** Stops the app and starts another one on the same database. */
  restart(): Promise<void>
  /** Starts one more of the app on the same database, as during a deployment. */
  another(): Promise<RunningApp>
  stop(): Promise<void>
}

/** How the app and Slack find each other, where a test does not say: SLACK_MODE runs the same tests in the other way. */
const usualMode = process.env.SLACK_MODE === 'socket' ? 'socket' : 'http'

/** `page` also builds and serves the sandbox's page, for a browser; `company` is the demo company by default. */
export async function createWorld({
  page = false,
  mode = usualMode as 'http' | 'socket',
  log = createLog(process.env.TEST_LOG ?? 'silent'),
  company = demoCompany,
  slackRate = 1_000,
  installing = false,
  metricsToken,
  database: given,
}: {
  page?: boolean
  mode?: 'http' | 'socket'
  log?: Log
  company?: Company
  /** Config.slackRate; usually tests don't wait. */
  slackRate?: number
  /** "Add to Slack" instead of a token in the environment: nobody has the app yet. */
  installing?: boolean
  metricsToken?: string
  /** One with something in it; its own by default. */
  database?: TestDatabase
} = {}): Promise<World> {
  const clock = createTestClock()
  const database = given ?? (await createTestDatabase())
  const proxy = await createDatabaseProxy(database.url)
  let app: RunningApp
  const problems: string[] = []
  const sandbox = await startSandbox({
    port: 0,
    clock,
    page,
    company,
    socketMode: mode === 'socket',
    installed: !installing,
    onProblem: (problem) => problems.push(problem),
    controls: { onClockMoved: (ms) => app.timePassed(ms) },
  })
  const { apiUrl, botToken, signingSecret, appToken } = sandbox
  // Browsers come back to the address in the configuration.
  const port = installing ? await freePort() : 0
  const slack = (): Exclude<SlackConfig, { mode: 'sandbox' }> => {
    if (installing)
      return {
        mode: 'http',
        apiUrl,
        signingSecret,
        install: { ...installConfig(sandbox), publicUrl: `http://127.0.0.1:${port}` },
      }
    return mode === 'socket' ? { mode, apiUrl, botToken, appToken } : { mode, apiUrl, botToken, signingSecret }
  }

  const start = async (at = port) => {
    const app = await startApp(
      {
        slack: slack(),
        slackRate,
        database: { kind: 'server', url: proxy.url },
        host: '127.0.0.1',
        port: at,
        logLevel: 'silent',
        ...(metricsToken ? { metricsToken } : {}),
        production: false,
      },
      { clock, log },
    )
    sandbox.connectApp(`http://127.0.0.1:${app.port}/slack/events`)
    return app
  }

  const stored = async <T>(work: (tenant: Tenant) => Promise<T>): Promise<T> => {
    const [workspace = ''] = await listWorkspaces(database.db)
    return await inWorkspace(database.db, workspace, work)
  }
  const settled = async () => {
    await app.settled()
    await untilIdle(database)
  }
  const moveOn = async (ms: number) => {
    // What Slack gives for a click (a response_url, a trigger) is good only for a while: it is used before that passes.
    await app.settled()
    clock.moveOn(ms)
    await app.timePassed(ms)
    await settled()
  }
  app = await start()
  await settled()
  return {
    sandbox,
    clock,
    database,
    proxy,
    problems,
    get app() {
      return app
    },
    stored,
    given: (person) => stored((tenant) => listGiven(tenant, sandbox.person(person).id, 50)),
    told: (person) =>
      sandbox
        .ephemerals(person)
        .sort((a, b) => Number(a.ts) - Number(b.ts))
        .at(-1),
    settled,
    moveOn,
    pass: ({ minutes = 0, seconds = 0 }) => moveOn((minutes * 60 + seconds) * 1_000),
    homeOf: (person, words) =>
      eventually(`"${words}" on Home`, () => {
        const home = JSON.stringify(sandbox.home(person)?.view ?? null)
        return home.includes(words) ? home : null
      }),
    async restart() {
      await app.stop()
      app = await start()
    },
    another: () => start(0),
    async stop() {
      await app.stop()
      await sandbox.stop()
      await proxy.stop()
      await database.drop()
    },
  }
}

async function untilIdle(database: TestDatabase): Promise<void> {
  await eventually('the queue to be idle', async () => {
    const { rows } = await sql<{ open: number }>`
      select (select count(*) from kudos_to_post)::int + (
        select count(*) from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now()
      )::int as open`.execute(database.db)
    return rows[0]?.open === 0
  }).catch(async (error: Error) => {
    const { rows } = await sql`
      select name, state, retry_count from pgboss.job
        where state in ('created', 'retry', 'active') and start_after <= now()
      union all select 'kudos_to_post', 'given', count(*) from kudos_to_post`.execute(database.db)
    throw new Error(`${error.message}: ${JSON.stringify(rows)}`, { cause: error })
  })
}
