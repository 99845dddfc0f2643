/** Reading a workspace of 50,000 people, against the sandbox with Slack's rate limits on and its clock sped up. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createShiftedClock } from '../../src/platform/clock.ts'
import { startEmbedded } from '../../src/platform/embedded/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import type { Company, CompanyPerson } from '../../src/sandbox/company/company.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import type { AppOnClock } from './app-on-clock.ts'
import type { Bench, BenchRun } from './bench.ts'
import { createBenchDatabase } from './bench-database.ts'
import type { Stepped } from './directory-app.ts'

const PEOPLE = 50_000
const GROUPS = 200
const PAGE = 200
/** What both clocks are moved on by while the app waits. */
const STEP_MS = 1_000
const LOOK_MS = 20
/** Everything is over by then, or nothing will be. */
const MOST_SECONDS = 900
const MOST_MEGABYTES = 512
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/Los_Angeles'] as const
const APP = join(import.meta.dirname, 'directory-app.ts')

export const directoryBench: Bench = async (run) => {
  const clock = createShiftedClock()
  const sandbox = await startSandbox({ port: 0, clock, company: company() })
  run.afterwards(() => sandbox.stop())
  sandbox.rateLimits(true)
  const everybody = sandbox.as('p0').sees().people.length
  const url = (await createBenchDatabase(run)) ?? (await embedded(run))
  run.say(`A workspace of ${everybody} accounts and ${GROUPS} user groups, with Slack's rate limits on.`)

  const client = new pg.Client({ connectionString: url })
  const [began, beganThere] = [performance.now(), clock.now()]
  const { app, report } = await startApp(run, sandbox, url)
  await client.connect()
  run.afterwards(() => client.end())
  let peak = report
  while (!(await isRead(client))) {
    if (performance.now() - began > MOST_SECONDS * 1_000) throw new Error(`not read after ${MOST_SECONDS} s`)
    const waits = sandbox.calls.findLast(({ method }) => method === 'users.list')?.status === 429
    if (waits) clock.moveOn(STEP_MS)
    peak = await step(app, waits ? STEP_MS : 0)
    await new Promise((done) => setTimeout(done, LOOK_MS))
  }
  const figures = {
    stored: await stored(client),
    minutes: rounded((clock.now() - beganThere) / 60_000),
    secondsHere: rounded((performance.now() - began) / 1_000),
    ...counted(sandbox),
    least: Math.ceil(everybody / PAGE),
    megabytesAtStart: report.peakMegabytes,
    peakMegabytes: peak.peakMegabytes,
  }
  const { least, answered, refused, peakMegabytes } = figures
  run.say(`${figures.stored} were read in ${figures.minutes} minutes of Slack's time, ${figures.secondsHere} s here.`)
  run.say(
    `users.list answered ${answered} times and refused ${refused} times; at ${PAGE} a page the least is ${least}.`,
  )
  run.say(`The app's process had ${report.peakMegabytes} MB when it was ready, and at most ${peakMegabytes} MB.`)
  return {
    figures,
    goals: {
      complete: { goal: 'everybody is stored', measured: figures.stored, met: figures.stored === everybody },
      calls: { goal: `as many pages as there are, ${least}`, measured: answered, met: answered === least },
      refused: { goal: 'at most one call in ten refused', measured: refused, met: refused <= least / 10 },
      memory: {
        goal: `at most ${MOST_MEGABYTES} MB`,
        measured: peakMegabytes,
        met: peakMegabytes <= MOST_MEGABYTES,
      },
    },
  }
}

function company(): Company {
  const people = Array.from({ length: PEOPLE }, (_, index): CompanyPerson => {
    const handle = `p${index}`
    const kind = index % 50 === 49 ? 'guest' : index % 20 === 19 ? 'deactivated' : 'member'
    const tz = ZONES[index % ZONES.length] ?? ZONES[0]
    return { handle, realName: `Person ${index}`, title: '', team: '', tz, kind, isAdmin: index === 0 }
  })
  const here = people.filter(({ kind }) => kind === 'member').map(({ handle }) => handle)
  const share = Math.ceil(here.length / GROUPS)
  const groups = Array.from({ length: GROUPS }, (_, index) => ({
    handle: `g${index}`,
    name: `Group ${index}`,
    people: here.slice(index * share, (index + 1) * share),
  }))
  return { name: 'Large', domain: 'large', people, groups, channels: [], directMessages: [], profileFields: [] }
}

async function embedded(run: BenchRun): Promise<string> {
  run.say('There is no PostgreSQL server here: on the embedded database.')
  const folder = mkdtempSync(join(tmpdir(), 'small-acts-bench-'))
  run.afterwards(() => rmSync(folder, { recursive: true, force: true }))
  const database = await startEmbedded(folder, createLog('warn'))
  run.afterwards(() => database.stop())
  return database.url
}

async function startApp(
  run: BenchRun,
  { apiUrl, botToken, signingSecret }: Sandbox,
  databaseUrl: string,
): Promise<{ app: ChildProcess; report: Stepped }> {
  const start: AppOnClock = { slack: { apiUrl, botToken, signingSecret }, databaseUrl }
  const app = fork(APP, [JSON.stringify(start)], { cwd: tmpdir() })
  run.afterwards(() => app.kill('SIGKILL'))
  const [report] = await once(app, 'message')
  return { app, report: report as Stepped }
}

async function step(app: ChildProcess, moveOn: number): Promise<Stepped> {
  const answer = once(app, 'message')
  app.send({ moveOn })
  const [report] = await answer
  return report as Stepped
}

const isRead = async (client: pg.Client): Promise<boolean> =>
  (await client.query('select from member_reading where read_at is not null')).rows.length > 0

const stored = async (client: pg.Client): Promise<number> =>
  (await client.query<{ stored: number }>('select count(*)::int as stored from member')).rows[0]?.stored ?? 0

function counted({ calls }: Sandbox): { answered: number; refused: number } {
  const lists = calls.filter(({ method }) => method === 'users.list')
  const refused = lists.filter(({ status }) => status === 429).length
  return { answered: lists.length - refused, refused }
}

const rounded = (figure: number) => Math.round(figure * 10) / 10
