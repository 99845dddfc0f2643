/**
 * Who sits where: pairs on seats 0 and 1, 2 and 3 and so on, with an odd number of people a trio on the last three.
 *
 * Everybody has a seat. Two people who avoid each other may share a pair's seats: then both are left out, and that is
 * what it costs; a trio with such a pair in it is the best pair there is, and one left out. So nothing but exchanges
 * of seats is needed to reach every grouping.
 */
import type { Random } from '../../platform/random.ts'
import { nothing, TIERS } from './cost.ts'
import type { Objective } from './input.ts'
import { AVOIDED, REPEAT } from './links.ts'
import { linkOf, type Round } from './round.ts'

/** Units of the tiers. A change concerns at most three groups: five pairs, seven people; no tier spills into the next. */
const REPEATED = 2 ** 5
const SAME_TEAM = 2 ** 15
const WAITED = 2 ** 21
const LEFT_OUT = 2 ** 44
const UNITS: Record<keyof Objective, { unit: number; next: number }> = {
  unpaired: { unit: LEFT_OUT, next: Number.POSITIVE_INFINITY },
  waited: { unit: WAITED, next: LEFT_OUT },
  sameTeam: { unit: SAME_TEAM, next: WAITED },
  repeat: { unit: REPEATED, next: SAME_TEAM },
  timezone: { unit: 1, next: REPEATED },
}

export class Arrangement {
  readonly round: Round
  /** The person on each seat. */
  readonly order: Int32Array
  readonly groups: number
  /** What each group costs, in the units above. */
  readonly cost: Float64Array

  constructor(round: Round, order: Int32Array) {
    this.round = round
    this.order = order
    this.groups = round.n >> 1
    this.cost = new Float64Array(this.groups)
    this.reckon()
  }

  groupOf(seat: number): number {
    const group = seat >> 1
    return group < this.groups ? group : this.groups - 1
  }

  /** To be called after `order` was changed from outside, in these groups or anywhere. */
  reckon(groups: Iterable<number> = this.cost.keys()): void {
    for (const group of groups) this.cost[group] = this.costOf(group)
  }

  /** What all groups cost. */
  objective(): Objective {
    const sum = nothing()
    if (this.round.n === 1) return { ...sum, unpaired: 1, waited: this.round.waited[0]! }
    for (const tier of TIERS) sum[tier] = this.sumOf(tier)
    return sum
  }

  /** What all groups cost in one tier. */
  sumOf(tier: keyof Objective): number {
    let sum = 0
    for (let group = 0; group < this.groups; group += 1) sum += this.costIn(group, tier)
    return sum
  }

  /** What a group costs in one tier. */
  costIn(group: number, tier: keyof Objective): number {
    const { unit, next } = UNITS[tier]
    return Math.floor((this.cost[group]! % next) / unit)
  }

  /** `count` exchanges of two or three seats at random, each undone if it makes anything worse. */
  walk(count: number, random: Random): void {
    const { order } = this
    const seats = order.length
    if (this.groups < 2) return
    for (let step = 0; step < count; step += 1) {
      const one = random.below(seats)
      const two = random.below(seats)
      const third = random.below(3) === 0 ? random.below(seats) : -1
      if (third < 0) this.exchange(one, two)
      else this.rotate(one, two, third)
    }
  }

  /** Exchanges two seats unless that is worse; true when it was better. */
  exchange(one: number, two: number): boolean {
    const { order, cost } = this
    const a = this.groupOf(one)
    const b = this.groupOf(two)
    if (a === b) return false
    const person = order[one]!
    order[one] = order[two]!
    order[two] = person
    const before = cost[a]! + cost[b]!
    // Most exchanges are worse already by team and time zone, and then who met whom need not be looked up.
    if (this.leastOf(a) + this.leastOf(b) > before) {
      order[two] = order[one]!
      order[one] = person
      return false
    }
    const costA = this.costOf(a)
    const costB = this.costOf(b)
    const change = costA + costB - before
    if (change > 0) {
      order[two] = order[one]!
      order[one] = person
      return false
    }
    cost[a] = costA
    cost[b] = costB
    return change < 0
  }

