/** When somebody works: days and hours on their own clocks, whatever those do. */
import { DateTime } from 'luxon'
import { wallClock } from '../platform/calendar.ts'
import type { WorkingHours } from '../workspace/participation.ts'

export interface Worker {
  /** IANA; none, or one that nobody knows, counts as UTC. */
  zone: string | null
  hours: WorkingHours
}

export interface Span {
  from: Date
  until: Date
}

const MINUTE_MS = 60_000
/** Nobody's working week has a gap this long. */
const LOOK_DAYS = 15

/** The stretches in which somebody works, in order, from the day before `at` on. */
export function* workingSpans({ zone, hours }: Worker, at: Date, days = LOOK_DAYS): Generator<Span> {
  const here = inZone(at, zone)
  const name = here.zoneName ?? 'utc'
  const first = DateTime.utc(here.year, here.month, here.day)
  for (let ahead = -1; ahead <= days; ahead += 1) {
    const day = first.plus({ days: ahead })
    if (!hours.days.includes(day.weekday)) continue
    const span = { from: wallClock(day, clockTime(hours.from), name), until: endOf(day, hours.until, name) }
    if (span.until > span.from) yield span
  }
}

function inZone(at: Date, zone: string | null): DateTime {
  const there = DateTime.fromJSDate(at, { zone: zone ?? 'utc' })
  return there.isValid ? there : DateTime.fromJSDate(at, { zone: 'utc' })
}

const clockTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** The end of a day's work may be midnight, which is the next day's beginning. */
const endOf = (day: DateTime, minutes: number, zone: string): Date =>
  minutes >= 24 * 60 ? wallClock(day.plus({ days: 1 }), '00:00', zone) : wallClock(day, clockTime(minutes), zone)

/** The first moment, now or later, at which somebody works. */
export function nextWorking(worker: Worker, at: Date): Date {
  for (const { from, until } of workingSpans(worker, at)) if (until > at) return from > at ? from : at
  return at
}

/** The moment at which somebody has worked so many minutes since `at`. */
export function afterWorking(worker: Worker, at: Date, minutes: number): Date {
  let left = minutes * MINUTE_MS
  // A few hours a week are a working life, too.
  for (const { from, until } of workingSpans(worker, at, 10 * LOOK_DAYS)) {
    const start = Math.max(from.getTime(), at.getTime())
    const time = until.getTime() - start
    if (time <= 0) continue
    if (time >= left) return new Date(start + left)
    left -= time
  }
  return at
}

/** The last moment, at `before` or earlier, at which somebody works; null when that is not since `after`. */
export function lastWorking(worker: Worker, after: Date, before: Date): Date | null {
  let last: Date | null = null
  for (const { from, until } of workingSpans(worker, after, 40)) {
    if (from > before) break
    const end = until < before ? until : before
    if (end > after) last = end
  }
  return last
}

/** Minutes that a zone is ahead of Greenwich at a moment. */
export const utcOffset = (zone: string | null, at: Date): number => inZone(at, zone).offset
