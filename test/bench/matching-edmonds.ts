/** The exact solver against edmonds-blossom-fixed, on the same graphs in the same process. */
import blossom from 'edmonds-blossom-fixed'
import { Arrangement } from '../../src/pairing/matching/arrangement.ts'
import { DenseMatching, type Graph } from '../../src/pairing/matching/dense-matching.ts'
import { solveExactly } from '../../src/pairing/matching/exact.ts'
import { graphOf, unitsFor } from '../../src/pairing/matching/graph.ts'
import type { PairingInput } from '../../src/pairing/matching/input.ts'
import { measure } from '../../src/pairing/matching/objective.ts'
import { readRound } from '../../src/pairing/matching/round.ts'
import { seededRandom } from '../../src/platform/random.ts'
import type { BenchRun } from './bench.ts'
import { oneLargeTeam, threeTeamsAtHome } from './matching-rounds.ts'

const SIZES = [100, 200, 400, 800]
const OUR_RUNS = 5
/** The largest takes it long enough once. */
const theirRuns = (n: number): number => (n < 800 ? 2 : 1)

/** The same problem for both: what they need is made before, and they say what their best costs. */
interface Problem {
  costs: string
  edges: [number, number, number][]
  ours(): number
}

/** Milliseconds: the least of the runs of each. Throws when the two do not agree on what is best. */
export function compareWithEdmonds(run: BenchRun) {
  run.say('The same complete graphs, the best time of each:')
  run.say('         n   costs                       ours ms   edmonds-blossom-fixed ms   times')
  return SIZES.flatMap((n) =>
    [
      randomCosts(n),
      ofPeople(threeTeamsAtHome(n, 'x'), 'three teams at home'),
      ofPeople(oneLargeTeam(n, 'x'), 'one team of 55 %'),
    ].map((problem) => {
      const ours = fastest(OUR_RUNS, problem.ours)
      const theirs = fastest(theirRuns(n), () => {
        const partners = blossom(problem.edges, true)
        return problem.edges.reduce((sum, [one, other, weight]) => (partners[one] === other ? sum - weight : sum), 0)
      })
      const { costs } = problem
      if (ours.value !== theirs.value) throw new Error(`${n}, ${costs}: ${ours.value} here, ${theirs.value} there`)
      const times = theirs.ms / ours.ms
      const cells = [String(n).padStart(10), `  ${costs.padEnd(24)}`, ours.ms.toFixed(1).padStart(10)]
      run.say([...cells, theirs.ms.toFixed(1).padStart(26), times.toFixed(1).padStart(7)].join(' '))
      return { n, costs, oursMs: rounded(ours.ms), theirsMs: rounded(theirs.ms), times: rounded(times) }
    }),
  )
}

const rounded = (value: number) => Math.round(value * 100) / 100

function fastest(runs: number, solve: () => number): { ms: number; value: number } {
  let ms = Number.POSITIVE_INFINITY
  let value = Number.NaN
  for (let at = 0; at < runs; at += 1) {
    const begun = performance.now()
    value = solve()
    ms = Math.min(ms, performance.now() - begun)
  }
  return { ms, value }
}

/** Any whole number below 100,000 for each pair: the solver alone. */
function randomCosts(size: number): Problem {
  const random = seededRandom(`random costs ${size}`)
  const cost = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY)
  for (let one = 0; one < size; one += 1) {
    for (let other = 0; other < one; other += 1) {
      cost[one * size + other] = random.below(100_000)
      cost[other * size + one] = cost[one * size + other] ?? 0
    }
  }
  const graph = { size, cost, alone: new Float64Array(size).fill(Number.POSITIVE_INFINITY) }
  const ours = () => {
    const matching = new DenseMatching(graph)
    matching.solve()
    return matching.value()
  }
  return { costs: 'random', edges: edgesOf(graph), ours }
}

/** A round of people: the way the engine solves it, its graph and first prices made within the time. */
function ofPeople(input: PairingInput, costs: string): Problem {
  const round = readRound(input)
  const order = Int32Array.from({ length: round.n }, (_, at) => at)
  const units = unitsFor(round.n, 0)
  if (!units) throw new Error(`${round.n} people do not fit`)
  const ours = () => {
    const { sameTeam, repeat, timezone } = measure(
      round,
      new Arrangement(round, solveExactly(round, order).order).settle(),
    ).objective
    return sameTeam * units.sameTeam + repeat * units.repeat + timezone
  }
  return { costs, edges: edgesOf(graphOf(round, order, units)), ours }
}

function edgesOf({ size, cost }: Graph): [number, number, number][] {
  const edges: [number, number, number][] = []
  for (let one = 0; one < size; one += 1) {
    for (let other = 0; other < one; other += 1) edges.push([other, one, -(cost[one * size + other] ?? 0)])
  }
  return edges
}
