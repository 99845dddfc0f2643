/**
 * What no grouping can beat, proven without looking for one.
 *
 * Knowing people by kind alone (`kinds.ts`) forgets who met whom, which can only make things cheaper. Transport of the
 * kinds to each other gives a price y for a person of each kind such that no pair costs less than its two prices, so
 * everybody's prices together are a bound. What a pair costs above its prices is its excess. Kinds joined by pairs
 * without excess form a region; a region with an odd number of people must pair somebody across its border, so the
 * cheapest way to join all odd regions comes on top.
 */
import { compareObjectives, nothing } from './cost.ts'
import { DenseMatching } from './dense-matching.ts'
import type { Objective } from './input.ts'
import { type Kinds, kindsOf } from './kinds.ts'
import { AVOIDED } from './links.ts'
import type { Round } from './round.ts'
import { transportPrices } from './transport.ts'

/** A lower bound of the objective of any grouping. */
export function boundOf(round: Round): Objective {
  const { people, waited } = whoCanBeGrouped(round)
  const total = people.length
  const left = round.n - total
  // With an odd one out nobody knows who: all that is sure is that it costs somebody's place.
  const oneMore = total % 2 === 1 && (round.n % 2 === 0 || total < 3)
  const base = { ...nothing(), unpaired: left + (oneMore ? 1 : 0), waited }
  if (oneMore || total < 2) return base
  const byTeams = { ...base, sameTeam: surplus(round, people) }
  // At most 3 for the time zone in each pair, and a trio has two more pairs.
  const sameTeam = 3 * ((total >> 1) + 2) + 1
  const packed = worthOf(kindsOf(round, people, sameTeam))
  const byKinds = { ...base, sameTeam: Math.floor(packed / sameTeam), timezone: packed % sameTeam }
  return compareObjectives(byKinds, byTeams) > 0 ? byKinds : byTeams
}

/** Who avoids all others, or is avoided by them, is left out for certain. */
function whoCanBeGrouped({ n, start, links, waited }: Round): { people: Int32Array; waited: number } {
  const avoided = new Int32Array(n)
  for (let low = 0; low < n; low += 1) {
    for (let at = start[low]!; at < start[low + 1]!; at += 1) {
      if ((links[at]! & 7) !== AVOIDED) continue
      avoided[low]! += 1
      avoided[links[at]! >> 3]! += 1
    }
  }
  const everybody = Int32Array.from({ length: n }, (_, person) => person)
  const out = everybody.filter((person) => avoided[person] === n - 1)
  return {
    people: everybody.filter((person) => avoided[person]! < n - 1),
    waited: out.reduce((sum, person) => sum + waited[person]!, 0),
  }
}

/** A team of more than half of all meets itself that often at least, also where an odd number makes a trio. */
function surplus({ team, teams }: Round, people: Int32Array): number {
  const sizes = new Int32Array(teams)
  for (const person of people) sizes[team[person]!]! += 1
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0)
  return Math.max(0, Math.ceil(largest - people.length / 2))
}

/** A price for each kind; no pair costs less than the prices of its two. Null where somebody can pair with nobody. */
export function pricesOf({ amount, cost }: Kinds): Float64Array | null {
  const prices = transportPrices(amount, cost)
  if (!prices) return null
  // The table is the same both ways, so the mean of both prices serves on either side.
  return prices.from.map((from, kind) => (from + prices.to[kind]!) / 2)
}

function worthOf(kinds: Kinds): number {
  const { amount, cost } = kinds
  const price = pricesOf(kinds)
  if (!price) return 0
  const size = amount.length
  const worth = price.reduce((sum, each, kind) => sum + each * amount[kind]!, 0)
  const excess = cost.map((each, at) => each - price[Math.floor(at / size)]! - price[at % size]!)
  return Math.max(0, Math.ceil(worth + joiningOddRegions(amount, excess)))
}

function joiningOddRegions(amount: Float64Array, excess: Float64Array): number {
  const size = amount.length
  // Regions are what is at distance nought. Excess that is paid on the way is paid all the same.
  const distance = excess.slice()
  for (let middle = 0; middle < size; middle += 1) {
    for (let one = 0; one < size; one += 1) {
      const first = distance[one * size + middle]!
      for (let other = 0; other < size; other += 1) {
        const way = first + distance[middle * size + other]!
        if (way < distance[one * size + other]!) distance[one * size + other] = way
      }
    }
  }
  const region = Int32Array.from(amount, (_, kind) => {
    for (let other = 0; other < kind; other += 1) if (distance[kind * size + other] === 0) return other
    return kind
  })
  const people = new Float64Array(size)
  for (let kind = 0; kind < size; kind += 1) people[region[kind]!]! += amount[kind]!
  const odd = Array.from(people.keys()).filter((kind) => people[kind]! % 2 === 1)
  const graph = {
    size: odd.length,
    cost: new Float64Array(odd.length ** 2).fill(Number.POSITIVE_INFINITY),
    alone: new Float64Array(odd.length).fill(Number.POSITIVE_INFINITY),
  }
  for (const [one, from] of odd.entries()) {
    for (const [other, to] of odd.entries()) {
      if (one !== other) graph.cost[one * odd.length + other] = distance[from * size + to]!
    }
  }
  const matching = new DenseMatching(graph)
  return matching.solve() ? matching.bound() : 0
}
