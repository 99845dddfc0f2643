/**
 * `npm run bench -- soak`: ten minutes at 50 kudos a second over twenty workspaces, against one process and a PostgreSQL
 * server. SOAK_MINUTES makes a shorter run. Requests go out by the clock, whether or not the ones before are answered.
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { freePort, startAppProcess } from '../support/app-process.ts'
import { eventually } from '../support/eventually.ts'
import type { Bench, BenchRun } from './bench.ts'
import { createBenchDatabase } from './bench-database.ts'
import { percentile } from './load.ts'
import { signOne } from './signed-requests.ts'
import { BENCH_TEAM, CLIENT, type StandInSlack, startStandInSlack, teamId } from './stand-in-slack.ts'

const MINUTES = Number(process.env.SOAK_MINUTES ?? 10)
const PER_SECOND = 50
const WORKSPACES = 20
/** Of the time: what is warmed up by then stays as it is. */
const WARM_SHARE = 0.2
const LOOK_MS = 5_000
const MOST_P99_MS = 250
/** Of the memory after the warm-up. */
const MOST_GROWTH = 1.1
const DONE = 'is on its way'

interface Sample {
  minute: number
  rss: number
  /** Connections of the app's, and jobs that wait. */
  connections: number
  waiting: number
}

export const soakBench: Bench = async (run) => {
  const url = await createBenchDatabase(run)
  if (!url) throw new Error('there is no PostgreSQL here: install it, or name a server in BENCH_DATABASE_URL')
  const slack = await startStandInSlack()
  run.afterwards(() => slack.stop())
  const publicPort = await freePort()
  const app = await startAppProcess({
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: BENCH_TEAM.botToken,
    SLACK_SIGNING_SECRET: BENCH_TEAM.signingSecret,
    SLACK_CLIENT_ID: CLIENT.id,
    SLACK_CLIENT_SECRET: CLIENT.secret,
    SLACK_STATE_SECRET: randomBytes(16).toString('hex'),
    PUBLIC_URL: `http://127.0.0.1:${publicPort}`,
    TOKEN_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    DATABASE_URL: url,
    LOG_LEVEL: 'silent',
  })
  run.afterwards(() => app.signal('SIGKILL'))
  const teams = await installAll(run, app.url)
  const send = sender(slack, app.url)
  for (const team of teams) await eventually(`the directory of ${team}`, () => send(team, 0, 'a first try'), 60)
  run.say(`${teams.length} workspaces, ${PER_SECOND} kudos a second for ${MINUTES} minutes`)

  const client = new pg.Client({ connectionString: url })
  await client.connect()
  run.afterwards(() => client.end())
  const began = performance.now()
  const samples: Sample[] = []
  const look = async () => {
    const { rows } = await client.query<{ connections: number; waiting: number }>(`
      select (select count(*)::int from pg_stat_activity where application_name like 'small-acts%') as connections,
        (select count(*)::int from pgboss.job where state in ('created', 'retry', 'active')) as waiting`)
    const minute = (performance.now() - began) / 60_000
    if (rows[0]) samples.push({ minute, rss: app.memory(), ...rows[0] })
    const last = samples.at(-1)
    if (samples.length % 12 === 0) run.say(`minute ${Math.round(minute)}: ${JSON.stringify(last)}`)
  }
  const looking = setInterval(() => void look(), LOOK_MS)
  run.afterwards(() => clearInterval(looking))
  const answered = await soak(teams, send)
  clearInterval(looking)
  await look()
  return conclude(samples, answered, teams.length)
}

/**
 * Adds the app to all workspaces as browsers do, but for Slack's page, which the stand-in does not have. An app that can't
 * be added serves the one workspace of its token.
 */
