import { DateTime } from 'luxon'

/** Where the present comes from. Everything else takes time as an argument. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** The clock's present as a luxon time in an IANA zone. */
export function nowIn(clock: Clock, zone: string): DateTime {
  return DateTime.fromMillis(clock.now(), { zone })
}
