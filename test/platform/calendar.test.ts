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
