/**
 * An odd number of people: one pair may become a trio.
 *
 * A trio is a pair and a third person, who costs at least their two cheapest edges. A ghost, matched with the third at
 * that price or with nobody for nothing, makes this a matching again, and its cost a lower bound. Its duals say more: a
 * grouping with the trio {a, b, c} costs at least bound + slack(ghost, c) + slack(a, b) + what c really costs more than
 * assumed, whichever of the three is called the third. Trios are tried by that, the most promising first, until none
 * is left that could be better than the best one seen. So the answer is exact unless there are too many to try.
 */
import { DenseMatching, type Graph } from './dense-matching.ts'

/** Trios looked at, and entries of matrices looked at in trying them. */
const MOST_LOOKED_AT = 50_000_000
const MOST_STEPS = 2_000_000_000

interface Candidate {
  trio: [number, number, number]
  /** No grouping with this trio costs less. */
  least: number
}

/** The graph's last vertex is the ghost's, without edges yet. The seats of everybody else, and what was proven. */
export function bestWithTrio(graph: Graph): { seats: number[]; bound: number } {
  const ghost = graph.size - 1
  haunt(graph, ghost)
  const relaxed = new DenseMatching(graph, neighbours(ghost))
  relaxed.solve()
  const bound = relaxed.bound()
  let best = withoutTrio(graph, ghost, relaxed.blossoms.mate)
  const promising = Array.from({ length: ghost }, (_, vertex) => vertex).filter(
    (vertex) => bound + relaxed.slack(ghost, vertex) < best.value,
  )
  if (promising.length ** 3 / 6 > MOST_LOOKED_AT) {
    best = cheaper(best, attachThird(graph, ghost, relaxed.blossoms.mate))
    return { seats: best.seats, bound: Math.min(bound, best.value) }
  }
  best = cheaper(best, attachThird(graph, ghost, relaxed.blossoms.mate))
  let steps = 0
  for (const { trio, least } of candidates(graph, ghost, relaxed, promising, best.value)) {
    if (least >= best.value) break
    if (steps > MOST_STEPS) return { seats: best.seats, bound: least }
    const tried = withTrio(graph, trio, relaxed.blossoms.mate)
    steps += tried.steps
    best = cheaper(best, tried)
  }
  return { seats: best.seats, bound: best.value }
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

/** Pairs alone: at least one person stays out. */
function withoutTrio(graph: Graph, ghost: number, hint: Int32Array): Answer {
  return solveAround(graph, [ghost], hint)
}

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

/** The best grouping with this trio. */
function withTrio(graph: Graph, trio: [number, number, number], hint: Int32Array): Answer & { steps: number } {
  return solveAround(graph, [graph.size - 1, ...trio], hint)
}

/** Matches all but these vertices; three of them besides the ghost are a trio. */
function solveAround(graph: Graph, left: number[], hint: Int32Array): Answer & { steps: number } {
  const { size } = graph
  const kept = Array.from({ length: size }, (_, vertex) => vertex).filter((vertex) => !left.includes(vertex))
  const place = new Int32Array(size).fill(-1)
  for (const [at, vertex] of kept.entries()) place[vertex] = at
  const cost = new Float64Array(kept.length ** 2)
  for (const [one, from] of kept.entries()) {
    for (const [other, to] of kept.entries()) cost[one * kept.length + other] = graph.cost[from * size + to]!
  }
  const alone = Float64Array.from(kept, (vertex) => graph.alone[vertex]!)
  const start = Int32Array.from(kept, (vertex) => (hint[vertex]! < 0 ? -1 : place[hint[vertex]!]!))
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

/** Trios that could be better than `value`, the most promising first. */
function candidates(graph: Graph, ghost: number, relaxed: DenseMatching, people: number[], value: number): Candidate[] {
  const { size, cost } = graph
  const bound = relaxed.bound()
  const count = people.length
  const slack = Float64Array.from({ length: count * count }, (_, at) => {
    const one = Math.floor(at / count)
    return one === at % count ? 0 : relaxed.slack(people[one]!, people[at % count]!)
  })
  const extra = people.map((third) => relaxed.slack(ghost, third) - cost[third * size + ghost]!)
  const found: Candidate[] = []
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      const ab = cost[people[a]! * size + people[b]!]!
      for (let c = b + 1; c < count; c += 1) {
        const ac = cost[people[a]! * size + people[c]!]!
        const bc = cost[people[b]! * size + people[c]!]!
        const least =
          bound +
          Math.max(
            extra[c]! + slack[a * count + b]! + ac + bc,
            extra[b]! + slack[a * count + c]! + ab + bc,
            extra[a]! + slack[b * count + c]! + ab + ac,
          )
        if (least < value) found.push({ trio: [people[a]!, people[b]!, people[c]!], least })
      }
    }
  }
  return found.sort((one, other) => one.least - other.least)
}
