import { DateTime } from 'luxon'
import type { Control } from './contract.ts'

type Jump = Extract<Control, { type: 'clock' }>['to']

export const JUMPS: Jump[] = ['+1 hour', '+1 day', 'next monday 09:00', 'end of the month']

/**
 * The moment to which a jump leads, always later than `now`. A day is a day of the calendar, also when the clocks
 * change; the end of the month is
 * 09:00 on the first weekday of the next one, when what is monthly comes. Throws for a zone nobody knows.
 */
export function landing(to: Jump, now: number, zone: string): number {
  const here = DateTime.fromMillis(now, { zone })
  if (!here.isValid) throw new RangeError(`there is no zone ${zone}`)
  switch (to) {
    case '+1 hour':
      return now + 3_600_000
    case '+1 day':
      return here.plus({ days: 1 }).toMillis()
    case 'next monday 09:00': {
      const monday = here.startOf('week').set({ hour: 9 })
      return (monday > here ? monday : here.startOf('week').plus({ weeks: 1 }).set({ hour: 9 })).toMillis()
    }
    case 'end of the month': {
      const first = here.startOf('month').plus({ months: 1 })
      return first
        .plus({ days: first.weekday > 5 ? 8 - first.weekday : 0 })
        .set({ hour: 9 })
        .toMillis()
    }
  }
}
