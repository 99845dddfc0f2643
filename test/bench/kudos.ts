/**
 * `/kudos`, signed, stored, acked and delivered, against a Bolt app that only acks. A third row, for comparison, is Bolt that
 * stores one row by one statement before it acks: what a durable answer costs at the least.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../src/platform/embedded/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import type { Bench, BenchRun, Goal } from './bench.ts'
import { createBenchDatabase } from './bench-database.ts'
import { type Figures, REASON, type Rounds, startContender } from './contender.ts'
import { median } from './load.ts'
import { POST_MS, type StandInSlack, startStandInSlack } from './stand-in-slack.ts'

const ROUNDS = 9
const SAYS = 'is on its way. A card appears in'
const BARE_BOLT = join(import.meta.dirname, 'bare-bolt.ts')

export const kudosBench: Bench = async (run) => {
  const slack = await startStandInSlack()
  run.afterwards(() => slack.stop())
  run.say(`Slack is a stand-in that takes ${POST_MS} ms to post a message. Everything runs on this machine.`)
  const url = await createBenchDatabase(run)
  if (!url) run.say('There is no PostgreSQL server here, and no packages to start one from: embedded figures only.')
  const server = url ? await besideBareBolt(run, slack, url) : null
  const embedded = await onEmbedded(run, slack)
  run.say(`\n${row(['', '/s', 'p50 ms', 'p99 ms', '1 conn: p50', 'p99', 'MB at start', 'at end'])}`)
  for (const [name, figures] of Object.entries({ ...server, embedded })) run.say(describe(name, figures))
  run.say(`${slack.posts()} messages were posted meanwhile.`)
  return { figures: { ...server, embedded }, goals: goalsOf(server) }
}

async function besideBareBolt(run: BenchRun, slack: StandInSlack, url: string) {
  const bare = await startContender(run, { slack, entry: BARE_BOLT, says: '' })
  const durable = await startContender(run, { slack, entry: BARE_BOLT, env: { DATABASE_URL: url }, says: '' })
  const app = await startContender(run, { slack, env: { DATABASE_URL: url }, says: SAYS })
  // In turns, and there and back again: what else the machine does comes and goes.
  for (let round = 0; round < ROUNDS; round += 1) {
    const turns = [bare, durable, app]
    for (const one of round % 2 === 0 ? turns : turns.reverse()) await one.round()
  }
  const figures = {
    'bare Bolt': bare.figures(),
    'Bolt + one insert': durable.figures(),
    'PostgreSQL server': app.figures(),
  }
  await Promise.all([bare.stop(), durable.stop(), app.stop()])
  await checkStored(url, app.confirmed())
  return figures
}

async function onEmbedded(run: BenchRun, slack: StandInSlack): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'small-acts-bench-'))
  run.afterwards(() => rmSync(folder, { recursive: true, force: true }))
  const app = await startContender(run, { slack, env: { DATA_DIR: folder, TMPDIR: folder }, says: SAYS })
  for (let round = 0; round < ROUNDS; round += 1) await app.round()
  const figures = app.figures()
  await app.stop()
  const database = await startEmbedded(folder, createLog('warn'))
  run.afterwards(() => database.stop())
  await checkStored(database.url, app.confirmed())
  return figures
}

/** Throws unless just what was confirmed is stored. */
async function checkStored(url: string, confirmed: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query("select count(*)::int as stored from kudos where reason like $1 || ' %'", [
    REASON,
  ])
  await client.end()
  if (rows[0].stored !== confirmed) throw new Error(`${confirmed} kudos were confirmed, but ${rows[0].stored} stored`)
}

/**
 * Each round beside bare Bolt's of the same moment, and the median of that. Without a server nothing was measured that the
 * goals are about, and none is met.
 */
function goalsOf(server: Record<'bare Bolt' | 'PostgreSQL server', Figures> | null): Record<string, Goal> {
  const beside = (ratio: (app: Rounds, bare: Rounds) => number) => {
    if (!server) return 'no server'
    const { 'bare Bolt': bare, 'PostgreSQL server': app } = server
    return rounded(median(app.rounds.map((round, index) => ratio(round, bare.rounds[index] as Rounds))))
  }
  const share = beside((app, bare) => app.parallel.perSecond / bare.parallel.perSecond)
  const times = beside((app, bare) => app.sequential.p99 / bare.sequential.p99)
  return {
    throughput: {
      goal: "at least 0.5 of bare Bolt's throughput",
      measured: share,
      met: typeof share === 'number' && share >= 0.5,
    },
    latency: {
      goal: "at most 3 times bare Bolt's p99 on one connection",
      measured: times,
      met: typeof times === 'number' && times <= 3,
    },
  }
}

const describe = (name: string, { parallel, sequential, memory }: Figures) =>
  row([
    name,
    Math.round(parallel.perSecond),
    rounded(parallel.p50),
    rounded(parallel.p99),
    rounded(sequential.p50),
    rounded(sequential.p99),
    memory.start,
    memory.end,
  ])

const rounded = (figure: number) => Math.round(figure * 100) / 100
const row = ([name, ...cells]: (string | number)[]) =>
  `${String(name).padEnd(18)}${cells.map((cell) => String(cell).padStart(12)).join('')}`
