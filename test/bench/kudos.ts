/** `/kudos`, signed, stored, acked and delivered, against a Bolt app that only acks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../src/platform/embedded/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import { type AppProcess, startAppProcess } from '../support/app-process.ts'
import type { Bench, BenchRun, Goal } from './bench.ts'
import { createBenchDatabase } from './bench-database.ts'
import { load, medianRound, type Round } from './load.ts'
import { BENCH_TEAM, POST_MS, type StandInSlack, startStandInSlack } from './stand-in-slack.ts'

const ROUNDS = 3
const ROUND_SECONDS = 4
const CONNECTIONS = 10
/** For the percentiles of one connection. */
const SEQUENTIAL = 1_500
const BARE_BOLT = join(import.meta.dirname, 'bare-bolt.ts')

interface Contender {
  name: string
  process: AppProcess
  confirms: (body: string) => boolean
  /** How many answers so far said that it was done. */
  confirmed: number
  /** In a round of many connections. */
  amount: number
  parallel: Round[]
  sequential: Round[]
}

interface Figures {
  parallel: Round
  sequential: Round
  memory: { start: number; end: number }
}

export const kudosBench: Bench = async (run) => {
  const slack = await startStandInSlack()
  run.afterwards(() => slack.stop())
  run.say(`Slack is a stand-in that takes ${POST_MS} ms to post; all processes share this machine.`)

  const url = await createBenchDatabase(run)
  const figures: Record<string, Figures> = {}
  const goals: Record<string, Goal> = {}
  if (url) {
    const bare = await startContender(run, slack, 'bare Bolt', { entry: BARE_BOLT })
    const app = await startContender(run, slack, 'server', { env: { DATABASE_URL: url } })
    figures.bareBolt = ...
  }
}
