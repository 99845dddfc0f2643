/**
 * Making a large arrangement better, as far as it costs more than the bound: first by exchanging people of the groups
 * that cost something with anybody, which is cheap and mends most; then window by window, some hundred people at once
 * seated exactly. Everything is counted in steps, never in time, so that the same seed gives the same answer.
 */
import type { Random } from '../../platform/random.ts'
import type { Arrangement } from './arrangement.ts'
import { shuffled } from './construction.ts'
import { TIERS } from './cost.ts'
import { solveWith } from './exact.ts'
import { unitsFor } from './graph.ts'
import type { Objective } from './input.ts'

/** Tries for one group, and how often all groups that cost something are gone through. */
const TRIES = 40
const SWEEPS = 40
/** Pairs in a window, windows in vain until it is enough, and windows at most. */
const WINDOW = 160
const IN_VAIN = 12
const WINDOWS = 600

type Tier = keyof Objective

/**
 * Exchanges people of the groups that cost something with anybody, until the arrangement is as good as the bound or that
 * helps no more. Tier by tier, because nothing after the first one above the bound counts until it is as low as it will go.
 */
export function mend(arrangement: Arrangement, bound: Objective, random: Random): void {
  for (const tier of TIERS) {
    for (let round = 0; round < SWEEPS && arrangement.sumOf(tier) > bound[tier]; round += 1) {
      if (!sweep(arrangement, tier, random)) break
    }
  }
}

/** Seats some hundred people at once exactly, those that cost something among them, until that helps no more. */
export function improveByWindows(arrangement: Arrangement, bound: Objective, random: Random): void {
  let windows = WINDOWS
  for (const tier of TIERS) {
    for (let inVain = 0; inVain < IN_VAIN && windows > 0 && arrangement.sumOf(tier) > bound[tier]; windows -= 1) {
      inVain = seatExactly(arrangement, chooseWindow(arrangement, tier, windows, random)) ? 0 : inVain + 1
    }
  }
}

/** Goes through the groups that cost something in this tier; false when that helped few of them. */
function sweep(arrangement: Arrangement, tier: Tier, random: Random): boolean {
  const { order } = arrangement
  let better = 0
  const costly = costlyGroups(arrangement, tier)
  for (const at of shuffled(costly.length, random)) {
    const group = costly[at]!
    // A trio can take what no pair can, and chance alone would hardly find it.
    for (let seat = 2 * arrangement.groups - 2; order.length % 2 === 1 && seat < order.length; seat += 1) {
      if (arrangement.exchange(2 * group + random.below(2), seat)) better += 1
    }
    for (let tried = 0; tried < TRIES && arrangement.costIn(group, tier) > 0; tried += 1) {
      if (arrangement.exchange(2 * group + random.below(2), random.below(order.length))) better += 1
    }
  }
  return better * 50 >= costly.length
}

function costlyGroups(arrangement: Arrangement, tier: Tier): number[] {
  const found: number[] = []
  for (let group = 0; group < arrangement.groups; group += 1) {
    if (arrangement.costIn(group, tier) > 0) found.push(group)
  }
  return found
}

/** Groups: up to half of them such as cost something in this tier, the others any; a trio every few windows. */
function chooseWindow(arrangement: Arrangement, tier: Tier, window: number, random: Random): Set<number> {
  const odd = arrangement.order.length % 2 === 1
  const pairs = odd ? arrangement.groups - 1 : arrangement.groups
  const costly = costlyGroups(arrangement, tier)
  const chosen = new Set<number>()
  for (let draw = 0; draw < WINDOW / 2 && costly.length > 0; draw += 1) chosen.add(costly[random.below(costly.length)]!)
  const size = Math.min(WINDOW, pairs)
  while (chosen.size < size) chosen.add(random.below(pairs))
  chosen.delete(pairs)
  // Last, where a trio belongs.
  if (odd && window % 4 === 0) chosen.add(pairs)
  return chosen
}

/** True when the people of these groups are better off after. */
function seatExactly(arrangement: Arrangement, chosen: Set<number>): boolean {
  const { order, round } = arrangement
  const seats = Array.from(chosen).flatMap((group) => arrangement.seatsOf(group))
  const people = Int32Array.from(seats, (seat) => order[seat]!)
  const waited = people.reduce((sum, person) => sum + round.waited[person]!, 0)
  const units = unitsFor(people.length, waited) ?? unitsFor(people.length, 0)
  if (!units) throw new RangeError(`a window of ${people.length} people is too large`)
  const seat = (sitting: Int32Array) => {
    for (const [at, person] of sitting.entries()) order[seats[at]!] = person
    arrangement.reckon(chosen)
    return Array.from(chosen).reduce((sum, group) => sum + arrangement.cost[group]!, 0)
  }
  const before = seat(people)
  if (seat(solveWith(round, people, units).order) < before) return true
  seat(people)
  return false
}
