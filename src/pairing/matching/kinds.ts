/** People by kind: their time zone, and their team where it may matter. Two of known kinds cost at least a known sum. */
import type { Round } from './round.ts'

export interface Kinds {
  /** How many people of each kind. With an odd number of people the last kind is a ghost, the trio's third's partner. */
  amount: Float64Array
  /** What a pair of two kinds costs at least; of one kind, Infinity when there is only one such person. */
  cost: Float64Array
  /** The kind of each of the people. */
  kind: Int32Array
}

/** Teams that are kinds of their own; more of them make the bound slow to reckon. */
const MOST_TEAMS = 24

/** `sameTeam` is what a pair of one team costs beside the time zone. */
export function kindsOf(round: Round, people: Int32Array, sameTeam: number): Kinds {
  const { zones, team, zone, zoneCost } = round
  const kept = teamsThatMatter(round, people)
  const numbers = new Map<number, number>()
  const amounts: number[] = []
  const kind = people.map((person) => {
    const key = (kept.get(team[person]!) ?? 0) * zones + zone[person]!
    const known = numbers.get(key)
    if (known !== undefined) {
      amounts[known]! += 1
      return known
    }
    numbers.set(key, amounts.length)
    amounts.push(1)
    return amounts.length - 1
  })
  const ghosts = people.length % 2
  const size = amounts.length + ghosts
  const cost = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY)
  const keys = [...numbers.keys()]
  for (const [one, oneKey] of keys.entries()) {
    for (const [other, otherKey] of keys.entries()) {
      if (one === other && amounts[one]! < 2) continue
      const ownTeam = Math.floor(oneKey / zones)
      const together = ownTeam > 0 && ownTeam === Math.floor(otherKey / zones)
      cost[one * size + other] = zoneCost[(oneKey % zones) * zones + (otherKey % zones)]! + (together ? sameTeam : 0)
    }
  }
  if (ghosts > 0) {
    amounts.push(1)
    // The third of a trio has two partners, each at least as dear as the cheapest.
    for (let kind = 0; kind < size - 1; kind += 1) {
      const least = cost.subarray(kind * size, kind * size + size - 1).reduce((min, next) => Math.min(min, next))
      cost[kind * size + size - 1] = 2 * least
      cost[(size - 1) * size + kind] = 2 * least
    }
  }
  return { amount: Float64Array.from(amounts), cost, kind }
}

/**
 * Numbers from 1 for the teams that could keep a time zone from pairing within itself: those with the largest share of
 * one, or of everybody. All others count as one team whose people may meet.
 */
function teamsThatMatter({ team, zone, zones, teams }: Round, people: Int32Array): Map<number, number> {
  const inZone = new Float64Array(zones)
  const inTeam = new Map<number, number>()
  const inBoth = new Map<number, number>()
  for (const person of people) {
    const key = team[person]! * zones + zone[person]!
    inZone[zone[person]!]! += 1
    inTeam.set(team[person]!, (inTeam.get(team[person]!) ?? 0) + 1)
    inBoth.set(key, (inBoth.get(key) ?? 0) + 1)
  }
  const share = new Float64Array(teams)
  for (const [key, count] of inBoth) {
    if (count < 2) continue
    const own = Math.floor(key / zones)
    share[own] = Math.max(share[own]!, count / inZone[key % zones]!)
  }
  for (const [own, count] of inTeam) if (count > 1) share[own] = Math.max(share[own]!, (2 * count) / people.length)
  const ranked = Array.from(inTeam.keys())
    .filter((own) => share[own]! > 0.2)
    .sort((one, other) => share[other]! - share[one]! || one - other)
  return new Map(ranked.slice(0, MOST_TEAMS).map((own, index) => [own, index + 1]))
}
