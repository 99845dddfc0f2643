/** The input as numbers: people are 0 to n - 1 by id, and whatever concerns two of them is one sorted list. */
import { createHash } from 'node:crypto'
import { timezoneCost } from './cost.ts'
import { InvalidInput, type PairingInput, type PairingPerson } from './input.ts'

export interface Round {
  n: number
  /** Sorted, so that the order of the rows makes no difference. */
  ids: string[]
  /** A number for each team; nobody shares that of a person without one. */
  team: Int32Array
  teams: number
  /** Which of the offsets a person has, and what two of them cost (`zones` squared entries). */
  zone: Int32Array
  zones: number
  zoneCost: Uint8Array
  waited: Float64Array
  /** The links of person i with people of higher numbers are `links[start[i]]` up to `links[start[i + 1]]`, sorted. */
  start: Int32Array
  /** 8 times the other person, plus AVOIDED or an entry of REPEAT. */
  links: Int32Array
  hash: string
}

/** Two people who never share a group. It is below all others: of several links of a pair the lowest counts. */
export const AVOIDED = 0
/** What a link costs; the last one is no link at all. */
export const REPEAT: readonly number[] = [Number.POSITIVE_INFINITY, 64, 32, 16, 8, 4, 2, 1, 0]
export const NO_LINK = 8

/** A meeting weighs 64, half of that every eight rounds ago, never below 1. */
const meetingLink = (roundsAgo: number): number => 1 + Math.min(6, Math.floor((roundsAgo - 1) / 8))

/** Throws InvalidInput when an id is given twice. */
export function readRound(input: PairingInput): Round {
  const { index, people } = sortPeople(input)
  const { team, teams } = numberTeams(people)
  const { zone, zoneCost, zones } = numberZones(people)
  const waited = Float64Array.from(people, (person) => person.waited ?? 0)
  const { start, links } = sortLinks(input, index)
  const hash = createHash('sha256')
  hash.update(JSON.stringify(people.map(({ id, team, utcOffset, waited }) => [id, team, utcOffset, waited ?? 0])))
  hash.update(new Uint8Array(start.buffer, start.byteOffset, start.byteLength))
  hash.update(new Uint8Array(links.buffer, links.byteOffset, links.byteLength))
  const ids = people.map((person) => person.id)
  return { n: ids.length, ids, team, teams, zone, zones, zoneCost, waited, start, links, hash: hash.digest('hex') }
}

/** What two people mean to each other: AVOIDED, an index of REPEAT, or NO_LINK. */
export function linkOf({ start, links }: Round, one: number, other: number): number {
  const low = one < other ? one : other
  const wanted = (one < other ? other : one) << 3
  let from = start[low]!
  const end = start[low + 1]!
  let to = end
  while (from < to) {
    const middle = (from + to) >>> 1
    if (links[middle]! < wanted) from = middle + 1
    else to = middle
  }
  if (from === end) return NO_LINK
  const found = links[from]! - wanted
  return found < NO_LINK ? found : NO_LINK
}

function sortPeople({ people }: PairingInput): { index: Map<string, number>; people: PairingPerson[] } {
  const given = new Map<string, number>()
  for (const [row, { id }] of people.entries()) {
    const before = given.get(id)
    if (before !== undefined) throw new InvalidInput(`people[${row}].id`, `is the same as that of people[${before}]`)
    given.set(id, row)
  }
  // By UTF-16 code units, which no locale changes.
  const sorted = [...people].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { index: new Map(sorted.map(({ id }, number) => [id, number])), people: sorted }
}

function numberTeams(people: PairingPerson[]): { team: Int32Array; teams: number } {
  const numbers = new Map<string, number>()
  let teams = 0
  const team = Int32Array.from(people, (person) => {
    const known = person.team === null ? undefined : numbers.get(person.team)
    if (known !== undefined) return known
    if (person.team !== null) numbers.set(person.team, teams)
    teams += 1
    return teams - 1
  })
  return { team, teams }
}

function numberZones(people: PairingPerson[]): { zone: Int32Array; zones: number; zoneCost: Uint8Array } {
  const offsets = [...new Set(people.map((person) => person.utcOffset))].sort((a, b) => a - b)
  const numbers = new Map(offsets.map((offset, number) => [offset, number]))
  const zoneCost = Uint8Array.from({ length: offsets.length ** 2 }, (_, at) =>
    timezoneCost(offsets[Math.floor(at / offsets.length)] ?? 0, offsets[at % offsets.length] ?? 0),
  )
  const zone = Int32Array.from(people, (person) => numbers.get(person.utcOffset) ?? 0)
  return { zone, zones: offsets.length, zoneCost }
}

/** All links of each person with people of higher numbers, sorted, one of each pair. No object is made for any row. */
function sortLinks({ history, avoid }: PairingInput, index: Map<string, number>): Pick<Round, 'start' | 'links'> {
  let most = avoid.length
  for (const { members } of history) most += members.length === 3 ? 3 : 1
  const lows = new Int32Array(most)
  const links = new Int32Array(most)
  const counts = new Int32Array(index.size + 1)
  let count = 0
  const link = (a: number | undefined, b: number | undefined, code: number) => {
    if (a === undefined || b === undefined || a === b) return
    const low = a < b ? a : b
    lows[count] = low
    links[count] = ((a < b ? b : a) << 3) | code
    counts[low]! += 1
    count += 1
  }
  for (const { members, roundsAgo } of history) {
    const code = meetingLink(roundsAgo)
    const a = index.get(members[0]!)
    const b = index.get(members[1]!)
    link(a, b, code)
    if (members.length < 3) continue
    const c = index.get(members[2]!)
    link(a, c, code)
    link(b, c, code)
  }
  for (const [a, b] of avoid) link(index.get(a), index.get(b), AVOIDED)
  return { start: counts, links: compact(distribute(lows, links, count, counts), counts) }
}

/** The links by their lower person; `counts` says how many each has, and afterwards where they begin. */
function distribute(lows: Int32Array, links: Int32Array, count: number, counts: Int32Array): Int32Array {
  let before = 0
  for (let low = 0; low < counts.length; low += 1) {
    const own = counts[low]!
    counts[low] = before
    before += own
  }
  const next = counts.slice()
  const sorted = new Int32Array(count)
  for (let at = 0; at < count; at += 1) {
    const low = lows[at]!
    sorted[next[low]!] = links[at]!
    next[low]! += 1
  }
  return sorted
}

/** Sorts each person's links, and keeps the lowest one with each other person; `start` is changed to fit. */
function compact(links: Int32Array, start: Int32Array): Int32Array {
  let kept = 0
  for (let low = 0; low + 1 < start.length; low += 1) {
    const from = start[low]!
    const to = start[low + 1]!
    sortRange(links, from, to)
    start[low] = kept
    let other = -1
    for (let at = from; at < to; at += 1) {
      const link = links[at]!
      if (link >> 3 === other) continue
      other = link >> 3
      links[kept] = link
      kept += 1
    }
  }
  start[start.length - 1] = kept
  return links.slice(0, kept)
}

/** Most ranges are short, and for those insertion is far faster than the library's sort. */
function sortRange(list: Int32Array, from: number, to: number): void {
  if (to - from > 100) {
    list.subarray(from, to).sort()
    return
  }
  for (let at = from + 1; at < to; at += 1) {
    const value = list[at]!
    let place = at
    for (; place > from && list[place - 1]! > value; place -= 1) list[place] = list[place - 1]!
    list[place] = value
  }
}
