/** Which nodes are in a search tree, on which side, and how each was reached. */
import type { Blossoms } from './blossoms.ts'

export const FREE = 0
export const OUTER = 1
export const INNER = 2

export class TreeLabels {
  /** Of outermost nodes: FREE, OUTER or INNER, since when, and the edge an inner one was reached by. */
  readonly label: Int8Array
  readonly since: Float64Array
  readonly reachedFrom: Int32Array
  readonly reachedAt: Int32Array
  labelled: number[] = []
  private readonly blossoms: Blossoms
  private readonly mark: Int32Array
  private marks = 0

  constructor(blossoms: Blossoms) {
    const { nodes } = blossoms
    this.blossoms = blossoms
    this.label = new Int8Array(nodes)
    this.since = new Float64Array(nodes)
    this.reachedFrom = new Int32Array(nodes)
    this.reachedAt = new Int32Array(nodes)
    this.mark = new Int32Array(nodes)
  }

  set(node: number, label: number, now: number): void {
    this.label[node] = label
    this.since[node] = now
    this.labelled.push(node)
  }

  /** The first outer node above both. */
  meeting(one: number, other: number): number {
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
  wayUp(node: number, root: number): [nodes: number[], edges: number[]] {
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
}
