import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  dueAt,
  monthAt,
  monthBefore,
  monthDue,
  monthNamed,
  monthsSince,
  monthTitle,
  windowsOf,
} from '../../src/digest/month.ts'

const ZONES = Intl.supportedValuesOf('timeZone')
const zone = fc.constantFrom(...ZONES)
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2032-01-01'), noInvalidDate: true })

describe('a month', () => {
  it('is half-open, in its zone, and next to the one before', () => {
    fc.assert(
      fc.property(moment, zone, (at, where) => {
        const month = monthAt(at, where)
        expect(month.from <= at && at < month.until).toBe(true)
        expect(monthBefore(month).until).toEqual(month.from)
        expect(monthNamed(month.name, where)).toEqual(month)
        expect(DateTime.fromJSDate(month.from, { zone: where }).day).toBe(1)
        expect(monthsSince(monthBefore(month, 3).from, month).map(({ name }) => name)).toEqual(
          [3, 2, 1, 0].map((count) => monthBefore(month, count).name),
        )
      }),
    )
  })

  it('has a name people read, and no other', () => {
    expect(monthTitle('2026-10')).toBe('October 2026')
    for (const name of ['2026-13', '2026-00', '2026-1', '26-10', 'October', '', '2026-10-01']) {
      expect(monthNamed(name, 'UTC')).toBeNull()
    }
  })

  it('looks back three months, and leaves seven days to thank somebody', () => {
    const march = monthNamed('2026-03', 'Europe/Berlin')
    expect(march && windowsOf(march)).toEqual({
      reachedFrom: new Date('2025-12-31T23:00:00Z'),
      thankedFrom: new Date('2026-02-21T23:00:00Z'),
      thankedUntil: new Date('2026-03-24T23:00:00Z'),
      proposedFrom: new Date('2026-02-14T23:00:00Z'),
      proposedUntil: new Date('2026-03-17T23:00:00Z'),
    })
  })
})

describe('a digest', () => {
  it.each([
    ['2026-10', 'Europe/Berlin', '2026-11-02T08:00:00Z'],
    ['2026-07', 'Europe/Berlin', '2026-08-03T07:00:00Z'],
    ['2026-08', 'America/New_York', '2026-09-01T13:00:00Z'],
    ['2027-04', 'UTC', '2027-05-03T09:00:00Z'],
  ])('of %s in %s is due at %s', (name, where, due) => {
    const month = monthNamed(name, where)
    expect(month && dueAt(month)).toEqual(new Date(due))
  })

  it('is due at 09:00 on the first Monday to Friday, everywhere', () => {
    fc.assert(
      fc.property(moment, zone, (at, where) => {
        const due = DateTime.fromJSDate(dueAt(monthAt(at, where)), { zone: where })
        expect([due.hour, due.minute]).toEqual([9, 0])
        expect(due.weekday).toBeLessThanOrEqual(5)
        const before = Array.from({ length: due.day - 1 }, (_, index) => due.minus({ days: index + 1 }).weekday)
        expect(before.every((weekday) => weekday > 5)).toBe(true)
      }),
    )
  })

  it('is looked for during a week, and no longer', () => {
    const october = monthNamed('2026-10', 'Europe/Berlin')
    const looked = (iso: string) => monthDue(new Date(iso), 'Europe/Berlin')
    expect(looked('2026-11-02T07:59:59Z')).toBeNull()
    expect(looked('2026-11-02T08:00:00Z')).toEqual(october)
    expect(looked('2026-11-09T07:59:59Z')).toEqual(october)
    expect(looked('2026-11-09T08:00:00Z')).toBeNull()
  })
})
