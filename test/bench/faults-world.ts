/** A company in the sandbox, a PostgreSQL of its own, and one process of the app: all of which can fail. */
import { sql } from 'kysely'
import { systemClock } from '../../src/platform/clock.ts'
import { type Db, inWorkspace, openDatabase, type Tenant } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { migrate } from '../../src/platform/migrations.ts'
import type { Company } from '../../src/sandbox/company/company.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { type AppProcess, startAppProcess } from '../support/app-process.ts'
import { eventually } from '../support/eventually.ts'
import type { BenchRun } from './bench.ts'
import { type BenchServer, startServer } from './bench-database.ts'

/** Those of the round, and those who give and get kudos. */
export const PAIRED = 500
const GIVERS = 8
const RECIPIENTS = 20
const GENERAL = '#general'
/** Ten a second, of all of them: a backlog would be measured instead of a recovery. */
const BETWEEN_MS = 800

export interface FaultyWorld {
  server: BenchServer
  sandbox: Sandbox
  db: Db
  workspaceId: string
  within<T>(work: (tenant: Tenant) => Promise<T>): Promise<T>
  /** Starts the app's process, and sends Slack's requests there. */
  start(): Promise<void>
  kill(): Promise<void>
  /** Reasons of the kudos that somebody was told are on their way, and when. */
  confirmed: Map<string, number>
  /** People give, one after the other, until told to stop. */
  stream(): { stop(): Promise<void> }
  /** Seconds until everything that was to be sent at `since` was dealt with. */
  recovered(since: number): Promise<number>
  /** How the queue stands, in one line. */
  jobs(): Promise<string>
  /** Messages of the app by whom they reached and what they say; 2 for one that came twice. */
  shown(): Shown
}

export interface Shown {
  cards: Map<string, number>
  notes: Map<string, number>
}

export async function createFaultyWorld(run: BenchRun): Promise<FaultyWorld> {
  const server = await startServer(run)
  if (!server) throw new Error('there is no PostgreSQL to stop and start here: install its packages')
  const log = createLog('silent')
  const db = openDatabase(server.url, 'jobs', log)
  run.afterwards(() => db.destroy())
  await migrate(db)
  const sandbox = await startSandbox({ port: 0, clock: systemClock, company: company() })
  run.afterwards(() => sandbox.stop())
  const confirmed = new Map<string, number>()
  const workspaceId = sandbox.app.teamId
  let app: AppProcess | undefined
  run.afterwards(() => app?.signal('SIGKILL'))

  async function give(giver: string, recipient: string, reason: string): Promise<void> {
    const { status, body } = await sandbox.as(giver).command(GENERAL, '/kudos', `@${recipient} for ${reason}`)
    if (status === 200 && JSON.stringify(body).includes('is on its way')) confirmed.set(reason, Date.now())
  }
  let streams = 0

  return {
    ...{ server, sandbox, db, workspaceId, confirmed },
    within: (work) => inWorkspace(db, workspaceId, work),
    async start() {
      app = await startAppProcess({
        SLACK_API_URL: sandbox.apiUrl,
        SLACK_BOT_TOKEN: sandbox.botToken,
        SLACK_SIGNING_SECRET: sandbox.signingSecret,
        DATABASE_URL: server.url,
        LOG_LEVEL: 'silent',
      })
      sandbox.connectApp(app.url)
    },
    async kill() {
      app?.signal('SIGKILL')
      await app?.ended
    },
    stream() {
      streams += 1
      const name = `stream ${streams}`
      let going = true
      const giving = Array.from({ length: GIVERS }, async (_, giver) => {
        for (let count = 1; going; count += 1) {
          await give(`giver${giver}`, `recipient${(giver * 7 + count) % RECIPIENTS}`, `${name} ${giver} ${count}`)
          await new Promise((done) => setTimeout(done, BETWEEN_MS))
        }
      })
      return {
        async stop() {
          going = false
          await Promise.all(giving)
        },
      }
    },
    async recovered(since) {
      await eventually('everything to be dealt with', () => isDone(db, new Date(since)), 300)
      return (Date.now() - since) / 1_000
    },
    async jobs() {
      const { rows } = await sql`
        select name, state, count(*)::int as count, min(start_after) as due from pgboss.job
        where state in ('created', 'retry', 'active') group by name, state`.execute(db)
      return JSON.stringify(rows)
    },
    shown() {
      const count = (texts: string[]) => {
        const counts = new Map<string, number>()
        for (const text of texts) {
          const reason = text.slice(text.indexOf(': ') + 2)
          counts.set(reason, (counts.get(reason) ?? 0) + 1)
        }
        return counts
      }
      const notes = Array.from({ length: RECIPIENTS }, (_, index) => sandbox.directMessages(`recipient${index}`)).flat()
      return {
        cards: count(sandbox.messages(GENERAL, { app: true }).map(({ text }) => text)),
        notes: count(notes.map(({ text }) => text)),
      }
    },
  }
}

/** Nothing that was due at that moment is left: no card or note, nothing of a round, no prompt. */
async function isDone(db: Db, since: Date): Promise<boolean> {
  try {
    const { rows } = await sql<{ left: number }>`
      select (select count(*) from kudos_delivery as d join kudos as k on k.workspace_id = d.workspace_id and k.id = d.kudos_id
          where d.state = 'due' and k.given_at <= ${since})
        + (select count(*) from check_in_message where state = 'due' and due_at <= ${since})
        + (select count(*) from prompt_post where state in ('due', 'claimed') and due_at <= ${since}) as left`.execute(
      db,
    )
    return Number(rows[0]?.left) === 0
  } catch {
    // The database is one of those that fail.
    return false
  }
}

function company(): Company {
  const person = (handle: string, index: number) => ({
    handle,
    realName: `Person ${handle}`,
    title: 'Here',
    team: `Team ${index % 50}`,
    tz: 'UTC',
    isAdmin: handle === 'giver0',
  })
  const givers = Array.from({ length: GIVERS }, (_, index) => person(`giver${index}`, index))
  const recipients = Array.from({ length: RECIPIENTS }, (_, index) => person(`recipient${index}`, index))
  const paired = Array.from({ length: PAIRED }, (_, index) => person(`p${index}`, index))
  const people = [...givers, ...recipients].map(({ handle }) => handle)
  return {
    ...{ name: 'Faults', domain: 'faults', profileFields: [], groups: [], directMessages: [] },
    people: [...givers, ...recipients, ...paired],
    channels: [{ name: 'general', kind: 'public', topic: '', people, hasApp: true }],
  }
}
