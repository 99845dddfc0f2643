/** The best grouping there is, for as many people as a dense graph has room for. */
import { Arrangement } from './arrangement.ts'
import { pricesOf } from './bound.ts'
import { DenseMatching, type Graph } from './dense-matching.ts'
import { graphOf, type Units, unitsFor, unpack } from './graph.ts'
import type { Objective } from './input.ts'
import { kindsOf } from './kinds.ts'
import { measure } from './objective.ts'
import type { Round } from './round.ts'
import { bestWithTrio } from './trio.ts'

/** Beyond this many people the graph takes too long and too much memory. */
export const EXACT_AT_MOST = 1_500

export interface Exact {
  /** The people of an arrangement. */
  order: Int32Array
  /** What was proven of every arrangement. */
  bound: Objective
}

/** `order` is an arrangement to start from: the better, the faster, and ties fall to it. */
export function solveExactly(round: Round, order: Int32Array): Exact {
  const units = unitsFor(round.n, 0)
  if (!units) throw new RangeError(`${round.n} people are too many to pair exactly`)
  const first = solveWith(round, order, units)
  const { unpaired } = measure(round, new Arrangement(round, first.order).settle())
  if (unpaired.length === 0 || round.waited.every((waited) => waited === 0)) return first
  // Somebody has to stay out: who waited less. As many as now, or fewer, are left out in the best grouping.
  const longest = round.waited.toSorted().subarray(-unpaired.length)
  const both = unitsFor(
    round.n,
    longest.reduce((sum, waited) => sum + waited, 0),
  )
  return both ? solveWith(round, first.order, both) : first
}

/** The same for some of the people, given in the order they sit in. */
export function solveWith(round: Round, order: Int32Array, units: Units): Exact {
  const odd = order.length % 2 === 1
  const graph = graphOf(round, order, units, odd ? 1 : 0)
  const y = firstPrices(round, order, units)
  const { seats, bound } = odd ? bestWithTrio(graph, y) : bestPairs(graph, y)
  return { order: Int32Array.from(seats, (seat) => order[seat]!), bound: unpack(bound, units) }
}

/** What somebody of each one's kind is worth, a ghost last: nearly the prices the exact answer ends with. */
function firstPrices(round: Round, people: Int32Array, units: Units): Float64Array | undefined {
  const kinds = kindsOf(round, people, units.sameTeam)
  const prices = pricesOf(kinds)
  if (!prices) return undefined
  return Float64Array.from([...kinds.kind, kinds.amount.length - 1], (kind) => prices[kind]!)
}

/** Seats in the order they are to be taken, and what was proven of any matching. */
function bestPairs(graph: Graph, y: Float64Array | undefined): { seats: number[]; bound: number } {
  const mate = Int32Array.from({ length: graph.size }, (_, vertex) => vertex ^ 1)
  const matching = new DenseMatching(graph, { mate, y })
  matching.solve()
  return { seats: seatsOf(matching.blossoms.mate, graph.size), bound: matching.bound() }
}

/** Couples first, then whoever stays alone. */
function seatsOf(mate: Int32Array, count: number): number[] {
  const couples: number[] = []
  const alone: number[] = []
  for (let vertex = 0; vertex < count; vertex += 1) {
    const partner = mate[vertex]!
    if (partner < 0 || partner >= count) alone.push(vertex)
    else if (vertex < partner) couples.push(vertex, partner)
  }
  return [...couples, ...alone]
}
