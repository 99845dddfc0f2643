/** The input!s: people are 0 to n - 1 by id, and whatever concerns two of them is one sorted list. */
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

/** Counting sort, first by the higher person and then by the lower: linear, and no object for any row. */
function sortLinks({ history, avoid }: PairingInput, index: Map<string, number>): Pick<Round, 'start' | 'links'> {
  const most = avoid.length + history.reduce((sum, { members }) => sum + (members.length === 3 ? 3 : 1), 0)
  const lows = new Int32Array(most)
  const highs = new Int32Array(most)
  let count = 0
  const link = (a: number | undefined, b: number | undefined, code: number) => {
    if (a === undefined || b === undefined || a === b) return
    lows[count] = a < b ? a : b
    highs[count] = ((a < b ? b : a) << 3) | code
    count += 1
  }
  for (const { members, roundsAgo } of history) {
    const code = meetingLink(roundsAgo)
    const [a, b, c] = members.map((id) => index.get(id))
    link(a, b, code)
    if (members.length < 3) continue
    link(a, c, code)
    link(b, c, code)
  }
  for (const [a, b] of avoid) link(index.get(a), index.get(b), AVOIDED)

  const byHigh = bucket(index.size, count, (at) => highs[at]! >> 3)
  const byLow = bucket(index.size, count, (at) => lows[byHigh.order[at]!]!)
  const start = new Int32Array(index.size + 1)
  const links = new Int32Array(count)
  let kept = 0
  for (let low = 0; low < index.size; low += 1) {
    start[low] = kept
    for (let at = byLow.start[low]!; at < byLow.start[low + 1]!; at += 1) {
      const next = highs[byHigh.order[byLow.order[at]!]!]!
      const last = kept > start[low]! ? links[kept - 1]! : -1
      if (last >> 3 !== next >> 3) {
        links[kept] = next
        kept += 1
      } else if (next < last) links[kept - 1] = next
    }
  }
  start[index.size] = kept
  return { start, links: links.slice(0, kept) }
}

/** Positions 0 to count - 1, ordered by key, equal keys as they came. */
function bucket(keys: number, count: number, key: (at: number) => number): { start: Int32Array; order: Int32Array } {
  const start = new Int32Array(keys + 1)
  for (let at = 0; at < count; at += 1) {
    const slot = key(at) + 1
    start[slot] = start[slot]! + 1
  }
  for (let slot = 0; slot < keys; slot += 1) start[slot + 1] = start[slot + 1]! + start[slot]!
  const next = start.slice()
  const order = new Int32Array(count)
  for (let at = 0; at < count; at += 1) {
    const slot = key(at)
    const place = next[slot]!
    order[place] = at
    next[slot] = place + 1
  }
  return { start, order }
}
