/** The best objective of up to 13 people, by going through all sets of them: slow, obvious, and none of the engine's code. */
import type { PairingInput } from '../../../src/pairing/matching/input.ts'
import { type Grouping, judge } from './every-grouping.ts'

/** The tiers as one number; each stays below 1,024 with so few people and so short waits. */
export const packed = (input: PairingInput, grouping: Grouping): number => {
  const { unpaired, waited, sameTeam, repeat, timezone } = judge(input, grouping)
  return (((unpaired * 1024 + waited) * 1024 + sameTeam) * 1024 + repeat) * 1024 + timezone
}

export function leastCost(input: PairingInput): number {
  const ids = input.people.map(({ id }) => id)
  const never = new Set([...input.avoid].flatMap(([one, other]) => [`${one} ${other}`, `${other} ${one}`]))
  const cost = ids.map((one) =>
    ids.map((other) =>
      one === other || never.has(`${one} ${other}`)
        ? Number.POSITIVE_INFINITY
        : packed(input, { groups: [[one, other]], unpaired: [] }),
    ),
  )
  const between = (one: number, other: number) => cost[one]?.[other] ?? 0
  const alone = ids.map((id) => packed(input, { groups: [], unpaired: [id] }))
  const known = new Map<number, number>()
  // The number that stands for a set is odd when the trio may still be made.
  const least = (people: number, trio: boolean): number => {
    if (people === 0) return 0
    const key = people * 2 + Number(trio)
    const before = known.get(key)
    if (before !== undefined) return before
    const members = ids.map((_, at) => at).filter((at) => (people >> at) & 1)
    const [first = 0, ...others] = members
    const without = (...gone: number[]) => gone.reduce((left, at) => left & ~(1 << at), people)
    let found = (alone[first] ?? 0) + least(without(first), trio)
    for (const [at, one] of others.entries()) {
      found = Math.min(found, between(first, one) + least(without(first, one), trio))
      for (const other of trio ? others.slice(at + 1) : []) {
        const inside = between(first, one) + between(first, other) + between(one, other)
        found = Math.min(found, inside + least(without(first, one, other), false))
      }
    }
    known.set(key, found)
    return found
  }
  return least(2 ** ids.length - 1, ids.length % 2 === 1)
}
