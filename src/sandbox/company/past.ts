/** Twelve months of thanks, made up: the company as it was before anybody looked. The same for the same day, always. */
import { DateTime } from 'luxon'
import { type Random, seededRandom } from '../../platform/random.ts'
import { REASONS } from './reasons.ts'

/** Who may thank whom: members, by their team. */
export interface PastPerson {
  id: string
  team: string
}

export interface PastKudos {
  /** Its place in the order of time. */
  number: number
  giver: string
  recipient: string
  reason: string
  isPrivate: boolean
  givenAt: Date
  /** The number of the one it passes on. */
  passesOn: number | null
}

const MONTHS = 12
/** In percent: how many said thanks at least once in a month, and how much of it left the team, at the beginning and today. */
const GAVE = [40, 80]
const CROSSED = [25, 50]
const PRIVATE = 12
const PASSED_ON = 30

/** Everything from the first of the month a year ago until today began, the oldest first. */
export function pastOf(people: PastPerson[], now: Date, zone: string): PastKudos[] {
  const random = seededRandom('fernhill')
  const today = DateTime.fromJSDate(now, { zone }).startOf('day')
  const first = today.startOf('month').minus({ months: MONTHS })
  const given: Omit<PastKudos, 'number' | 'passesOn'>[] = []
  for (let month = 0; month <= MONTHS; month += 1) {
    const since = (range: number[]) => ((range[0] ?? 0) * (MONTHS - month) + (range[1] ?? 0) * month) / MONTHS
    for (const person of people) {
      // Some join in late: nobody's first year is like another's.
      if (random.below(100) >= since(GAVE)) continue
      for (let times = 1 + random.below(5); times > 0; times -= 1) {
        const recipient = choose(random, people, person, random.below(100) < since(CROSSED))
        const givenAt = workingMoment(random, first.plus({ months: month }))
        if (!recipient || givenAt >= today) continue
        given.push({
          giver: person.id,
          recipient: recipient.id,
          reason: `for ${REASONS[random.below(REASONS.length)]}`,
          isPrivate: random.below(100) < PRIVATE,
          givenAt: givenAt.toJSDate(),
        })
      }
    }
  }
  given.sort((a, b) => a.givenAt.getTime() - b.givenAt.getTime())
  return linked(random, given)
}

function choose(random: Random, people: PastPerson[], giver: PastPerson, across: boolean): PastPerson | undefined {
  const fitting = people.filter(({ id, team }) => id !== giver.id && (team !== giver.team) === across)
  return fitting[random.below(Math.max(1, fitting.length))]
}

/** Between nine and six, on some day from Monday to Friday. */
function workingMoment(random: Random, month: DateTime): DateTime {
  const day = month.plus({ days: random.below(month.daysInMonth ?? 28) })
  const weekday = day.weekday <= 5 ? day : day.plus({ days: day.day > 7 ? -2 : 2 })
  return weekday.set({ hour: 9 + random.below(9), minute: random.below(60) })
}

const WEEK_MS = 7 * 24 * 3_600_000

/** Some pass on what they had received in the week before. */
function linked(random: Random, given: Omit<PastKudos, 'number' | 'passesOn'>[]): PastKudos[] {
  return given.map((one, number) => {
    const earlier = given.findLastIndex(
      (other, index) =>
        index < number &&
        other.recipient === one.giver &&
        other.givenAt < one.givenAt &&
        one.givenAt.getTime() - other.givenAt.getTime() < WEEK_MS,
    )
    return { ...one, number, passesOn: earlier >= 0 && random.below(100) < PASSED_ON ? earlier : null }
  })
}
