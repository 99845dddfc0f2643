/** The input as numbers: people are 0 to n - 1 by id. */
import { createHash } from 'node:crypto'
import { timezoneCost } from './cost.ts'
import {
  checkAvoidance,
  checkMeeting,
  checkPerson,
  InvalidInput,
  MAX_PEOPLE,
  MAX_ROWS,
  type PairingInput,
  type PairingPerson,
  rowsOf,
} from './input.ts'
import { AVOIDED, Links, meetingLink, NO_LINK, type SortedLinks } from './links.ts'

export interface Round extends SortedLinks {
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
  hash: string
}

/** Throws InvalidInput when `input` is not what it says it is. */
export function readRound({ people, history, avoid }: PairingInput): Round {
  const reader = new RoundReader(people)
  reader.addHistory(history)
  reader.addAvoid(avoid)
  return reader.finish()
}

/** Makes a Round of rows as they come: people first. Whatever is not as it should be is an InvalidInput. */
export class RoundReader {
  private readonly people: PairingPerson[]
  private readonly index: Map<string, number>
  private readonly links: Links
  private rows = { history: 0, avoid: 0 }

  constructor(people: unknown) {
    this.people = sortedPeople(people)
    this.index = new Map(this.people.map(({ id }, number) => [id, number]))
    this.links = new Links(this.people.length)
  }

  addHistory(history: unknown): void {
    for (const row of rowsOf(history, 'history')) {
      const { members, roundsAgo } = checkMeeting(row, this.nextRow('history'))
      const code = meetingLink(roundsAgo)
      const a = this.index.get(members[0]!)
      const b = this.index.get(members[1]!)
      this.links.add(a, b, code)
      if (members.length < 3) continue
      const c = this.index.get(members[2]!)
      this.links.add(a, c, code)
      this.links.add(b, c, code)
    }
  }

  addAvoid(avoid: unknown): void {
    for (const row of rowsOf(avoid, 'avoid')) {
      const [one, other] = checkAvoidance(row, this.nextRow('avoid'))
      this.links.add(this.index.get(one), this.index.get(other), AVOIDED)
    }
  }

  finish(): Round {
    const { people } = this
    const { start, links } = this.links.sorted()
    const hash = createHash('sha256')
    hash.update(JSON.stringify(people.map(({ id, team, utcOffset, waited }) => [id, team, utcOffset, waited ?? 0])))
    for (const numbers of [start, links])
      hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
    return {
      n: people.length,
      ids: people.map(({ id }) => id),
      ...numberTeams(people),
      ...numberZones(people),
      waited: Float64Array.from(people, ({ waited }) => waited ?? 0),
      start,
      links,
      hash: hash.digest('hex'),
    }
  }

  private nextRow(list: 'history' | 'avoid'): number {
    this.rows[list] += 1
    if (this.rows[list] > MAX_ROWS) throw new InvalidInput(list, `has more than ${MAX_ROWS} rows`)
    return this.rows[list] - 1
  }
}

/** What two people mean to each other: AVOIDED, an index of REPEAT, or NO_LINK. */
export function linkOf({ start, links }: SortedLinks, one: number, other: number): number {
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

function sortedPeople(rows: unknown): PairingPerson[] {
  const given = new Map<string, number>()
  const people: PairingPerson[] = []
  for (const row of rowsOf(rows, 'people')) {
    if (people.length === MAX_PEOPLE) throw new InvalidInput('people', `are more than ${MAX_PEOPLE}`)
    const person = checkPerson(row, people.length)
    const before = given.get(person.id)
    if (before !== undefined) {
      throw new InvalidInput(`people[${people.length}].id`, `is the same as that of people[${before}]`)
    }
    given.set(person.id, people.length)
    people.push(person)
  }
  // By UTF-16 code units, which no locale changes.
  return people.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function numberTeams(people: PairingPerson[]): Pick<Round, 'team' | 'teams'> {
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

function numberZones(people: PairingPerson[]): Pick<Round, 'zone' | 'zones' | 'zoneCost'> {
  const offsets = [...new Set(people.map((person) => person.utcOffset))].sort((a, b) => a - b)
  const numbers = new Map(offsets.map((offset, number) => [offset, number]))
  const zoneCost = Uint8Array.from({ length: offsets.length ** 2 }, (_, at) =>
    timezoneCost(offsets[Math.floor(at / offsets.length)] ?? 0, offsets[at % offsets.length] ?? 0),
  )
  const zone = Int32Array.from(people, (person) => numbers.get(person.utcOffset) ?? 0)
  return { zone, zones: offsets.length, zoneCost }
}
