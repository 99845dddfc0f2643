import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import { JUMPS, landing } from '../../src/sandbox/clock-jumps.ts'

const jump = (to: (typeof JUMPS)[number], from: string, zone: string) =>
  DateTime.fromMillis(landing(to, DateTime.fromISO(from, { zone }).toMillis(), zone), { zone }).toISO({
    suppressMilliseconds: true,
  })

it.each([
  ['+1 hour', '2026-03-29T01:30:00', 'Europe/Berlin', '2026-03-29T03:30:00+02:00'],
  ['+1 day', '2026-03-28T12:00:00', 'Europe/Berlin', '2026-03-29T12:00:00+02:00'],
  ['+1 day', '2026-10-24T12:00:00', 'Europe/Berlin', '2026-10-25T12:00:00+01:00'],
  ['next monday 09:00', '2026-11-23T08:59:00', 'Asia/Kolkata', '2026-11-23T09:00:00+05:30'],
  ['next monday 09:00', '2026-11-23T09:00:00', 'Asia/Kolkata', '2026-11-30T09:00:00+05:30'],
  ['next monday 09:00', '2026-03-28T12:00:00', 'America/New_York', '2026-03-30T09:00:00-04:00'],
  ['end of the month', '2026-02-28T23:00:00', 'Europe/Berlin', '2026-03-02T09:00:00+01:00'],
  ['end of the month', '2026-12-31T23:59:59', 'America/Los_Angeles', '2027-01-01T09:00:00-08:00'],
] as const)('%s from %s in %s', (to, from, zone, expected) => {
  expect(jump(to, from, zone)).toBe(expected)
})

it('always leads on', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Los_Angeles', 'Australia/Lord_Howe')
  const moments = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2030-01-01') })
  fc.assert(
    fc.property(fc.constantFrom(...JUMPS), moments, zones, (to, now, zone) => {
      expect(landing(to, now, zone)).toBeGreaterThan(now)
    }),
  )
})

it('leads nowhere in a zone nobody knows', () => {
  expect(() => landing('+1 day', 0, 'Middle/Earth')).toThrow('no zone')
})
