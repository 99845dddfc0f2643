/**
 * The cheapest matching of a dense graph, exactly: Edmonds' primal-dual method, one search tree at a time, a stage in
 * O(n^2) steps. Vertices may stay alone for a price.
 *
 * Duals: y of a vertex, at most its price of staying alone; z >= 0 of a blossom; and for each edge the slack
 * c - y - y' + (z of the blossoms around both) >= 0. Matched edges have no slack, who stays alone pays just y. Then the
 * duals' value (sum of y less z times half the blossom's size) is what the matching costs, and nothing can cost less.
 *
 * A stage grows a tree from one vertex that has no partner yet. Outer vertices raise y with time, inner ones lower it,
 * so instead of changing them at each step the offset to the stage's time is kept: y is `y[v] + sign[v] * now`.
 * All numbers are whole or half, and exact as long as they stay below 2^51.
 */
import { Blossoms } from './blossoms.ts'

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

const FREE = 0
const OUTER = 1
const INNER = 2

export class DenseMatching {
  readonly blossoms: Blossoms
  readonly y: Float64Array
  /** Work done so far: entries of the matrix looked at. */
  steps = 0
  private readonly graph: Graph
  private readonly sign: Int8Array
  /** Of a free vertex: when the best edge to an outer one will be tight. Of an inner one: that edge's slack. */
  private readonly best: Float64Array
  private readonly bestFrom: Int32Array
  /** Of an outer vertex: when the best edge to another outer node will be tight. */
  private readonly outerBest: Float64Array
  private readonly outerFrom: Int32Array
  /** Of outermost nodes: FREE, OUTER or INNER, since when, and the edge an inner one was reached by. */
  private readonly label: Int8Array
  private readonly since: Float64Array
  private readonly reachedFrom: Int32Array
  private readonly reachedAt: Int32Array
  private labelled: number[] = []
  /** Vertices one of whose edges may be tight. */
  private tight: number[] = []
  private readonly mark: Int32Array
  private marks = 0
  private now = 0

  constructor(graph: Graph, start: Start = {}) {
    const n = graph.size
    this.graph = graph
    this.blossoms = new Blossoms(n)
    const nodes = this.blossoms.nodes
    this.y = new Float64Array(n)
    this.sign = new Int8Array(n)
    this.best = new Float64Array(n)
    this.bestFrom = new Int32Array(n)
    this.outerBest = new Float64Array(n)
    this.outerFrom = new Int32Array(n)
    this.label = new Int8Array(nodes)
    this.since = new Float64Array(nodes)
    this.reachedFrom = new Int32Array(nodes)
    this.reachedAt = new Int32Array(nodes)
    this.mark = new Int32Array(nodes)
    this.begin(start)
  }

