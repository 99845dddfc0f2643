/**
 * The cheapest way to bring what is supplied to where it is wanted, and the prices that prove it: successive shortest
 * paths over a dense table. Each kind supplies as much as it wants, so the table's two sides are the same kinds; half of
 * what this costs is the least any fractional matching of them can cost.
 */

/** Prices with `from[p] + to[q] <= cost[p, q]` whose worth, `amount` times both, is as large as possible. */
export interface Prices {
  from: Float64Array
  to: Float64Array
}

/** `cost` has amount.length squared entries, Infinity where nothing can go. Null when not everything can be brought. */
export function transportPrices(amount: Float64Array, cost: Float64Array): Prices | null {
  const kinds = amount.length
  const left = amount.slice()
  const wanted = amount.slice()
  const from = new Float64Array(kinds)
  const to = new Float64Array(kinds).fill(Number.POSITIVE_INFINITY)
  for (let at = 0; at < cost.length; at += 1) to[at % kinds] = Math.min(to[at % kinds]!, cost[at]!)
  if (to.includes(Number.POSITIVE_INFINITY)) return null
  const flow = new Float64Array(kinds * kinds)
  for (let source = 0; source < kinds; source += 1) {
    while (left[source]! > 0) {
      const path = shortestPath({ kinds, cost, from, to, flow, wanted }, source)
      if (!path) return null
      let amountSent = Math.min(left[source]!, wanted[path.end]!)
      for (const [row, column, back] of path.edges) {
        if (back) amountSent = Math.min(amountSent, flow[row * kinds + column]!)
      }
      for (const [row, column, back] of path.edges) flow[row * kinds + column]! += back ? -amountSent : amountSent
      left[source]! -= amountSent
      wanted[path.end]! -= amountSent
    }
  }
  return { from, to }
}

interface State {
  kinds: number
  cost: Float64Array
  from: Float64Array
  to: Float64Array
  flow: Float64Array
  wanted: Float64Array
}

/** Dijkstra's from a row to the nearest column that wants something; the prices are raised so that the way is free. */
function shortestPath(state: State, source: number): { end: number; edges: [number, number, boolean][] } | null {
  const { kinds, cost, from, to, flow, wanted } = state
  const far = Number.POSITIVE_INFINITY
  const rowDistance = new Float64Array(kinds).fill(far)
  const distance = new Float64Array(kinds).fill(far)
  const reachedFrom = new Int32Array(kinds).fill(-1)
  const rowFrom = new Int32Array(kinds).fill(-1)
  const done = new Uint8Array(kinds)
  const rows = [source]
  rowDistance[source] = 0
  let end = -1
  while (end < 0) {
    for (const row of rows.splice(0)) {
      for (let column = 0; column < kinds; column += 1) {
        const next = rowDistance[row]! + cost[row * kinds + column]! - from[row]! - to[column]!
        if (next >= distance[column]!) continue
        distance[column] = next
        reachedFrom[column] = row
      }
    }
    let nearest = -1
    for (let column = 0; column < kinds; column += 1) {
      if (done[column] === 0 && distance[column]! < far && (nearest < 0 || distance[column]! < distance[nearest]!)) {
        nearest = column
      }
    }
    if (nearest < 0) return null
    done[nearest] = 1
    if (wanted[nearest]! > 0) end = nearest
    for (let row = 0; row < kinds; row += 1) {
      if (flow[row * kinds + nearest]! <= 0 || rowDistance[row]! <= distance[nearest]!) continue
      rowDistance[row] = distance[nearest]!
      rowFrom[row] = nearest
      rows.push(row)
    }
  }
  const length = distance[end]!
  for (let kind = 0; kind < kinds; kind += 1) {
    if (rowDistance[kind]! < length) from[kind]! += length - rowDistance[kind]!
    if (distance[kind]! < length) to[kind]! -= length - distance[kind]!
  }
  const edges: [number, number, boolean][] = []
  for (let column = end; column >= 0; ) {
    const row = reachedFrom[column]!
    edges.push([row, column, false])
    const before = rowFrom[row]!
    if (before >= 0) edges.push([row, before, true])
    column = before
  }
  return { end, edges }
}
