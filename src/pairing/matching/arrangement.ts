/**
 * Who sits where: pairs on seats 0 and 1, 2 and 3 and so on, with an odd number of people a trio on the last three.
 *
 * Everybody has a seat. Two people who avoid each other may share a pair's seats: then both are left out, and that is
 * what it costs; a trio with such a pair in it is the best pair there is, and one left out. So nothing but exchanges
 * of seats is needed to reach every grouping.
 */
import type { Random } from '../../platform/random.ts'
import { AVOIDED, linkOf, REPEAT, type Round } from './round.ts'

/** Units of the tiers. A change concerns at most three groups: five pairs, seven people; no tier spills into the next. */
const REPEATED = 2 ** 5
const SAME_TEAM = 2 ** 15
const WAITED = 2 ** 21
const LEFT_OUT = 2 ** 44

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

  /** To be called after `order` was changed from outside. */
  reckon(): void {
    for (let group = 0; group < this.groups; group += 1) this.cost[group] = this.costOf(group)
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
    const costA = this.costOf(a)
    const costB = this.costOf(b)
    const change = costA + costB - cost[a]! - cost[b]!
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
    const costA = this.costOf(a)
    const costB = this.costOf(b)
    const costC = this.costOf(c)
    if (costA + costB + costC > cost[a]! + cost[b]! + cost[c]!) {
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

  private membersOf(group: number): number[] {
    const { order, groups } = this
    return Array.from(order.subarray(2 * group, group === groups - 1 ? order.length : 2 * group + 2))
  }

  private together(group: number): number[] {
    const [a, b, c] = this.membersOf(group) as [number, number, number | undefined]
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

  private pairCost(one: number, other: number): number {
    const { round } = this
    const link = linkOf(round, one, other)
    if (link === AVOIDED) return this.leftOut(one) + this.leftOut(other)
    return (
      (round.team[one] === round.team[other] ? SAME_TEAM : 0) +
      REPEAT[link]! * REPEATED +
      round.zoneCost[round.zone[one]! * round.zones + round.zone[other]!]!
    )
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