  private rotate(one: number, two: number, three: number): void {
    const { order, cost } = this
    const a = this.groupOf(one)
    const b = this.groupOf(two)
    const c = this.groupOf(three)
    if (a === b || b === c || a === c) return
    const person = order[one]!
    order[one] = order[two]!
    order[two] = order[three]!
    order[three] = person
    const before = cost[a]! + cost[b]! + cost[c]!
    if (this.leastOf(a) + this.leastOf(b) + this.leastOf(c) > before) {
      order[three] = order[two]!
      order[two] = order[one]!
      order[one] = person
      return
    }
    const costA = this.costOf(a)
    const costB = this.costOf(b)
    const costC = this.costOf(c)
    if (costA + costB + costC > before) {
      order[three] = order[two]!
      order[two] = order[one]!
      order[one] = person
      return
    }
    cost[a] = costA
    cost[b] = costB
    cost[c] = costC
  }

  /** The groups as they are, a trio last; who is in none is left out. */
  settle(): number[][] {
    const groups: number[][] = []
    for (let group = 0; group < this.groups; group += 1) {
      const together = this.together(group)
      if (together.length > 0) groups.push(together)
    }
    return groups
  }

  seatsOf(group: number): number[] {
    const seat = 2 * group
    return group === this.groups - 1 && this.order.length % 2 === 1 ? [seat, seat + 1, seat + 2] : [seat, seat + 1]
  }

  private together(group: number): number[] {
    const [a, b, c] = this.seatsOf(group).map((seat) => this.order[seat]!) as [number, number, number | undefined]
    if (c === undefined) return this.avoid(a, b) ? [] : [a, b]
    if (!this.avoid(a, b) && !this.avoid(a, c) && !this.avoid(b, c)) return [a, b, c]
    const whole = this.cost[group]!
    const pairs = [
      [a, b, c],
      [a, c, b],
      [b, c, a],
    ] as const
    for (const [one, other, left] of pairs) {
      if (!this.avoid(one, other) && this.pairCost(one, other) + this.leftOut(left) === whole) return [one, other]
    }
    return []
  }

  private avoid(one: number, other: number): boolean {
    return linkOf(this.round, one, other) === AVOIDED
  }

  private costOf(group: number): number {
    const { order } = this
    const seat = 2 * group
    const a = order[seat]!
    const b = order[seat + 1]!
    if (group === this.groups - 1 && seat + 2 < order.length) return this.trioCost(a, b, order[seat + 2]!)
    return this.pairCost(a, b)
  }

  /** At least this much, at a glance. */
  private leastOf(group: number): number {
    const { order } = this
    if (group === this.groups - 1 && order.length % 2 === 1) return 0
    return this.placeCost(order[2 * group]!, order[2 * group + 1]!)
  }

  private placeCost(one: number, other: number): number {
    const { round } = this
    return (
      (round.team[one] === round.team[other] ? SAME_TEAM : 0) +
      round.zoneCost[round.zone[one]! * round.zones + round.zone[other]!]!
    )
  }

  private pairCost(one: number, other: number): number {
    const { round } = this
    const link = linkOf(round, one, other)
    if (link === AVOIDED) return this.leftOut(one) + this.leftOut(other)
    return this.placeCost(one, other) + REPEAT[link]! * REPEATED
  }

  private trioCost(a: number, b: number, c: number): number {
    const ab = this.pairCost(a, b)
    const ac = this.pairCost(a, c)
    const bc = this.pairCost(b, c)
    if (ab < LEFT_OUT && ac < LEFT_OUT && bc < LEFT_OUT) return ab + ac + bc
    return Math.min(ab + this.leftOut(c), ac + this.leftOut(b), bc + this.leftOut(a))
  }

  private leftOut(person: number): number {
    return LEFT_OUT + WAITED * this.round.waited[person]!
  }
}
