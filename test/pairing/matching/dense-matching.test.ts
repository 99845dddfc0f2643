import blossom from 'edmonds-blossom-fixed'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DenseMatching, type Graph } from '../../../src/pairing/matching/dense-matching.ts'

/** Whole costs up to `most`, some edges missing, some vertices that may stay alone. */
const graphs = (shape: { sizes: fc.Arbitrary<number>; most: number; missing: number; alone: number }) =>
  shape.sizes.chain((size) =>
    fc
      .tuple(
        fc.array(fc.integer({ min: 0, max: shape.most }), { minLength: size * size, maxLength: size * size }),
        fc.array(fc.integer({ min: 0, max: 99 }), { minLength: size * size, maxLength: size * size }),
        fc.array(fc.integer({ min: 0, max: 10 * shape.most }), { minLength: size, maxLength: size }),
        fc.array(fc.integer({ min: 0, max: 99 }), { minLength: size, maxLength: size }),
      )
      .map(([costs, dice, prices, lonely]): Graph => {
        const cost = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY)
        for (let one = 0; one < size; one += 1) {
          for (let other = 0; other < one; other += 1) {
            const at = one * size + other
            if ((dice[at] ?? 0) < shape.missing) continue
            cost[at] = costs[at] ?? 0
            cost[other * size + one] = costs[at] ?? 0
          }
        }
        const alone = Float64Array.from(prices, (price, at) =>
          (lonely[at] ?? 0) < shape.alone ? price : Number.POSITIVE_INFINITY,
        )
        return { size, cost, alone }
      }),
  )

const cheapest = ({ size, cost, alone }: Graph): number => {
  const known = new Map<number, number>()
  const least = (people: number): number => {
    if (people === 0) return 0
    const before = known.get(people)
    if (before !== undefined) return before
    const low = 31 - Math.clz32(people & -people)
    const rest = people & ~(1 << low)
    let found = (alone[low] ?? 0) + least(rest)
    for (let other = low + 1; other < size; other += 1) {
      if ((rest >> other) & 1) found = Math.min(found, (cost[low * size + other] ?? 0) + least(rest & ~(1 << other)))
    }
    known.set(people, found)
    return found
  }
  return least(2 ** size - 1)
}

it('is the cheapest matching, and its duals prove it', () => {
  const small = (most: number) => graphs({ sizes: fc.integer({ min: 1, max: 10 }), most, missing: 40, alone: 70 })
  fc.assert(
    fc.property(fc.oneof(small(1), small(4), small(1_000)), (graph) => {
      const matching = new DenseMatching(graph)
      const least = cheapest(graph)
      const solved = matching.solve()
      expect(solved).toBe(least < Number.POSITIVE_INFINITY)
      if (!solved) return
      expect(matching.value()).toBe(least)
      expect(matching.bound()).toBe(least)
      for (let one = 0; one < graph.size; one += 1) {
        expect(matching.y[one]).toBeLessThanOrEqual(graph.alone[one] ?? 0)
        for (let other = 0; other < one; other += 1) expect(matching.slack(one, other)).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 2_000 },
  )
})

it('costs what the one of edmonds-blossom-fixed costs, for up to 60 vertices', () => {
  const complete = (most: number) =>
    graphs({ sizes: fc.integer({ min: 1, max: 30 }).map((half) => 2 * half), most, missing: 0, alone: 0 })
  fc.assert(
    fc.property(fc.oneof(complete(2), complete(10), complete(100_000)), (graph) => {
      const matching = new DenseMatching(graph)
      expect(matching.solve()).toBe(true)
      const edges: [number, number, number][] = []
      for (let one = 0; one < graph.size; one += 1) {
        for (let other = 0; other < one; other += 1) {
          edges.push([other, one, -(graph.cost[one * graph.size + other] ?? 0)])
        }
      }
      const partners = blossom(edges, true)
      const theirs = edges.reduce((sum, [one, other, weight]) => (partners[one] === other ? sum - weight : sum), 0)
      expect(matching.value()).toBe(theirs)
      expect(matching.bound()).toBe(theirs)
    }),
    { numRuns: 300 },
  )
})
