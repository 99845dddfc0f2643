import { DateTime } from 'luxon'

/** The first moment of the day that it is somewhere. A zone nobody knows counts as UTC. */
export function startOfDay(now: Date, zone: string | null): Date {
  const there = DateTime.fromJSDate(now, { zone: zone ?? 'utc' })
  return (there.isValid ? there : DateTime.fromJSDate(now, { zone: 'utc' })).startOf('day').toJSDate()
}
