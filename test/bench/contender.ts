import { type AppProcess, startAppProcess } from '../support/app-process.ts'
import type { BenchRun } from './bench.ts'
import { load, medianRound, type Round } from './load.ts'
import { BENCH_TEAM, type StandInSlack } from './stand-in-slack.ts'

const CONNECTIONS = 10
const ROUND_SECONDS = 3
/** In a round of one connection: enough for a percentile that one hiccup does not move. */
const SEQUENTIAL = 2_000
const READY_WITHIN_MS = 30_000

/** What the kudos that count are for. */
export const REASON = 'staying late with the release'

export interface Figures {
  /** Ten connections. */
  parallel: Round
  /** One connection. */
  sequential: Round
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
  await send(CONNECTIONS, 2_000)
  const { perSecond } = await send(CONNECTIONS, 1_000)
  const amount = Math.ceil(perSecond * ROUND_SECONDS)
  app.signal('SIGSTOP')

  const parallel: Round[] = []
  const sequential: Round[] = []
  return {
    async round() {
      app.signal('SIGCONT')
      parallel.push(await send(CONNECTIONS, amount))
      sequential.push(await send(1, SEQUENTIAL))
      app.signal('SIGSTOP')
    },
    async stop() {
      app.signal('SIGCONT')
      app.signal('SIGTERM')
      await app.ended
    },
    confirmed: () => confirmed,
    figures: () => ({
      parallel: medianRound(parallel),
      sequential: medianRound(sequential),
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
