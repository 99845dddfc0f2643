/** The slow and obvious way, to compare the engine with: every grouping of a few people, judged by the rules alone. */
import type { Objective, PairingInput } from '../../../src/pairing/matching/input.ts'

export interface Grouping {
  groups: string[][]
  unpaired: string[]
}

/** Pairs, and at most one trio when the number of people is odd. */
export function everyGrouping(input: PairingInput): Grouping[] {
  const forbidden = new Set([...input.avoid].flatMap(([one, other]) => (one === other ? [] : [key(one, other)])))
  const fits = (group: string[]) => pairsOf(group).every(([one, other]) => !forbidden.has(key(one, other)))
  const rest = (ids: string[], trio: boolean): Grouping[] => {
    const [first, ...others] = ids
    if (first === undefined) return [{ groups: [], unpaired: [] }]
    const groups = [
      ...others.map((other) => [first, other]),
      ...(trio ? pairsOf(others).map(([one, other]) => [first, one, other]) : []),
    ].filter(fits)
    const placed = groups.flatMap((group) => {
      const left = others.filter((id) => !group.includes(id))
      return rest(left, trio && group.length === 2).map((found) => ({ ...found, groups: [group, ...found.groups] }))
    })
    return [...placed, ...rest(others, trio).map((found) => ({ ...found, unpaired: [first, ...found.unpaired] }))]
  }
  return rest(
    input.people.map(({ id }) => id),
    input.people.length % 2 === 1,
  )
}

/** The objective by its definition. */
export function judge(input: PairingInput, { groups, unpaired }: Grouping): Objective {
  const people = new Map(input.people.map((person) => [person.id, person]))
  const person = (id: string) => {
    const found = people.get(id)
    if (!found) throw new Error(`${id} is nobody`)
    return found
  }
  const pairs = groups.flatMap(pairsOf)
  const latest = latestMeetings(input)
  const total = (cost: (one: string, other: string) => number) =>
    pairs.reduce((sum, [one, other]) => sum + cost(one, other), 0)
  return {
    unpaired: unpaired.length,
    waited: unpaired.reduce((sum, id) => sum + (person(id).waited ?? 0), 0),
    sameTeam: total((one, other) => Number(person(one).team !== null && person(one).team === person(other).team)),
    repeat: total((one, other) => repeat(latest.get(key(one, other)))),
    timezone: total((one, other) => timezone(person(one).utcOffset / 60, person(other).utcOffset / 60)),
  }
}

function latestMeetings({ history }: PairingInput): Map<string, number> {
  const latest = new Map<string, number>()
  for (const { members, roundsAgo } of history) {
    for (const pair of pairsOf([...members]).map(([one, other]) => key(one, other))) {
      latest.set(pair, Math.min(roundsAgo, latest.get(pair) ?? roundsAgo))
    }
  }
  return latest
}

const repeat = (roundsAgo: number | undefined): number =>
  roundsAgo === undefined ? 0 : Math.max(1, Math.floor(64 / 2 ** Math.floor((roundsAgo - 1) / 8)))

function timezone(one: number, other: number): number {
  const apart = Math.abs(one - other) % 24
  const overlap = Math.max(0, 8 - Math.min(apart, 24 - apart))
  return [4, 2, 1].findIndex((least) => overlap >= least) === -1 ? 3 : [4, 2, 1].findIndex((least) => overlap >= least)
}

const key = (one: string, other: string) => [one, other].sort().join(' ')

const pairsOf = (group: string[]): [string, string][] =>
  group.flatMap((one, index) => group.slice(index + 1).map((other): [string, string] => [one, other]))
