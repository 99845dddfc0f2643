import { type AppProcess, startAppProcess } from '../support/app-process.ts'
import type { BenchRun } from './bench.ts'
import { load, medianRound, type Round } from './load.ts'
import { BENCH_TEAM, type StandInSlack } from './stand-in-slack.ts'

const CONNECTIONS = 10
/** Short, so that those who are compared have the same machine: what else it does comes and goes. */
const ROUND_SECONDS = 1
/** In a round of one connection: enough for a percentile that one hiccup does not move. */
const SEQUENTIAL = 2_000
/** By then the hot code is compiled: before, compilers are at work beside it, and what has more code waits longer for them. */
const WARM_UP = 20_000
const READY_WITHIN_MS = 30_000

/** What the kudos that count are for. */
export const REASON = 'staying late with the release'

export interface Rounds {
  /** Ten connections. */
  parallel: Round
  /** One connection. */
  sequential: Round
}

/** The medians of `rounds`, and those, in order. */
export interface Figures extends Rounds {
  rounds: Rounds[]
  /** In megabytes. */
  memory: { start: number; end: number }
}

/** A process under load, again and again, while others are measured in between. */
export interface Contender {
  /** Measures once; it is still before and after, so that nobody else is disturbed. */
  round(): Promise<void>
  stop(): Promise<void>
  /** So many answers said that it was done. */
  confirmed(): number
  figures(): Figures
}

export interface ContenderOptions {
  slack: StandInSlack
  env?: Record<string, string>
  entry?: string
  /** What a right answer contains. */
  says: string
}

/** Starts a process and warms it up. */
export async function startContender(run: BenchRun, options: ContenderOptions): Promise<Contender> {
  const { slack, says } = options
  const { BENCH_NODE_OPTIONS } = process.env
  const app = await startAppProcess(
    {
      SLACK_API_URL: slack.apiUrl,
      SLACK_RATE: '1',
      SLACK_BOT_TOKEN: BENCH_TEAM.botToken,
      SLACK_SIGNING_SECRET: BENCH_TEAM.signingSecret,
      // Such as --cpu-prof --cpu-prof-dir=/tmp/profiles
      ...(BENCH_NODE_OPTIONS ? { NODE_OPTIONS: BENCH_NODE_OPTIONS } : {}),
      ...options.env,
    },
    options.entry,
  )
  run.afterwards(() => app.signal('SIGKILL'))

  let confirmed = 0
  const send = async (connections: number, amount: number) => {
    const round = await load({
      connections,
      amount,
      reason: REASON,
      url: app.url,
      responseUrl: slack.responseUrl,
      says,
    })
    confirmed += amount
    return round
  }
  await untilReady(options, app)
  const start = app.memory()
  await send(CONNECTIONS, WARM_UP)
  await send(1, SEQUENTIAL)
  const { perSecond } = await send(CONNECTIONS, 1_000)
  const amount = Math.ceil(perSecond * ROUND_SECONDS)
  app.signal('SIGSTOP')

  const rounds: Rounds[] = []
  return {
    async round() {
      app.signal('SIGCONT')
      rounds.push({ parallel: await send(CONNECTIONS, amount), sequential: await send(1, SEQUENTIAL) })
      app.signal('SIGSTOP')
    },
    async stop() {
      app.signal('SIGCONT')
      app.signal('SIGTERM')
      await app.ended
    },
    confirmed: () => confirmed,
    figures: () => ({
      parallel: medianRound(rounds.map(({ parallel }) => parallel)),
      sequential: medianRound(rounds.map(({ sequential }) => sequential)),
      rounds,
      memory: { start, end: app.memory() },
    }),
  }
}

/** Tries until the app has read who is in the workspace. What it stores meanwhile does not count. */
async function untilReady({ slack, says }: ContenderOptions, app: AppProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS
  for (;;) {
    try {
      await load({
        connections: 1,
        amount: 1,
        reason: 'a first try',
        url: app.url,
        responseUrl: slack.responseUrl,
        says,
      })
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((done) => setTimeout(done, 200))
    }
  }
}
