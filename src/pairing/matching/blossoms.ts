/**
 * Odd sets of vertices that are treated as one: the blossoms of a matching, nested in each other.
 *
 * Nodes 0 to n - 1 are the vertices, nodes from n on are blossoms. The children of a blossom form a cycle; `edges[2k]`
 * and `edges[2k + 1]` are the ends of the edge from child k to child k + 1. Child 0 holds the base, the one vertex not
 * matched inside; children 1 and 2, 3 and 4 and so on are matched with each other.
 */
export class Blossoms {
  /** The partner of each vertex, or -1. */
  readonly mate: Int32Array
  /** The outermost node around each vertex. */
  readonly top: Int32Array
  /** Of each node: the blossom around it or -1, its base, the dual value of the blossom. */
  readonly parent: Int32Array
  readonly base: Int32Array
  readonly dual: Float64Array
  private readonly n: number
  private readonly children: number[][] = []
  private readonly edges: number[][] = []
  private readonly members: number[][]
  private readonly free: number[]

  constructor(n: number) {
    const nodes = n + (n >> 1) + 1
    this.n = n
    this.mate = new Int32Array(n).fill(-1)
    this.top = Int32Array.from({ length: n }, (_, vertex) => vertex)
    this.parent = new Int32Array(nodes).fill(-1)
    this.base = Int32Array.from({ length: nodes }, (_, node) => node)
    this.dual = new Float64Array(nodes)
    this.members = Array.from({ length: n }, (_, vertex) => [vertex])
    this.free = Array.from({ length: nodes - n }, (_, at) => nodes - 1 - at)
  }

  get nodes(): number {
    return this.parent.length
  }

  membersOf(node: number): readonly number[] {
    return this.members[node]!
  }

  /** True for what is there, and in no blossom. */
  isOutermost(node: number): boolean {
    return this.top[this.members[node]![0]!] === node
  }

  /** The ends of the edge from a child to the next one. */
  edgeAfter(blossom: number, child: number): [from: number, to: number] {
    const edges = this.edges[blossom]!
    return [edges[2 * child]!, edges[2 * child + 1]!]
  }

  /** The blossom of this cycle, whose first child holds the base. */
  join(children: number[], edges: number[]): number {
    const blossom = this.free.pop()!
    this.children[blossom] = children
    this.edges[blossom] = edges
    const members: number[] = []
    for (const child of children) {
      this.parent[child] = blossom
      for (const vertex of this.members[child]!) members.push(vertex)
    }
    for (const vertex of members) this.top[vertex] = blossom
    this.members[blossom] = members
    this.base[blossom] = this.base[children[0]!]!
    this.dual[blossom] = 0
    return blossom
  }

  /** Takes an outermost blossom apart; its children are outermost then. */
  split(blossom: number): readonly number[] {
    const children = this.children[blossom]!
    for (const child of children) {
      this.parent[child] = -1
      for (const vertex of this.members[child]!) this.top[vertex] = child
    }
    this.free.push(blossom)
    return children
  }

  /** Takes an outermost blossom apart, and what is in it, as far as their dual values are nought. */
  splitIdle(blossom: number): void {
    if (blossom < this.n || this.dual[blossom] !== 0) return
    for (const child of this.split(blossom)) this.splitIdle(child)
  }

  /** Changes who is matched with whom inside, so that `vertex` is the one left over. */
  rebase(node: number, vertex: number): void {
    if (node < this.n || this.base[node] === vertex) return
    const children = this.children[node]!
    const edges = this.edges[node]!
    const count = children.length
    let child = vertex
    while (this.parent[child] !== node) child = this.parent[child]!
    const first = children.indexOf(child)
    this.rebase(child, vertex)
    // The even way round to the old base changes sides: up from an odd child, down from an even one.
    const [from, to] = first % 2 === 1 ? [first + 1, count - 1] : [0, first - 2]
    for (let at = from; at <= to; at += 2) {
      const one = edges[2 * at]!
      const other = edges[2 * at + 1]!
      this.rebase(children[at]!, one)
      this.rebase(children[(at + 1) % count]!, other)
      this.mate[one] = other
      this.mate[other] = one
    }
    this.children[node] = [...children.slice(first), ...children.slice(0, first)]
    this.edges[node] = [...edges.slice(2 * first), ...edges.slice(0, 2 * first)]
    this.base[node] = vertex
  }

  /** Sum of the dual values of the blossoms around both vertices. */
  dualAround(one: number, other: number): number {
    if (this.top[one] !== this.top[other]) return 0
    let sum = 0
    let node = other
    const around = new Set<number>()
    for (let up = this.parent[one]!; up >= 0; up = this.parent[up]!) around.add(up)
    for (node = this.parent[other]!; node >= 0; node = this.parent[node]!) if (around.has(node)) sum += this.dual[node]!
    return sum
  }

  /** What the blossoms take from the dual objective. */
  dualCost(): number {
    let sum = 0
    const seen = new Set<number>()
    for (let vertex = 0; vertex < this.n; vertex += 1) {
      for (let up = this.parent[vertex]!; up >= 0 && !seen.has(up); up = this.parent[up]!) {
        seen.add(up)
        sum += this.dual[up]! * ((this.members[up]!.length - 1) / 2)
      }
    }
    return sum
  }
}