  /** False when somebody who must not stay alone has to. */
  solve(): boolean {
    const { mate } = this.blossoms
    for (let vertex = 0; vertex < this.graph.size; vertex += 1) {
      if (mate[vertex]! < 0 && this.y[vertex] !== this.graph.alone[vertex] && !this.stage(vertex)) return false
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
    this.steps += 2 * size * size
  }

  /** Finds a partner for one more vertex, or somebody to stay alone in its stead; false when there is neither. */
  private stage(root: number): boolean {
    const { size, alone } = this.graph
    const { sign, y, blossoms } = this
    this.now = 0
    this.tight = []
    this.labelled = []
    this.best.fill(Number.POSITIVE_INFINITY)
    this.outerBest.fill(Number.POSITIVE_INFINITY)
    this.makeOuter(blossoms.top[root]!)
    for (;;) {
      while (this.tight.length > 0) {
        const vertex = this.tight.pop()!
        if (sign[vertex]! > 0) this.joinAt(vertex)
        else if (sign[vertex] === 0 && this.best[vertex]! <= this.now && this.reach(vertex)) return this.endStage()
      }
      const next = this.nextTime()
      if (next === Number.POSITIVE_INFINITY) {
        this.endStage()
        return false
      }
      this.now = next
      for (let vertex = 0; vertex < size; vertex += 1) {
        const side = sign[vertex]!
        if (side > 0 && alone[vertex]! - y[vertex]! <= next) {
          this.flip(vertex, -1)
          return this.endStage()
        }
        if (side > 0 ? this.outerBest[vertex]! <= next : side === 0 && this.best[vertex]! <= next) {
          this.tight.push(vertex)
        }
      }
      for (const node of this.labelled) {
        if (this.isInnerBlossom(node) && this.since[node]! + blossoms.dual[node]! / 2 <= next) this.expand(node)
      }
    }
  }

  private isInnerBlossom(node: number): boolean {
    return node >= this.graph.size && this.label[node] === INNER && this.blossoms.isOutermost(node)
  }

  /** When the next edge becomes tight, a vertex can stay alone, or an inner blossom is used up. */
  private nextTime(): number {
    const { size, alone } = this.graph
    const { sign, best, outerBest, outerFrom, y } = this
    const { top, dual } = this.blossoms
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
    for (const node of this.labelled) {
      if (this.isInnerBlossom(node)) next = Math.min(next, this.since[node]! + dual[node]! / 2)
    }
    return next
  }

  /** The vertices of an outermost node that was free join the outer side. */
  private makeOuter(node: number): void {
    const members = this.blossoms.membersOf(node)
    this.setLabel(node, OUTER)
    for (const vertex of members) {
      this.sign[vertex] = 1
      this.y[vertex]! -= this.now
    }
    for (const vertex of members) this.scan(vertex)
  }

  private setLabel(node: number, label: number): void {
    this.label[node] = label
    this.since[node] = this.now
    this.labelled.push(node)
  }

  /** Looks at all edges of a vertex that became outer. */
  private scan(vertex: number): void {
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

  private findOuterBest(vertex: number): void {
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

  /** A tight edge leads to a free vertex: its node becomes inner and its partner outer. True when it has no partner. */
  private reach(vertex: number): boolean {
    const { blossoms, sign, y, best, now } = this
    const node = blossoms.top[vertex]!
    const from = this.bestFrom[vertex]!
    const partner = blossoms.mate[blossoms.base[node]!]!
    if (partner < 0) {
      blossoms.rebase(node, vertex)
      blossoms.mate[vertex] = from
      this.flip(from, vertex)
      return true
    }
    this.setLabel(node, INNER)
    this.reachedFrom[node] = from
    this.reachedAt[node] = vertex
    for (const member of blossoms.membersOf(node)) {
      sign[member] = -1
      y[member]! += now
      best[member]! -= now
    }
    this.makeOuter(blossoms.top[partner]!)
    return false
  }

  /** Matches an outer vertex with `partner` (-1: stays alone), and everybody on its way to the root the other way. */
  private flip(vertex: number, partner: number): void {
    const { blossoms } = this
    const { mate, top, base } = blossoms
    let one = vertex
    let other = partner
    for (;;) {
      const node = top[one]!
      const before = mate[base[node]!]!
      blossoms.rebase(node, one)
      mate[one] = other
      if (before < 0) return
      const inner = top[before]!
      other = this.reachedAt[inner]!
      one = this.reachedFrom[inner]!
      blossoms.rebase(inner, other)
      mate[other] = one
    }
  }

  /** A tight edge may join two outer nodes: then the cycle it closes becomes a blossom. */
  private joinAt(vertex: number): void {
    if (this.outerBest[vertex]! > this.now) return
    const { top, dual } = this.blossoms
    const from = this.outerFrom[vertex]!
    if (top[from] !== top[vertex]) {
      const root = this.meeting(top[from]!, top[vertex]!)
      const [left, leftEdges] = this.wayUp(top[from]!, root)
      const [right, rightEdges] = this.wayUp(top[vertex]!, root)
      const children = [root, ...left.reverse(), ...right]
      const edges = [...leftEdges.reverse(), from, vertex, ...rightEdges]
      const inner = children.filter((node) => this.label[node] === INNER)
      for (const node of children) {
        if (node >= this.graph.size) {
          dual[node]! += (this.label[node] === OUTER ? 2 : -2) * (this.now - this.since[node]!)
        }
      }
      this.setLabel(this.blossoms.join(children, edges), OUTER)
      const turned = inner.flatMap((node) => this.blossoms.membersOf(node))
      for (const member of turned) this.turnOuter(member)
      for (const member of turned) this.scan(member)
    }
    this.findOuterBest(vertex)
  }

  /** An inner vertex becomes outer. */
  private turnOuter(vertex: number): void {
    this.sign[vertex] = 1
    this.y[vertex]! -= 2 * this.now
  }

  /** The first outer node above both. */
  private meeting(one: number, other: number): number {
    this.marks += 1
    let [up, next] = [one, other]
    for (;;) {
      if (up >= 0) {
        if (this.mark[up] === this.marks) return up
        this.mark[up] = this.marks
        up = this.above(up)
      }
      const swap = up
      up = next
      next = swap
    }
  }

  /** The outer node above an outer node, or -1. */
  private above(node: number): number {
    const { mate, base, top } = this.blossoms
    const partner = mate[base[node]!]!
    return partner < 0 ? -1 : top[this.reachedFrom[top[partner]!]!]!
  }

  /** The nodes from an outer one up to below `root`, and the ends of the edges between them and to the root. */
  private wayUp(node: number, root: number): [nodes: number[], edges: number[]] {
    const { mate, base, top } = this.blossoms
    const nodes: number[] = []
    const edges: number[] = []
    for (let outer = node; outer !== root; ) {
      const end = base[outer]!
      const inner = top[mate[end]!]!
      nodes.push(outer, inner)
      edges.push(end, mate[end]!, this.reachedAt[inner]!, this.reachedFrom[inner]!)
      outer = top[this.reachedFrom[inner]!]!
    }
    return [nodes, edges]
  }

  /** An inner blossom is used up: the children on the even way from where it was reached to its base stay in the tree. */
  private expand(blossom: number): void {
    const { blossoms, sign, y, best, now, tight } = this
    const entry = this.reachedAt[blossom]!
    let from = this.reachedFrom[blossom]!
    let at = entry
    const edge = (child: number) => blossoms.edgeAfter(blossom, child)
    const children = blossoms.split(blossom)
    this.label[blossom] = FREE
    const count = children.length
    const rest = new Set(children)
    const outer: number[] = []
    let child = children.indexOf(blossoms.top[entry]!)
    const step = child % 2 === 1 ? 1 : count - 1
    for (;;) {
      const inner = children[child]!
      this.setLabel(inner, INNER)
      this.reachedFrom[inner] = from
      this.reachedAt[inner] = at
      rest.delete(inner)
      if (child === 0) break
      const between = (child + step) % count
      rest.delete(children[between]!)
      outer.push(children[between]!)
      child = (between + step) % count
      if (step === 1) [from, at] = edge(between)
      else [at, from] = edge(child)
    }
    for (const node of rest) {
      this.label[node] = FREE
      for (const member of blossoms.membersOf(node)) {
        sign[member] = 0
        y[member]! -= now
        best[member]! += now
        if (best[member]! <= now) tight.push(member)
      }
    }
    for (const node of outer) {
      this.setLabel(node, OUTER)
      for (const member of blossoms.membersOf(node)) this.turnOuter(member)
    }
    for (const node of outer) for (const member of blossoms.membersOf(node)) this.scan(member)
  }

  /** Writes the stage's time into the duals. */
  private endStage(): true {
    const { blossoms, sign, y, now, label, since } = this
    const { labelled } = this
    for (const node of labelled) {
      if (label[node] === FREE || !blossoms.isOutermost(node)) continue
      const side = label[node] === OUTER ? 1 : -1
      label[node] = FREE
      if (node >= this.graph.size) blossoms.dual[node]! += side * 2 * (now - since[node]!)
      for (const member of blossoms.membersOf(node)) {
        y[member]! += sign[member]! * now
        sign[member] = 0
      }
    }
    for (const node of labelled) if (blossoms.isOutermost(node)) blossoms.splitIdle(node)
    return true
  }
}
