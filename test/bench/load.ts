import autocannon from 'autocannon'
import { signKudos } from './signed-requests.ts'

/** Latencies are in milliseconds. */
export interface Round {
  perSecond: number
  p50: number
  p99: number
}

export interface Load {
  url: string
  responseUrl: string
  connections: number
  amount: number
  reason: string
  /** What a right answer contains. */
  says: string
}

/** Sends so many kudos over so many connections, each answered before the next. Throws unless every answer is right. */
export async function load({ url, connections, amount, says, ...kudos }: Load): Promise<Round> {
  // A few more, because autocannon builds one for each connection that it never sends.
  const prepared = signKudos(amount + 2 * connections, kudos)
  const latencies: number[] = []
  let wrong: string | undefined
  const started = performance.now()
  let ended = started
  const run = autocannon({
    url,
    method: 'POST',
    connections,
    amount,
    requests: [{ setupRequest: (request) => ({ ...request, ...prepared.pop() }) }],
    verifyBody(body) {
      const right = body.includes(says)
      if (!right) wrong ??= body
      return right
    },
  })
  run.on('response', (_client: unknown, _status: number, _bytes: number, ms: number) => {
    latencies.push(ms)
    ended = performance.now()
  })
  const result = await run
  if (result['2xx'] !== amount || result.errors > 0 || result.mismatches > 0) {
    throw new Error(
      `of ${amount} requests ${result['2xx']} were answered with 200, ${result.errors} failed and ${result.mismatches} ` +
        `were answered with something else, such as ${wrong?.slice(0, 300)}`,
    )
  }
  latencies.sort((a, b) => a - b)
  return {
    perSecond: amount / ((ended - started) / 1_000),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }
}

export const percentile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN

export const median = (values: number[]) =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  )

/** Each figure's median over the rounds. */
export function medianRound(rounds: Round[]): Round {
  const of = (figure: keyof Round) => median(rounds.map((round) => round[figure]))
  return { perSecond: of('perSecond'), p50: of('p50'), p99: of('p99') }
}
