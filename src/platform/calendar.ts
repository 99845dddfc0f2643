import { DateTime } from 'luxon'

/** The day that it was somewhere when somebody last asked, from its first moment until the next one's. */
const days = new Map<string, { from: number; until: number }>()
/** More zones than there are. */
const MOST_ZONES = 1_000

/** The first moment of the day that it is somewhere. A zone nobody knows counts as UTC. */
export function startOfDay(now: Date, zone: string | null): Date {
  const name = zone ?? 'utc'
  const known = days.get(name)
  if (known && known.from <= now.getTime() && now.getTime() < known.until) return new Date(known.from)
  const there = DateTime.fromJSDate(now, { zone: name })
  const day = (there.isValid ? there : DateTime.fromJSDate(now, { zone: 'utc' })).startOf('day')
  if (days.size >= MOST_ZONES) days.clear()
  days.set(name, { from: day.toMillis(), until: day.plus({ days: 1 }).startOf('day').toMillis() })
  return day.toJSDate()
}

/**
 * When the clocks of a zone, which has to be a known one, show a time ('HH:MM') on a day: the first time if they do twice,
 * the first moment after if they never do.
 */
export function wallClock(
  { year, month, day }: { year: number; month: number; day: number },
  time: string,
  zone: string,
): Date {
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
