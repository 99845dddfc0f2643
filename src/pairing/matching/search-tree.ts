/** The tree by which one vertex more finds its partner: a stage of Edmonds' method. */
import type { Blossoms } from './blossoms.ts'
import type { Graph } from './dense-matching.ts'
import { Frontier } from './frontier.ts'
import { FREE, INNER, OUTER, TreeLabels } from './tree-labels.ts'

export class SearchTree {
  private readonly graph: Graph
  private readonly blossoms: Blossoms
  private readonly y: Float64Array
  private readonly frontier: Frontier
  private readonly labels: TreeLabels

  /** It changes the blossoms, with who is matched with whom, and the duals `y`. */
  constructor(graph: Graph, blossoms: Blossoms, y: Float64Array) {
    this.graph = graph
    this.blossoms = blossoms
    this.y = y
    this.frontier = new Frontier(graph, blossoms, y)
    this.labels = new TreeLabels(blossoms)
  }

  /** Entries of the matrix looked at. */
  get steps(): number {
    return this.frontier.steps
  }

  /** Finds a partner for one more vertex, or somebody to stay alone in its stead; false when there is neither. */
  grow(root: number): boolean {
    const { size, alone } = this.graph
    const { y, blossoms, frontier, labels } = this
    const { sign, best, outerBest } = frontier
    frontier.begin()
    labels.labelled = []
    this.makeOuter(blossoms.top[root]!)
    for (;;) {
      while (frontier.tight.length > 0) {
        const vertex = frontier.tight.pop()!
        if (sign[vertex]! > 0) this.joinAt(vertex)
        else if (sign[vertex] === 0 && best[vertex]! <= frontier.now && this.reach(vertex)) return this.endStage()
      }
      const next = this.nextTime()
      if (next === Number.POSITIVE_INFINITY) {
        this.endStage()
        return false
      }
      frontier.now = next
      for (let vertex = 0; vertex < size; vertex += 1) {
        const side = sign[vertex]!
        if (side > 0 && alone[vertex]! - y[vertex]! <= next) {
          this.flip(vertex, -1)
          return this.endStage()
        }
        if (side > 0 ? outerBest[vertex]! <= next : side === 0 && best[vertex]! <= next) {
          frontier.tight.push(vertex)
        }
      }
      for (const node of labels.labelled) {
        if (this.isInnerBlossom(node) && labels.since[node]! + blossoms.dual[node]! / 2 <= next) this.expand(node)
      }
    }
  }

  private isInnerBlossom(node: number): boolean {
    return node >= this.graph.size && this.labels.label[node] === INNER && this.blossoms.isOutermost(node)
  }

  /** When the next edge becomes tight, a vertex can stay alone, or an inner blossom is used up. */
  private nextTime(): number {
    const { dual } = this.blossoms
    let next = this.frontier.nextTime()
    for (const node of this.labels.labelled) {
      if (this.isInnerBlossom(node)) next = Math.min(next, this.labels.since[node]! + dual[node]! / 2)
    }
    return next
  }

  /** The vertices of an outermost node that was free join the outer side. */
  private makeOuter(node: number): void {
    const members = this.blossoms.membersOf(node)
    const { frontier, labels, y } = this
    labels.set(node, OUTER, frontier.now)
    for (const vertex of members) {
      frontier.sign[vertex] = 1
      y[vertex]! -= frontier.now
    }
    for (const vertex of members) frontier.scan(vertex)
  }

  /** A tight edge leads to a free vertex: its node becomes inner and its partner outer. True when it has no partner. */
  private reach(vertex: number): boolean {
    const { blossoms, frontier, labels, y } = this
    const { sign, best, now } = frontier
    const node = blossoms.top[vertex]!
    const from = frontier.bestFrom[vertex]!
    const partner = blossoms.mate[blossoms.base[node]!]!
    if (partner < 0) {
      blossoms.rebase(node, vertex)
      blossoms.mate[vertex] = from
      this.flip(from, vertex)
      return true
    }
    labels.set(node, INNER, now)
    labels.reachedFrom[node] = from
    labels.reachedAt[node] = vertex
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
    const { blossoms, labels } = this
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
      other = labels.reachedAt[inner]!
      one = labels.reachedFrom[inner]!
      blossoms.rebase(inner, other)
      mate[other] = one
    }
  }

  /** A tight edge may join two outer nodes: then the cycle it closes becomes a blossom. */
  private joinAt(vertex: number): void {
    const { frontier, labels } = this
    const { now } = frontier
    if (frontier.outerBest[vertex]! > now) return
    const { top, dual } = this.blossoms
    const from = frontier.outerFrom[vertex]!
    if (top[from] !== top[vertex]) {
      const root = labels.meeting(top[from]!, top[vertex]!)
      const [left, leftEdges] = labels.wayUp(top[from]!, root)
      const [right, rightEdges] = labels.wayUp(top[vertex]!, root)
      const children = [root, ...left.reverse(), ...right]
      const edges = [...leftEdges.reverse(), from, vertex, ...rightEdges]
      const inner = children.filter((node) => labels.label[node] === INNER)
      for (const node of children) {
        if (node >= this.graph.size) {
          dual[node]! += (labels.label[node] === OUTER ? 2 : -2) * (now - labels.since[node]!)
        }
      }
      labels.set(this.blossoms.join(children, edges), OUTER, now)
      const turned = inner.flatMap((node) => this.blossoms.membersOf(node))
      for (const member of turned) this.turnOuter(member)
      for (const member of turned) frontier.scan(member)
    }
    frontier.findOuterBest(vertex)
  }

  /** An inner vertex becomes outer. */
  private turnOuter(vertex: number): void {
    this.frontier.sign[vertex] = 1
    this.y[vertex]! -= 2 * this.frontier.now
  }

  /** An inner blossom is used up: the children on the even way from where it was reached to its base stay in the tree. */
  private expand(blossom: number): void {
    const { blossoms, frontier, labels, y } = this
    const { sign, best, now, tight } = frontier
    const entry = labels.reachedAt[blossom]!
    let from = labels.reachedFrom[blossom]!
    let at = entry
    const edge = (child: number) => blossoms.edgeAfter(blossom, child)
    const children = blossoms.split(blossom)
    labels.label[blossom] = FREE
    const count = children.length
    const rest = new Set(children)
    const outer: number[] = []
    let child = children.indexOf(blossoms.top[entry]!)
    const step = child % 2 === 1 ? 1 : count - 1
    for (;;) {
      const inner = children[child]!
      labels.set(inner, INNER, now)
      labels.reachedFrom[inner] = from
      labels.reachedAt[inner] = at
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
      labels.label[node] = FREE
      for (const member of blossoms.membersOf(node)) {
        sign[member] = 0
        y[member]! -= now
        best[member]! += now
        if (best[member]! <= now) tight.push(member)
      }
    }
    for (const node of outer) {
      labels.set(node, OUTER, now)
      for (const member of blossoms.membersOf(node)) this.turnOuter(member)
    }
    for (const node of outer) for (const member of blossoms.membersOf(node)) frontier.scan(member)
  }

  /** Writes the stage's time into the duals. */
  private endStage(): true {
    const { blossoms, y } = this
    const { sign, now } = this.frontier
    const { label, labelled, since } = this.labels
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
