/** Three times for a check-in, inside everybody's working hours. */
import { type Span, type Worker, workingSpans } from './working-hours.ts'

/** So long a check-in takes. */
export const CHECK_IN_MINUTES = 15
/** With less in common on their best day, an exchange of messages fits better. */
const SHARED_MINUTES = 60
const MINUTE_MS = 60_000
const QUARTER_MS = 15 * MINUTE_MS
/** People need a moment to see the message. */
const NOTICE_MS = 120 * MINUTE_MS
const WANTED = 3
const LOOK_DAYS = 10

/** When all of them work at the same time, from now on. */
function sharedSpans(workers: Worker[], from: Date): Span[] {
  const [first, ...others] = workers.map((worker) => [...workingSpans(worker, from, LOOK_DAYS)])
  return others
    .reduce((shared, spans) => shared.flatMap((one) => spans.flatMap((other) => intersect(one, other))), first ?? [])
    .flatMap((span) => intersect(span, { from, until: new Date(from.getTime() + LOOK_DAYS * 24 * 60 * MINUTE_MS) }))
}

function intersect(a: Span, b: Span): Span[] {
  const [from, until] = [a.from > b.from ? a.from : b.from, a.until < b.until ? a.until : b.until]
  return from < until ? [{ from, until }] : []
}

/**
 * Beginnings of three check-ins on different days, if there are as many, on quarters of an hour; none when the people have
 * less than an hour a day in common.
 */
export function suggestTimes(workers: Worker[], now: Date): Date[] {
  const spans = sharedSpans(workers, now)
  if (!spans.some(({ from, until }) => until.getTime() - from.getTime() >= SHARED_MINUTES * MINUTE_MS)) return []
  const earliest = now.getTime() + NOTICE_MS
  const byDay = spans.flatMap((span) => {
    const first = Math.ceil(Math.max(span.from.getTime(), earliest) / QUARTER_MS) * QUARTER_MS
    const last = span.until.getTime() - CHECK_IN_MINUTES * MINUTE_MS
    const quarters: number[] = []
    for (let at = first; at <= last; at += QUARTER_MS) quarters.push(at)
    return quarters.length > 0 ? [quarters] : []
  })
  // Morning, middle and afternoon of what they share, one a day; then whatever else there is.
  const chosen = byDay.slice(0, WANTED).map((quarters, index) => quarters[at(quarters.length, PLACES[index] ?? 0)])
  const others = byDay.flat().filter((quarter) => !chosen.includes(quarter))
  for (const quarter of others) {
    if (chosen.length >= WANTED) break
    if (chosen.every((one) => Math.abs((one ?? 0) - quarter) >= 4 * QUARTER_MS)) chosen.push(quarter)
  }
  return chosen
    .flatMap((time) => (time === undefined ? [] : [new Date(time)]))
    .sort((a, b) => a.getTime() - b.getTime())
}

/** How far into the shared time of the first, second and third day. */
const PLACES = [0.3, 0.6, 0.1]
const at = (length: number, place: number) => Math.min(length - 1, Math.floor(length * place))
