/** Rounds to measure the pairing engine with, the same for the same seed. */
import type { Meeting, PairingInput, PairingPerson } from '../../src/pairing/matching/input.ts'
import { type Random, seededRandom } from '../../src/platform/random.ts'

/** With all rows at hand. */
export interface InMemory extends PairingInput {
  history: readonly Meeting[]
}

/** Meetings as numbers; `people[one[k]]` met `people[other[k]]`. */
interface Meetings {
  one: Int32Array
  other: Int32Array
  roundsAgo: Int32Array
  count: number
}

/** Where people work: minutes east of Greenwich, and how many of a hundred. */
const OFFICES: [utcOffset: number, percent: number][] = [
  [-480, 14],
  [-300, 20],
  [-180, 3],
  [0, 12],
  [60, 22],
  [120, 5],
  [330, 15],
  [480, 4],
  [540, 3],
  [600, 2],
]
const ATTENDANCE = 90

/** Teams of 4 to 14, two thirds of each in one office, after `rounds` rounds to which nine of ten came. */
export function realisticRound(n: number, rounds: number, seed: string): InMemory {
  const { people, meetings } = realistic(n, rounds, seed)
  return { people, history: [...rowsOf(people, meetings)], avoid: [], seed }
}

/** The same, its rows made one by one as they are asked for. */
export function realisticRows(n: number, rounds: number, seed: string): { input: PairingInput; historyRows: number } {
  const { people, meetings } = realistic(n, rounds, seed)
  return { input: { people, history: rowsOf(people, meetings), avoid: [], seed }, historyRows: meetings.count }
}

function realistic(n: number, rounds: number, seed: string): { people: PairingPerson[]; meetings: Meetings } {
  const random = seededRandom(`realistic ${n} ${seed}`)
  const people: PairingPerson[] = []
  for (let team = 0; people.length < n; team += 1) {
    const home = office(random)
    const size = Math.min(4 + random.below(11), n - people.length)
    for (let member = 0; member < size; member += 1) {
      const utcOffset = random.below(3) < 2 ? home : office(random)
      people.push({ id: `U${String(people.length).padStart(6, '0')}`, team: `team ${team}`, utcOffset })
    }
  }
  return { people, meetings: pastRounds(people, rounds, random) }
}

/** One team of 55 %, the others of 12; four offices. */
export const oneLargeTeam = (n: number, seed: string): InMemory => {
  const random = seededRandom(`large ${n} ${seed}`)
  const people = everybody(n, (at) => ({
    team: at < 0.55 * n ? 'the large one' : `team ${Math.floor(at / 12)}`,
    utcOffset: [-480, -300, 60, 330][random.below(4)] ?? 0,
  }))
  return { people, history: [...rowsOf(people, pastRounds(people, 26, random))], avoid: [], seed }
}

/** Three equal teams, nine of ten people of each where the team is at home: California, Germany, Japan. */
export const threeTeamsAtHome = (n: number, seed: string): InMemory => {
  const random = seededRandom(`three ${n} ${seed}`)
  const homes = [-480, 60, 540]
  const people = everybody(n, (at) => ({
    team: `team ${at % 3}`,
    utcOffset: homes[random.below(10) < 9 ? at % 3 : random.below(3)] ?? 0,
  }))
  return { people, history: [...rowsOf(people, pastRounds(people, 26, random))], avoid: [], seed }
}

/** Realistic, and everybody avoids 20 others. */
export const manyAvoided = (n: number, seed: string): InMemory => {
  const input = realisticRound(n, 52, seed)
  const random = seededRandom(`avoided ${n} ${seed}`)
  const id = (at: number) => input.people[at]?.id ?? ''
  const avoid = Array.from({ length: 20 * n }, (_, at): [string, string] => [id(at % n), id(random.below(n))])
  return { ...input, avoid }
}

/** Realistic, after five years of weekly rounds. */
export const longHistory = (n: number, seed: string): InMemory => realisticRound(n, 250, seed)

const everybody = (n: number, place: (at: number) => Pick<PairingPerson, 'team' | 'utcOffset'>): PairingPerson[] =>
  Array.from({ length: n }, (_, at) => ({ id: `U${String(at).padStart(6, '0')}`, ...place(at) }))

function office(random: Random): number {
  let ticket = random.below(100)
  const found = OFFICES.find(([, percent]) => {
    ticket -= percent
    return ticket < 0
  })
  return found?.[0] ?? 0
}

/**
 * What a sensible app would have done: whoever came is put in a row by time zone, give or take three hours, and neighbours
 * of different teams are paired.
 */
function pastRounds(people: PairingPerson[], rounds: number, random: Random): Meetings {
  const most = rounds * Math.ceil(people.length / 2)
  const meetings = { one: new Int32Array(most), other: new Int32Array(most), roundsAgo: new Int32Array(most), count: 0 }
  const place = new Float64Array(people.length)
  const row = new Int32Array(people.length)
  for (let roundsAgo = rounds; roundsAgo >= 1; roundsAgo -= 1) {
    for (let at = 0; at < place.length; at += 1) {
      place[at] = ((people[at]?.utcOffset ?? 0) + 1440 + random.below(360)) * 2 ** 20 + at
    }
    place.sort()
    let came = 0
    for (const key of place) {
      if (random.below(100) >= ATTENDANCE) continue
      row[came] = key % 2 ** 20
      came += 1
    }
    for (let at = 0; at + 1 < came; at += 2) {
      const [one = 0, other = 0, next = 0] = row.subarray(at, at + 3)
      const swap =
        at + 2 < came && people[one]?.team === people[other]?.team && people[next]?.team !== people[one]?.team
      if (swap) row[at + 2] = other
      meetings.one[meetings.count] = one
      meetings.other[meetings.count] = swap ? next : other
      meetings.roundsAgo[meetings.count] = roundsAgo
      meetings.count += 1
    }
  }
  return meetings
}

function* rowsOf(people: PairingPerson[], { one, other, roundsAgo, count }: Meetings): Generator<Meeting> {
  const ids = people.map(({ id }) => id)
  for (let at = 0; at < count; at += 1) {
    yield { members: [ids[one[at] ?? 0] ?? '', ids[other[at] ?? 0] ?? ''], roundsAgo: roundsAgo[at] ?? 1 }
  }
}
