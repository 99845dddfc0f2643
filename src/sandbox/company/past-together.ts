/** Twelve months of check-ins and weekly prompts, made up like the thanks: the same for the same day, always. */
import { DateTime } from 'luxon'
import { type Random, seededRandom } from '../../platform/random.ts'
import type { PastPerson } from './past.ts'

export interface PastPairing {
  members: string[]
  /** null where somebody said no. */
  introducedAt: Date | null
  said: {
    id: string
    answer: 'yes' | 'no'
    expectation: number | null
    outcome: 'met' | 'no' | null
    rating: number | null
  }[]
}

export interface PastRound {
  number: number
  /** The day, 2026-10-05. */
  date: string
  openedAt: Date
  closesAt: Date
  gap: { expected: number; was: number } | null
  pairings: PastPairing[]
}

export interface PastPrompt {
  dueAt: Date
  /** Such as 2026-W41. */
  week: string
  /** Its place among those of the library. */
  turn: number
  done: string[]
}

const MONTHS = 12
/** In percent, at the beginning and today. */
const AGREE = [55, 80]
const DONE = [20, 60]
const MET = 80

/** Every second Monday at ten, and long enough ago for everything about it to be over. */
export function pastRounds(people: PastPerson[], now: Date, zone: string): PastRound[] {
  const random = seededRandom('fernhill together')
  const monday = firstMonday(now, zone)
  const until = DateTime.fromJSDate(now, { zone }).minus({ weeks: 4 })
  const rounds: PastRound[] = []
  for (let at = monday; at < until; at = at.plus({ weeks: 2 })) {
    const part = since(monday, until, at)
    const number = rounds.length + 1
    const pairings = pairs(random, people).map((members) => pairing(random, members, at, part))
    // As those see it who look at figures of the first ten people or more.
    const gap = number > 2 ? { expected: 3.1, was: Math.round((4 + part / 2) * 10) / 10 } : null
    const closesAt = at.plus({ days: 2 }).set({ hour: 16 }).toJSDate()
    rounds.push({ number, date: at.toISODate() ?? '', openedAt: at.toJSDate(), closesAt, gap, pairings })
  }
  return rounds
}

/** Every Monday at ten, in one channel. */
export function pastPrompts(people: PastPerson[], now: Date, zone: string): PastPrompt[] {
  const random = seededRandom('fernhill prompts')
  const monday = firstMonday(now, zone)
  const until = DateTime.fromJSDate(now, { zone }).startOf('week')
  const prompts: PastPrompt[] = []
  for (let at = monday; at < until; at = at.plus({ weeks: 1 })) {
    const often = between(DONE, since(monday, until, at))
    const done = people.filter(() => random.below(100) < often).map(({ id }) => id)
    prompts.push({ dueAt: at.toJSDate(), week: at.toFormat("kkkk-'W'WW"), turn: prompts.length, done })
  }
  return prompts
}

const firstMonday = (now: Date, zone: string): DateTime => {
  const first = DateTime.fromJSDate(now, { zone }).startOf('month').minus({ months: MONTHS })
  return first.plus({ days: (8 - first.weekday) % 7 }).set({ hour: 10 })
}

const since = (from: DateTime, until: DateTime, at: DateTime): number =>
  (at.toMillis() - from.toMillis()) / (until.toMillis() - from.toMillis())
const between = ([first = 0, last = 0]: number[], part: number): number => first + (last - first) * part

/** Two of different teams each; whoever is left over sits this one out. */
function pairs(random: Random, people: PastPerson[]): string[][] {
  const waiting = people.map((person) => ({ person, at: random.below(1_000_000) })).sort((a, b) => a.at - b.at)
  const found: string[][] = []
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    const { person } = one
    const other = waiting.findIndex(({ person: { team } }) => team !== person.team)
    if (other >= 0) found.push([person.id, ...waiting.splice(other, 1).map(({ person: { id } }) => id)])
  }
  return found
}

function pairing(random: Random, members: string[], at: DateTime, part: number): PastPairing {
  const answers = members.map(
    (id) => ({ id, answer: random.below(100) < between(AGREE, part) ? 'yes' : 'no' }) as const,
  )
  const isAgreed = answers.every(({ answer }) => answer === 'yes')
  const outcome: 'met' | 'no' | null = !isAgreed ? null : random.below(100) < MET ? 'met' : 'no'
  const said = answers.map((one) => ({
    ...one,
    outcome,
    expectation: one.answer === 'yes' ? 2 + random.below(3) : null,
    rating: outcome === 'met' ? 3 + random.below(3) : null,
  }))
  return { members, introducedAt: isAgreed ? at.plus({ days: 1 }).toJSDate() : null, said }
}
