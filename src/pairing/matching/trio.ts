/**
 * An odd number of people: one pair may become a trio.
 *
 * A trio is a pair and a third person, who costs at least their two cheapest edges. A ghost, matched with the third at
 * that price or with nobody for nothing, makes this a matching again, and its cost a lower bound. Its duals say more: a
 * grouping with the trio {a, b, c} costs at least bound + slack(ghost, c) + slack(a, b) + what c really costs more than
 * assumed, whichever of the three is called the third. Trios are tried by that, the most promising first, until none
 * is left that could be better than the best one seen. So the answer is exact unless there are too many to try.
 */
import { DenseMatching, type Graph, type Start } from './dense-matching.ts'

/** Trios tried, and entries of matrices looked at in trying them. */
const MOST_TRIED = 2_000
const MOST_STEPS = 2_000_000_000

interface Candidate {
  trio: [number, number, number]
  /** No grouping with this trio costs less. */
  least: number
}

/**
 * The graph's last vertex is the ghost's, without edges yet. The seats of everybody else, and what was proven. `y` are
 * duals to start from.
 */
export function bestWithTrio(graph: Graph, y?: Float64Array): { seats: number[]; bound: number } {
  const ghost = graph.size - 1
  haunt(graph, ghost)
  const relaxed = new DenseMatching(graph, { mate: neighbours(ghost), y })
  relaxed.solve()
  const { mate } = relaxed.blossoms
  // Pairs alone leave one person out at least; or the ghost's partner joins a pair.
  let best: Answer = cheaper(solveAround(graph, [ghost], { mate, y }), attachThird(graph, ghost, mate))
  let steps = 0
  const { list, omitted } = candidates(graph, ghost, relaxed, best.value)
  for (const { trio, least } of list) {
    if (least >= best.value) return { seats: best.seats, bound: best.value }
    if (steps > MOST_STEPS) return { seats: best.seats, bound: least }
    const tried = solveAround(graph, [ghost, ...trio], { mate, y })
    steps += tried.steps
    best = cheaper(best, tried)
  }
  return { seats: best.seats, bound: Math.min(best.value, omitted) }
}

interface Answer {
  value: number
  seats: number[]
}

const cheaper = (one: Answer, other: Answer): Answer => (other.value < one.value ? other : one)

const neighbours = (count: number): Int32Array =>
  Int32Array.from({ length: count + 1 }, (_, vertex) => (vertex < count - 1 ? vertex ^ 1 : -1))

/** The ghost's edges: the two cheapest of each vertex. */
function haunt({ size, cost, alone }: Graph, ghost: number): void {
  for (let vertex = 0; vertex < ghost; vertex += 1) {
    let least = Number.POSITIVE_INFINITY
    let second = Number.POSITIVE_INFINITY
    for (let other = 0, at = vertex * size; other < ghost; other += 1, at += 1) {
      const price = cost[at]!
      if (price < least) {
        second = least
        least = price
      } else if (price < second) second = price
    }
    cost[vertex * size + ghost] = least + second
    cost[ghost * size + vertex] = least + second
  }
  alone[ghost] = 0
}

const costOfTrio = ({ size, cost }: Graph, a: number, b: number, c: number): number =>
  cost[a * size + b]! + cost[a * size + c]! + cost[b * size + c]!

/** The ghost's partner joins the pair of the matching it suits best. */
function attachThird(graph: Graph, ghost: number, mate: Int32Array): Answer {
  const third = mate[ghost]!
  const { size, cost } = graph
  let value = Number.POSITIVE_INFINITY
  let chosen: [number, number] | null = null
  if (third >= 0) {
    for (let one = 0; one < ghost; one += 1) {
      const other = mate[one]!
      if (other <= one || other === ghost) continue
      const more = cost[third * size + one]! + cost[third * size + other]!
      if (more < value) {
        value = more
        chosen = [one, other]
      }
    }
  }
  if (!chosen) return { value, seats: [] }
  const [one, other] = chosen
  const rest = mate.slice()
  for (const vertex of [third, one, other]) rest[vertex] = -1
  return answer(graph, rest, [one, other, third], [ghost])
}

