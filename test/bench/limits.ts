/**
 * A round of 10,000 people by two processes, against the sandbox with Slack's rate limits on and everybody's clock sped up;
 * and how fast a kudos is answered meanwhile.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openRound } from '../../src/pairing/opening.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { instant } from '../../src/platform/platform.ts'
import type { Company, CompanyPerson } from '../../src/sandbox/company/company.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import type { Bench, BenchRun } from './bench.ts'
import { createBenchDatabase } from './bench-database.ts'
import { fastClock, type Pace } from './fast-clock.ts'
import type { Start } from './limits-app.ts'
import { percentile } from './load.ts'

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 10_000)
const SPEED = 8
/** What Slack lets a workspace post, by its own word (sandbox/slack/api/rate-limits.ts). */
const POSTS_A_MINUTE = 300
const MINUTE_MS = 60_000
const APP = join(import.meta.dirname, 'limits-app.ts')
const KUDOS = 300
const TEAMS = 40

export const limitsBench: Bench = async (run) => {
  const url = await createBenchDatabase(run)
  if (!url) throw new Error('this bench needs a PostgreSQL server')
  const pace: Pace = { from: Date.now(), starts: Date.now(), speed: SPEED }
  const clock = fastClock(pace)
  const sandbox = await startSandbox({
    port: 0,
    clock: { ...clock, ahead: () => 0, moveOn() {}, reset() {} },
    company: company(),
  })
  run.afterwards(() => sandbox.stop())
  const client = new pg.Client({ connectionString: url })
  const ports = [await startApp(run, sandbox, url, pace), await startApp(run, sandbox, url, pace)]
  await client.connect()
  run.afterwards(() => client.end())
  const count = async (sql: string) => Number((await client.query(`select count(*) from ${sql}`)).rows[0].count)
  const until = async (done: () => Promise<boolean>) => {
    while (!(await done())) await new Promise((later) => setTimeout(later, 200))
  }
  await until(async () => (await count('member where kind = $$member$$')) >= PEOPLE)
  await until(async () => (await count("pgboss.job where state in ('created', 'retry', 'active')")) === 0)
  await client.query(`
    insert into participation (workspace_id, member_id, joined_at, work_days, work_from, work_until, changed_at)
    select workspace_id, id, now() - interval '1 day', '{1,2,3,4,5,6,7}', 0, 1440, now() from member where kind = 'member'`)

  sandbox.rateLimits(true)
  const idle = await kudosAcks(sandbox, ports, 'idle')
  run.say(`Idle, a kudos was answered within ${shown(idle.p50)} ms (p50) and ${shown(idle.p99)} ms (p99).`)

  const db = openDatabase(url, 'jobs', createLog('silent'))
  run.afterwards(() => db.destroy())
  const tally = tallyOf(run, sandbox)
  const began = clock.now()
  const workspaceId = sandbox.app.teamId
  await openRound({ jobsDb: db, log: createLog('error') }, workspaceId, '2026-01-05', instant(clock))
  const opened = clock.now()
  const proposals = await count("check_in_message where kind = 'proposal'")
  const busy = await kudosAcks(sandbox, ports, 'busy')
  await until(async () => (await count("check_in_message where kind = 'proposal' and state = 'due'")) === 0)
  const minutes = (clock.now() - began) / MINUTE_MS
  const sent = await count("check_in_message where kind = 'proposal' and state = 'sent'")

  const { calls, posted, refused } = tally()
  // The notes of the kudos were posted from the same budget.
  const least = posted / POSTS_A_MINUTE
  const figures = {
    people: PEOPLE,
    proposals,
    sent,
    posted,
    openingSeconds: shown((opened - began) / 1_000 / SPEED),
    minutes: shown(minutes),
    least: shown(least),
    calls,
    refused,
    idle,
    busy,
  }
  run.say(
    `${sent} of ${proposals} proposals, ${posted} messages in all, took ${figures.minutes} minutes of Slack's time; the least is ${figures.least}.`,
  )
  run.say(`${refused} of ${calls} calls were answered 429.`)
  run.say(`Meanwhile a kudos was answered within ${shown(busy.p50)} ms (p50) and ${shown(busy.p99)} ms (p99).`)
  const times = shown(minutes / least)
  const share = shown((refused / calls) * 100)
  const slower = shown(busy.p99 / idle.p99)
  return {
    figures,
    goals: {
      complete: { goal: 'every proposal was posted', measured: sent, met: sent === proposals && sent >= PEOPLE },
      time: { goal: 'at most 1.15 times the least time the limits allow', measured: times, met: times <= 1.15 },
      refused: { goal: 'under 1 % of calls answered 429', measured: share, met: share < 1 },
      kudos: { goal: 'p99 of a kudos under 3 times the idle one', measured: slower, met: slower < 3 },
    },
  }
}

function company(): Company {
  const people = Array.from({ length: PEOPLE }, (_, index): CompanyPerson => {
    const team = `Team ${index % TEAMS}`
    return {
      handle: `p${index}`,
      realName: `Person ${index}`,
      title: '',
      team,
      tz: 'Europe/Berlin',
      kind: 'member',
      isAdmin: index === 0,
    }
  })
  return { name: 'Large', domain: 'large', people, groups: [], channels: [], directMessages: [], profileFields: [] }
}

async function startApp(run: BenchRun, sandbox: Sandbox, databaseUrl: string, pace: Pace): Promise<number> {
  const { apiUrl, botToken, signingSecret } = sandbox
  const start: Start = { slack: { apiUrl, botToken, signingSecret }, databaseUrl, pace }
  const app = fork(APP, [JSON.stringify(start)], { cwd: tmpdir() })
  run.afterwards(() => app.kill('SIGKILL'))
  const [{ port }] = (await once(app, 'message')) as [{ port: number }]
  return port
}

/** How long it takes until Slack has its answer: kudos from one person to another, one after the other, to each process in turn. */
async function kudosAcks(sandbox: Sandbox, ports: number[], occasion: string): Promise<{ p50: number; p99: number }> {
  const giver = sandbox.as('p1')
  const direct = await giver.direct('p2')
  const took: number[] = []
  for (let deed = 0; deed < KUDOS; deed += 1) {
    sandbox.connectApp(`http://127.0.0.1:${ports[deed % ports.length]}/slack/events`)
    const began = performance.now()
    await giver.command(direct, '/kudos', `@p${3 + deed} for ${occasion} ${deed}`)
    took.push(performance.now() - began)
    await new Promise((done) => setTimeout(done, 20))
  }
  took.sort((a, b) => a - b)
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99) }
}

/** Counts the app's calls from now on; the sandbox keeps the last of them alone. */
function tallyOf(run: BenchRun, sandbox: Sandbox) {
  const tally = { calls: 0, posted: 0, refused: 0 }
  let last = sandbox.calls.at(-1)
  const look = () => {
    for (const call of sandbox.calls.slice(last ? sandbox.calls.lastIndexOf(last) + 1 : 0)) {
      tally.calls += 1
      if (call.method === 'chat.postMessage' && call.status === 200) tally.posted += 1
      if (call.status === 429) tally.refused += 1
    }
    last = sandbox.calls.at(-1)
    return tally
  }
  const timer = setInterval(look, 500)
  run.afterwards(() => clearInterval(timer))
  return look
}

const shown = (figure: number) => Math.round(figure * 100) / 100