async function installAll(run: BenchRun, eventsUrl: string): Promise<string[]> {
  const base = new URL(eventsUrl).origin
  const teams = [teamId(0)]
  for (let team = 1; team < WORKSPACES; team += 1) {
    const asked = await fetch(`${base}/slack/install`, { redirect: 'manual' })
    const location = asked.headers.get('location')
    if (!location) {
      run.say(`This app can't be added to workspaces (${asked.status}): one workspace instead of ${WORKSPACES}.`)
      return teams
    }
    const state = new URL(location).searchParams.get('state') ?? ''
    const back = new URLSearchParams({ code: String(team), state })
    const cookie = asked.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    const done = await fetch(`${base}/slack/oauth_redirect?${back}`, { headers: { cookie }, redirect: 'manual' })
    if (done.status >= 400) throw new Error(`installing answered ${done.status}: ${await done.text()}`)
    teams.push(teamId(team))
  }
  return teams
}

type Send = (team: string, index: number, reason: string) => Promise<boolean>

/** True when it was confirmed. */
const sender =
  ({ responseUrl }: StandInSlack, url: string): Send =>
  async (team, index, reason) => {
    const { body, headers } = signOne(index, { reason: `${reason} in ${team}`, responseUrl, team })
    const response = await fetch(url, { method: 'POST', body, headers })
    return (await response.text()).includes(DONE)
  }

interface Answered {
  /** Milliseconds, for each minute in which they were asked. */
  minutes: number[][]
  refused: number
}

async function soak(teams: string[], send: Send): Promise<Answered> {
  const minutes = Array.from({ length: Math.ceil(MINUTES) }, (): number[] => [])
  const open = new Set<Promise<void>>()
  let refused = 0
  const began = performance.now()
  const total = MINUTES * 60 * PER_SECOND
  for (let index = 0; index < total; index += 1) {
    const due = began + (index * 1_000) / PER_SECOND
    const wait = due - performance.now()
    if (wait > 0) await new Promise((done) => setTimeout(done, wait))
    const sent = performance.now()
    const one = send(teams[index % teams.length] ?? '', Math.floor(index / teams.length), 'the soak')
      .catch(() => false)
      .then((confirmed) => {
        minutes[Math.floor(index / (60 * PER_SECOND))]?.push(performance.now() - sent)
        if (!confirmed) refused += 1
        open.delete(one)
      })
    open.add(one)
  }
  await Promise.all(open)
  return { minutes, refused }
}

function conclude(samples: Sample[], { minutes, refused }: Answered, workspaces: number) {
  const latencies = sorted(minutes.flat())
  const warm = samples.filter(({ minute }) => minute >= MINUTES * WARM_SHARE)
  const tenth = Math.max(1, Math.floor(warm.length / 10))
  const middle = (list: Sample[]) => percentile(sorted(list.map(({ rss }) => rss)), 0.5)
  const [first, last] = [middle(warm.slice(0, tenth)), middle(warm.slice(-tenth))]
  const p99 = rounded(percentile(latencies, 0.99))
  const goal = (text: string, measured: number | string, met: boolean) => ({ goal: text, measured, met })
  return {
    figures: {
      ...{ minutes: MINUTES, workspaces, kudos: latencies.length, refused },
      ...{ p50: rounded(percentile(latencies, 0.5)), p99, worst: rounded(latencies.at(-1) ?? 0) },
      p99ByMinute: minutes.map((minute) => rounded(percentile(sorted(minute), 0.99))),
      megabytes: { start: samples[0]?.rss, warm: first, end: last, peak: Math.max(...samples.map(({ rss }) => rss)) },
      connections: Math.max(...samples.map(({ connections }) => connections)),
      waitingAtEnd: samples.at(-1)?.waiting,
    },
    goals: {
      many: goal(`${WORKSPACES} workspaces`, workspaces, workspaces === WORKSPACES),
      flat: goal(
        'memory at the end at most a tenth above that after the warm-up, in MB',
        `${first} to ${last}`,
        last <= first * MOST_GROWTH,
      ),
      all: goal('every kudos confirmed: no pool was exhausted', `${refused} refused`, refused === 0),
      p99: goal(`p99 of the answers under ${MOST_P99_MS} ms`, p99, p99 < MOST_P99_MS),
    },
  }
}

const sorted = (figures: number[]) => figures.toSorted((a, b) => a - b)
const rounded = (figure: number) => Math.round(figure * 10) / 10
