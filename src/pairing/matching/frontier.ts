/** The edges at the border of a search tree: when each of them becomes tight. */
import type { Blossoms } from './blossoms.ts'
import type { Graph } from './dense-matching.ts'

/**
 * Outer vertices raise y with time, inner ones lower it, so instead of changing them at each step the offset to the
 * stage's time is kept: y is `y[v] + sign[v] * now`.
 */
export class Frontier {
  /** Time since the stage began. */
  now = 0
  /** Entries of the matrix looked at. */
  steps = 0
  /** Vertices one of whose edges may be tight. */
  tight: number[] = []
  /** 1: outer, -1: inner, 0: in no tree. */
  readonly sign: Int8Array
  /** Of a free vertex: when the best edge to an outer one will be tight. Of an inner one: that edge's slack. */
  readonly best: Float64Array
  readonly bestFrom: Int32Array
  /** Of an outer vertex: when the best edge to another outer node will be tight. */
  readonly outerBest: Float64Array
  readonly outerFrom: Int32Array
  private readonly graph: Graph
  private readonly blossoms: Blossoms
  private readonly y: Float64Array

  constructor(graph: Graph, blossoms: Blossoms, y: Float64Array) {
    const n = graph.size
    this.graph = graph
    this.blossoms = blossoms
    this.y = y
    this.sign = new Int8Array(n)
    this.best = new Float64Array(n)
    this.bestFrom = new Int32Array(n)
    this.outerBest = new Float64Array(n)
    this.outerFrom = new Int32Array(n)
  }

  begin(): void {
    this.now = 0
    this.tight = []
    this.best.fill(Number.POSITIVE_INFINITY)
    this.outerBest.fill(Number.POSITIVE_INFINITY)
  }

  /** When the next edge becomes tight, or a vertex can stay alone. */
  nextTime(): number {
    const { size, alone } = this.graph
    const { sign, best, outerBest, outerFrom, y } = this
    const { top } = this.blossoms
    let next = Number.POSITIVE_INFINITY
    for (let vertex = 0; vertex < size; vertex += 1) {
      if (sign[vertex] === 0) {
        if (best[vertex]! < next) next = best[vertex]!
      } else if (sign[vertex]! > 0) {
        // The best edge may have come to lie inside a blossom since.
        if (outerBest[vertex]! < next && top[outerFrom[vertex]!] === top[vertex]) this.findOuterBest(vertex)
        if (outerBest[vertex]! < next) next = outerBest[vertex]!
        if (alone[vertex]! - y[vertex]! < next) next = alone[vertex]! - y[vertex]!
      }
    }
    return next
  }

  /** Looks at all edges of a vertex that became outer. */
  scan(vertex: number): void {
    const { size, cost } = this.graph
    const { sign, best, bestFrom, y, now, tight } = this
    const top = this.blossoms.top
    const own = top[vertex]!
    const mine = y[vertex]! + now
    let outerLeast = Number.POSITIVE_INFINITY
    let outerFrom = -1
    for (let other = 0, at = vertex * size; other < size; other += 1, at += 1) {
      const side = sign[other]!
      const slack = cost[at]! - mine - y[other]! - side * now
      if (side > 0) {
        if (slack < outerLeast && top[other] !== own) {
          outerLeast = slack
          outerFrom = other
        }
        continue
      }
      const key = side === 0 ? slack + now : slack
      if (key < best[other]!) {
        best[other] = key
        bestFrom[other] = vertex
        if (side === 0 && key <= now) tight.push(other)
      }
    }
    this.setOuterBest(vertex, outerLeast, outerFrom)
    this.steps += size
  }

  findOuterBest(vertex: number): void {
    const { size, cost } = this.graph
    const { sign, y, now } = this
    const top = this.blossoms.top
    const own = top[vertex]!
    let least = Number.POSITIVE_INFINITY
    let from = -1
    for (let other = 0, at = vertex * size; other < size; other += 1, at += 1) {
      if (sign[other]! <= 0 || top[other] === own) continue
      const slack = cost[at]! - y[other]!
      if (slack < least) {
        least = slack
        from = other
      }
    }
    this.setOuterBest(vertex, least - y[vertex]! - 2 * now, from)
    this.steps += size
  }

  private setOuterBest(vertex: number, slack: number, from: number): void {
    this.outerBest[vertex] = this.now + slack / 2
    this.outerFrom[vertex] = from
    if (slack <= 0) this.tight.push(vertex)
  }
}
