import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import { startOfDay } from '../../src/platform/calendar.ts'

it.each([
  ['2026-03-29T12:00:00Z', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
  ['2026-03-30T12:00:00Z', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
  ['2026-03-30T02:00:00Z', 'America/Los_Angeles', '2026-03-29T07:00:00Z'],
  ['2026-03-30T20:00:00Z', 'Asia/Kolkata', '2026-03-30T18:30:00Z'],
  ['2026-03-30T20:00:00Z', null, '2026-03-30T00:00:00Z'],
  ['2026-03-30T20:00:00Z', 'Middle/Earth', '2026-03-30T00:00:00Z'],
])('the day of %s in %s began at %s', (now, zone, start) => {
  expect(startOfDay(new Date(now), zone)).toEqual(new Date(start))
})

it('began when it began, in whatever order one asks', () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/Sao_Paulo', 'Asia/Beirut', 'Pacific/Apia', 'utc')
  // Two years in which clocks changed, a day's first hour was left out, and nothing else was far away.
  const moment = fc.date({ min: new Date('2017-01-01'), max: new Date('2018-12-31'), noInvalidDate: true })
  const near = fc.tuple(moment, fc.array(fc.integer({ min: -90_000, max: 90_000 }), { minLength: 1, maxLength: 5 }))
  fc.assert(
    fc.property(zone, near, (name, [first, seconds]) => {
      for (const after of [0, ...seconds]) {
        const now = new Date(first.getTime() + after * 1_000)
        expect(startOfDay(now, name)).toEqual(DateTime.fromJSDate(now, { zone: name }).startOf('day').toJSDate())
      }
    }),
  )
})
