/** When a channel's weekly prompt is due. */
import { DateTime } from 'luxon'
import { wallClock } from '../platform/calendar.ts'

export interface Plan {
  /** From 1 (Monday) to 7. */
  weekday: number
  /** 'HH:MM', on the wall clock of `zone`. */
  time: string
  /** IANA; one that nobody knows counts as UTC. */
  zone: string
  /** Weeks without a prompt, as in Due. */
  skippedWeeks: string[]
}

export interface Due {
  at: Date
  /** The ISO week it belongs to, such as '2026-W09': also when it is posted late. */
  week: string
}

/** The first time after `after` (never at it) that a prompt is due, in a week that is not skipped. */
export function nextDue({ weekday, time, zone, skippedWeeks }: Plan, after: Date): Due {
  const there = DateTime.fromJSDate(after, { zone })
  const here = there.isValid ? there : DateTime.fromJSDate(after, { zone: 'utc' })
  // Days are counted on the calendar, where each has its date, whatever the clocks do on it.
  const today = DateTime.utc(here.year, here.month, here.day)
  let day = today.plus({ days: weekday - today.weekday })
  for (;;) {
    const at = wallClock(day, time, here.zoneName ?? 'utc')
    const week = isoWeek(day)
    if (at > after && !skippedWeeks.includes(week)) return { at, week }
    day = day.plus({ weeks: 1 })
  }
}

export const monthBefore = (now: Date): Date =>
  DateTime.fromJSDate(now, { zone: 'utc' }).minus({ months: 1 }).toJSDate()

/** The ISO week of a moment as it is somewhere. */
export const weekAt = (at: Date, zone: string): string => isoWeek(DateTime.fromJSDate(at, { zone }))

/** Such as '2026-W09'. */
export const isoWeek = ({ weekYear, weekNumber }: DateTime): string =>
  `${weekYear}-W${String(weekNumber).padStart(2, '0')}`
