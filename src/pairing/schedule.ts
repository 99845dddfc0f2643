/** When a round of check-ins opens, and until when it lasts. */
import { DateTime } from 'luxon'
import { wallClock } from '../platform/calendar.ts'
import type { Rhythm } from '../workspace/settings.ts'

export interface Opening {
  at: Date
  /** The day of it in the workspace's zone, YYYY-MM-DD: there is one round a day at most. */
  date: string
}

/** Monday, 5 January 1970. Every second week is counted from here, so that it stays the same whatever else changes. */
const FIRST_MONDAY = DateTime.utc(1970, 1, 5)

/** The first opening after `after`, never at it. `zone` is IANA; one that nobody knows counts as UTC. */
export function nextOpening(rhythm: Rhythm, zone: string, after: Date): Opening {
  const here = inZone(after, zone)
  const name = here.zoneName ?? 'utc'
  // Days are counted on the calendar, where each has its date, whatever the clocks do on it.
  let day = DateTime.utc(here.year, here.month, here.day)
  for (;;) {
    if (isOpeningDay(rhythm, day)) {
      const at = wallClock(day, rhythm.time, name)
      if (at > after) return { at, date: day.toISODate() ?? '' }
    }
    day = day.plus({ days: 1 })
  }
}

/** The openings after `after` up to `until`, that one included; the last few, if there are many. */
export function openingsBetween(rhythm: Rhythm, zone: string, after: Date, until: Date): Opening[] {
  const found: Opening[] = []
  for (let next = nextOpening(rhythm, zone, after); next.at <= until; next = nextOpening(rhythm, zone, next.at)) {
    found.push(next)
  }
  return found.slice(-MOST_AT_ONCE)
}

const MOST_AT_ONCE = 10

function isOpeningDay({ every, weekday }: Rhythm, day: DateTime): boolean {
  if (day.weekday !== weekday) return false
  switch (every) {
    case 'week':
      return true
    case 'two weeks':
      return Math.floor(day.diff(FIRST_MONDAY, 'days').days / 7) % 2 === 0
    case 'month':
      return day.day <= 7
  }
}

/** The one time of the day, in the workspace's zone, at which people hear what came of their answers. */
const TELLING_TIME = '16:00'

/** The first telling time at or after a moment; from Monday to Friday. */
export function tellingTime(zone: string, from: Date): Date {
  const here = inZone(from, zone)
  let day = DateTime.utc(here.year, here.month, here.day)
  for (;;) {
    const at = wallClock(day, TELLING_TIME, here.zoneName ?? 'utc')
    if (day.weekday <= 5 && at >= from) return at
    day = day.plus({ days: 1 })
  }
}

/** The telling time `days` weekdays after the day of a moment, or before it with a negative number. */
export function tellingTimeIn(zone: string, from: Date, days: number): Date {
  const here = inZone(from, zone)
  let day = DateTime.utc(here.year, here.month, here.day)
  const step = Math.sign(days)
  for (let left = Math.abs(days); left > 0; ) {
    day = day.plus({ days: step })
    if (day.weekday <= 5) left -= 1
  }
  return wallClock(day, TELLING_TIME, here.zoneName ?? 'utc')
}

/** When a round that opens now is over: 24 hours to answer are a working day, and a week is five. */
export const closingTime = (rhythm: Rhythm, zone: string, openedAt: Date): Date =>
  tellingTimeIn(zone, openedAt, Math.min(5, Math.ceil(rhythm.answerHours / 24)))

function inZone(at: Date, zone: string): DateTime {
  const there = DateTime.fromJSDate(at, { zone })
  return there.isValid ? there : DateTime.fromJSDate(at, { zone: 'utc' })
}