/** Matches all but these vertices; three of them besides the ghost are a trio. */
function solveAround(graph: Graph, left: number[], { mate: hint, y }: Required<Start>): Answer & { steps: number } {
  const { size } = graph
  const kept = Array.from({ length: size }, (_, vertex) => vertex).filter((vertex) => !left.includes(vertex))
  const place = new Int32Array(size).fill(-1)
  for (const [at, vertex] of kept.entries()) place[vertex] = at
  const cost = new Float64Array(kept.length ** 2)
  for (const [one, from] of kept.entries()) {
    for (const [other, to] of kept.entries()) cost[one * kept.length + other] = graph.cost[from * size + to]!
  }
  const alone = Float64Array.from(kept, (vertex) => graph.alone[vertex]!)
  const start = {
    mate: hint && Int32Array.from(kept, (vertex) => (hint[vertex]! < 0 ? -1 : place[hint[vertex]!]!)),
    y: y && Float64Array.from(kept, (vertex) => y[vertex]!),
  }
  const matching = new DenseMatching({ size: kept.length, cost, alone }, start)
  matching.solve()
  const mate = new Int32Array(size).fill(-1)
  for (const [at, vertex] of kept.entries()) {
    const partner = matching.blossoms.mate[at]!
    if (partner >= 0) mate[vertex] = kept[partner]!
  }
  return { ...answer(graph, mate, left.slice(1), left.slice(0, 1)), steps: matching.steps }
}

/** Pairs, people alone, and the trio last. */
function answer(graph: Graph, mate: Int32Array, trio: number[], ghosts: number[]): Answer {
  const [a, b, c] = trio
  let value = a === undefined || b === undefined || c === undefined ? 0 : costOfTrio(graph, a, b, c)
  const couples: number[] = []
  const alone: number[] = []
  for (let vertex = 0; vertex < graph.size; vertex += 1) {
    if (trio.includes(vertex) || ghosts.includes(vertex)) continue
    const partner = mate[vertex]!
    if (partner < 0) {
      alone.push(vertex)
      value += graph.alone[vertex]!
    } else if (vertex < partner) {
      couples.push(vertex, partner)
      value += graph.cost[vertex * graph.size + partner]!
    }
  }
  // Without a trio the last seats are a pair's and one of those alone.
  return {
    value,
    seats: trio.length > 0 ? [...couples, ...alone, ...trio] : [...alone.slice(1), ...couples, ...alone.slice(0, 1)],
  }
}

/** Trios that could be better than `value`, the most promising first; and the least any other one can cost. */
function candidates(graph: Graph, ghost: number, relaxed: DenseMatching, value: number) {
  const { size, cost } = graph
  const bound = relaxed.bound()
  const people = Array.from({ length: ghost }, (_, vertex) => vertex).filter(
    (vertex) => bound + relaxed.slack(ghost, vertex) < value,
  )
  const count = people.length
  const slack = new Float64Array(count * count)
  const price = new Float64Array(count * count)
  for (let one = 0; one < count; one += 1) {
    for (let other = 0; other < one; other += 1) {
      for (const at of [one * count + other, other * count + one]) {
        slack[at] = relaxed.slack(people[one]!, people[other]!)
        price[at] = cost[people[one]! * size + people[other]!]!
      }
    }
  }
  const extra = people.map((third) => bound + relaxed.slack(ghost, third) - cost[third * size + ghost]!)
  const kept = new Shortlist(value)
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      const ab = price[a * count + b]!
      const thirdC = slack[a * count + b]!
      for (let c = b + 1; c < count; c += 1) {
        const ac = price[a * count + c]!
        const bc = price[b * count + c]!
        const least = Math.max(
          extra[c]! + thirdC + ac + bc,
          extra[b]! + slack[a * count + c]! + ab + bc,
          extra[a]! + slack[b * count + c]! + ab + ac,
        )
        if (least < kept.below) kept.add({ trio: [people[a]!, people[b]!, people[c]!], least })
      }
    }
  }
  return kept.finish()
}

/** The most promising candidates; of the others only the least they can cost is known. */
class Shortlist {
  /** Others need not be added. */
  below: number
  private list: Candidate[] = []
  private omitted = Number.POSITIVE_INFINITY

  constructor(below: number) {
    this.below = below
  }

  add(candidate: Candidate): void {
    this.list.push(candidate)
    if (this.list.length >= 2 * MOST_TRIED) this.shorten()
  }

  finish(): { list: Candidate[]; omitted: number } {
    this.shorten()
    return { list: this.list, omitted: this.omitted }
  }

  private shorten(): void {
    this.list.sort((one, other) => one.least - other.least)
    const first = this.list[MOST_TRIED]
    if (!first) return
    this.list.length = MOST_TRIED
    // What is not below this any more is left out as well, and costs no less.
    this.omitted = Math.min(this.omitted, first.least)
    this.below = first.least
  }
}
