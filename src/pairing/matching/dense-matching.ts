/**
 * The cheapest matching of a dense graph, exactly: Edmonds' primal-dual method, one search tree at a time, a stage in
 * O(n^2) steps. Vertices may stay alone for a price.
 *
 * Duals: y of a vertex, at most its price of staying alone; z >= 0 of a blossom; and for each edge the slack
 * c - y - y' + (z of the blossoms around both) >= 0. Matched edges have no slack, who stays alone pays just y. Then the
 * duals' value (sum of y less z times half the blossom's size) is what the matching costs, and nothing can cost less.
 * All numbers are whole or half, and exact as long as they stay below 2^51.
 */
import { Blossoms } from './blossoms.ts'
import { SearchTree } from './search-tree.ts'

export interface Graph {
  size: number
  /** size squared entries, the same both ways, at least 0; Infinity: never. */
  cost: Float64Array
  /** The price of staying alone; Infinity: never. */
  alone: Float64Array
}

/** What is known already; the better, the faster. */
export interface Start {
  /** A matching, -1 for nobody; as much of it is kept as the first duals allow. */
  mate?: Int32Array | undefined
  /** Duals that leave no edge a slack below 0. */
  y?: Float64Array | undefined
}

export class DenseMatching {
  readonly blossoms: Blossoms
  readonly y: Float64Array
  private readonly graph: Graph
  private readonly tree: SearchTree
  private begun = 0

  constructor(graph: Graph, start: Start = {}) {
    this.graph = graph
    this.blossoms = new Blossoms(graph.size)
    this.y = new Float64Array(graph.size)
    this.tree = new SearchTree(graph, this.blossoms, this.y)
    this.begin(start)
  }

  /** Work done so far: entries of the matrix looked at. */
  get steps(): number {
    return this.begun + this.tree.steps
  }

  /** False when somebody who must not stay alone has to. */
  solve(): boolean {
    const { mate } = this.blossoms
    for (let vertex = 0; vertex < this.graph.size; vertex += 1) {
      if (mate[vertex]! < 0 && this.y[vertex] !== this.graph.alone[vertex] && !this.tree.grow(vertex)) return false
    }
    return true
  }

  /** What the matching costs. */
  value(): number {
    const { size, cost, alone } = this.graph
    let sum = 0
    for (let vertex = 0; vertex < size; vertex += 1) {
      const partner = this.blossoms.mate[vertex]!
      if (partner < 0) sum += alone[vertex]!
      else if (vertex < partner) sum += cost[vertex * size + partner]!
    }
    return sum
  }

  /** What the duals prove that every matching costs. */
  bound(): number {
    let sum = -this.blossoms.dualCost()
    for (const dual of this.y) sum += dual
    return sum
  }

  /** A matching with this edge costs at least bound() plus this. */
  slack(one: number, other: number): number {
    const { size, cost } = this.graph
    return cost[one * size + other]! - this.y[one]! - this.y[other]! + this.blossoms.dualAround(one, other)
  }

  /** Half the cheapest edge is a feasible dual; then whoever has a tight edge to somebody alone takes it. */
  private begin(start: Start): void {
    const { size, cost, alone } = this.graph
    const { mate } = this.blossoms
    const { y } = this
    for (let one = 0; one < size; one += 1) {
      let least = 2 * alone[one]!
      if (start.y) least = Math.min(least, 2 * start.y[one]!)
      else {
        for (let other = 0, at = one * size; other < size; other += 1, at += 1) {
          if (cost[at]! < least && other !== one) least = cost[at]!
        }
      }
      y[one] = least === Number.POSITIVE_INFINITY ? 0 : least / 2
    }
    const marry = (one: number, other: number) => {
      mate[one] = other
      mate[other] = one
    }
    for (let one = 0; start.mate && one < size; one += 1) {
      const other = start.mate[one]!
      if (other > one && cost[one * size + other]! === y[one]! + y[other]!) marry(one, other)
    }
    for (let one = 0; one < size; one += 1) {
      if (mate[one]! >= 0) continue
      let least = alone[one]! - y[one]!
      let found = -1
      for (let other = 0, at = one * size; other < size; other += 1, at += 1) {
        const slack = cost[at]! - y[one]! - y[other]!
        if (other === one || slack > least) continue
        if (slack < least) found = -1
        least = slack
        if (mate[other]! < 0 && found < 0) found = other
      }
      if (least === Number.POSITIVE_INFINITY) continue
      y[one]! += least
      if (found >= 0) marry(one, found)
    }
    this.begun += 2 * size * size
  }
}
