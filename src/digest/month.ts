/** Months of a workspace: half-open, in its zone, named 2026-10. */
import { DateTime } from 'luxon'

export interface Month {
  /** Such as 2026-10. */
  name: string
  zone: string
  from: Date
  /** The first moment that is not in it any more. */
  until: Date
}

/** At 09:00, on the first day from Monday to Friday. */
const HOUR = 9
/** For how long after that a digest is still worth sending. */
const LATE_DAYS = 7

const named = (start: DateTime, zone: string): Month => ({
  name: start.toFormat('yyyy-MM'),
  zone,
  from: start.toJSDate(),
  until: start.plus({ months: 1 }).toJSDate(),
})

const startOf = (at: Date, zone: string) => DateTime.fromJSDate(at, { zone }).startOf('month')

/** A month by its name, or null where there is no such month. */
export function monthNamed(name: string, zone: string): Month | null {
  if (!/^\d{4}-\d{2}$/.test(name)) return null
  const start = DateTime.fromISO(`${name}-01`, { zone })
  return start.isValid ? named(start.startOf('month'), zone) : null
}

/** The month that a moment is in. */
export const monthAt = (at: Date, zone: string): Month => named(startOf(at, zone), zone)

/** The one before, or the one `count` before. */
export const monthBefore = ({ from, zone }: Month, count = 1): Month =>
  named(startOf(from, zone).minus({ months: count }), zone)

/** The months from the one that a moment is in to this one, the oldest first. */
export function monthsSince(since: Date, last: Month): Month[] {
  const months: Month[] = []
  for (let at = startOf(since, last.zone); at.toMillis() <= last.from.getTime(); at = at.plus({ months: 1 })) {
    months.push(named(at, last.zone))
  }
  return months
}

/** When the digest of a month is due: 09:00 on the first Monday to Friday after it, there. */
export function dueAt({ until, zone }: Month): Date {
  const first = DateTime.fromJSDate(until, { zone })
  const weekend = Math.max(0, 8 - first.weekday) % 7
  const day = first.weekday >= 6 ? first.plus({ days: weekend }) : first
  return day.set({ hour: HOUR }).toJSDate()
}

/** The month whose digest is due by now, or null when it is too early, or too late to be of use. */
export function monthDue(now: Date, zone: string): Month | null {
  const last = monthBefore(monthAt(now, zone))
  const due = DateTime.fromJSDate(dueAt(last), { zone })
  return due.toJSDate() <= now && now < due.plus({ days: LATE_DAYS }).toJSDate() ? last : null
}

/** What is looked at beside the month itself. */
export interface Windows {
  /** Three months, this one the last. */
  reachedFrom: Date
  /** Those thanked in it have had seven days to thank somebody by the end of the month. */
  thankedFrom: Date
  thankedUntil: Date
  /** Rounds that opened in it have had fourteen days: their people are asked after seven, and once more after another seven. */
  proposedFrom: Date
  proposedUntil: Date
}

export function windowsOf(month: Month): Windows {
  const before = (at: Date, days: number) => DateTime.fromJSDate(at, { zone: month.zone }).minus({ days }).toJSDate()
  return {
    reachedFrom: monthBefore(month, 2).from,
    thankedFrom: before(month.from, 7),
    thankedUntil: before(month.until, 7),
    proposedFrom: before(month.from, 14),
    proposedUntil: before(month.until, 14),
  }
}

/** October 2026. */
export const monthTitle = (name: string): string =>
  DateTime.fromISO(`${name}-01`, { locale: 'en' }).toFormat('LLLL yyyy')
