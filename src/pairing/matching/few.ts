/**
 * A dozen people at most: all groupings are counted, and one of the best is drawn, each as likely as any other.
 *
 * For each set of people still to be placed, what the best way to place them costs and how many such ways there are:
 * its lowest person stays out, or is paired, or makes the trio, and the rest is a smaller set.
 */
import type { Random } from '../../platform/random.ts'
import { AVOIDED, REPEAT } from './links.ts'
import { linkOf, type Round } from './round.ts'

export const FEW = 12

/** The tiers in one number: at most 8 pairs inside groups, and 12 people of a million rounds of waiting each. */
const REPEATED = 2 ** 5
const SAME_TEAM = 2 ** 15
const WAITED = 2 ** 19
const LEFT_OUT = 2 ** 43

interface Choice {
  cost: number
  ways: number
  /** The people placed, and whether they make up a trio. */
  placed: number
}

/** The groups as lists of people; who is in none of them is left out. For at most FEW people. */
export function chooseAmongFew(round: Round, random: Random): number[][] {
  const { n } = round
  const full = 2 ** n - 1
  const pairs = Array.from({ length: n * n }, (_, at) => pairCost(round, Math.floor(at / n), at % n))
  // The second half of the table is what is left when the trio is made.
  const cost = new Float64Array(2 * (full + 1))
  const ways = new Float64Array(2 * (full + 1)).fill(0)
  ways[0] = 1
  ways[full + 1] = 1
  const choices = (people: number, made: number): Choice[] => {
    const found: Choice[] = []
    const low = lowest(people)
    const add = (placed: number, price: number, after: number) => {
      const rest = (people & ~placed) + after * (full + 1)
      if (price < Number.POSITIVE_INFINITY) found.push({ cost: price + cost[rest]!, ways: ways[rest]!, placed })
    }
    add(1 << low, LEFT_OUT + WAITED * round.waited[low]!, made)
    for (let b = low + 1; b < n; b += 1) {
      if (((people >> b) & 1) === 0) continue
      add((1 << low) | (1 << b), pairs[low * n + b]!, made)
      for (let c = b + 1; c < n && made === 0; c += 1) {
        if (((people >> c) & 1) === 0) continue
        add((1 << low) | (1 << b) | (1 << c), pairs[low * n + b]! + pairs[low * n + c]! + pairs[b * n + c]!, 1)
      }
    }
    return found
  }
  // Only an odd number of people may make a trio.
  const even = n % 2 === 0
  for (const made of even ? [1] : [1, 0]) {
    for (let people = 1; people <= full; people += 1) {
      const all = choices(people, made)
      const least = Math.min(...all.map((choice) => choice.cost))
      const at = people + made * (full + 1)
      cost[at] = least
      for (const choice of all) if (choice.cost === least) ways[at]! += choice.ways
    }
  }
  const groups: number[][] = []
  let made = even ? 1 : 0
  for (let people = full; people > 0; ) {
    const at = people + made * (full + 1)
    let ticket = random.below(ways[at]!)
    const chosen = choices(people, made).find((choice) => {
      if (choice.cost !== cost[at]!) return false
      ticket -= choice.ways
      return ticket < 0
    })
    if (!chosen) throw new Error('the ways do not add up')
    const group = Array.from({ length: n }, (_, person) => person).filter((person) => (chosen.placed >> person) & 1)
    if (group.length > 1) groups.push(group)
    if (group.length === 3) made = 1
    people &= ~chosen.placed
  }
  return groups
}

const lowest = (people: number): number => 31 - Math.clz32(people & -people)

function pairCost(round: Round, one: number, other: number): number {
  if (one === other) return Number.POSITIVE_INFINITY
  const link = linkOf(round, one, other)
  if (link === AVOIDED) return Number.POSITIVE_INFINITY
  const sameTeam = round.team[one] === round.team[other] ? SAME_TEAM : 0
  return sameTeam + REPEAT[link]! * REPEATED + round.zoneCost[round.zone[one]! * round.zones + round.zone[other]!]!
}
