/** When a channel's weekly prompt is due. */
import { DateTime } from 'luxon'

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

/** The ISO week of a moment as it is somewhere. */
export const weekAt = (at: Date, zone: string): string => isoWeek(DateTime.fromJSDate(at, { zone }))

const isoWeek = ({ weekYear, weekNumber }: DateTime): string => `${weekYear}-W${String(weekNumber).padStart(2, '0')}`

/** When the clocks of a zone show a time on a day: the first time if they do twice, the first moment after if they never do. */
function wallClock({ year, month, day }: DateTime, time: string, zone: string): Date {
  const [hour, minute] = time.split(':').map(Number)
  const wanted = { year, month, day, hour: hour ?? 0, minute: minute ?? 0 }
  const guess = DateTime.fromObject(wanted, { zone })
  // What luxon makes of a time that comes twice depends on the season in which it is asked.
  const found = guess.getPossibleOffsets()[0] ?? guess
  const isShown = found.day === day && found.hour === hour && found.minute === minute
  return (isShown ? found : lastChangeBefore(found)).toJSDate()
}

/** The moment at which the clocks were last changed before `after`, which has to be within a good day. */
function lastChangeBefore(after: DateTime): DateTime {
  let before = after.minus({ hours: 26 }).toMillis()
  let since = after.toMillis()
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2)
    if (DateTime.fromMillis(middle, { zone: after.zone }).offset === after.offset) since = middle
    else before = middle
  }
  return DateTime.fromMillis(since, { zone: after.zone })
}
