import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { closingTime, nextOpening, openingsBetween, tellingTime, tellingTimeIn } from '../../src/pairing/schedule.ts'
import type { Rhythm } from '../../src/workspace/settings.ts'

const rhythm = (over: Partial<Rhythm> = {}): Rhythm => ({
  every: 'week',
  weekday: 1,
  time: '10:00',
  answerHours: 48,
  ...over,
})
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']
const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })

describe('the next opening', () => {
  it('is on the day and at the time of the rhythm, on the clocks of the zone, whatever they do in between', () => {
    const rhythms = fc.record({
      every: fc.constantFrom<Rhythm['every']>('week', 'two weeks', 'month'),
      weekday: fc.integer({ min: 1, max: 5 }),
      time: fc.constantFrom('00:00', '09:30', '10:00', '23:59'),
      answerHours: fc.constant(48),
    })
    fc.assert(
      fc.property(rhythms, fc.constantFrom(...ZONES), moments, (one, zone, after) => {
        const { at, date } = nextOpening(one, zone, after)
        const there = DateTime.fromJSDate(at, { zone })
        expect(at > after).toBe(true)
        expect(there.weekday).toBe(one.weekday)
        expect(there.toISODate()).toBe(date)
        if (one.time !== '00:00') expect(there.toFormat('HH:mm')).toBe(one.time)
        const days = { week: 8, 'two weeks': 15, month: 37 }[one.every]
        expect(at.getTime() - after.getTime()).toBeLessThan(days * 86_400_000)
      }),
    )
  })

  it('of every second week is fourteen days after the one before', () => {
    const first = nextOpening(rhythm({ every: 'two weeks' }), 'Europe/Berlin', new Date('2026-03-10T12:00:00Z'))
    const second = nextOpening(rhythm({ every: 'two weeks' }), 'Europe/Berlin', first.at)
    expect([first.date, second.date]).toEqual(['2026-03-16', '2026-03-30'])
    // The clocks went forward in between, and it is still ten o'clock.
    expect(second.at.toISOString()).toBe('2026-03-30T08:00:00.000Z')
  })

  it('of every month is the first such weekday', () => {
    const monthly = rhythm({ every: 'month', weekday: 3 })
    expect(nextOpening(monthly, 'UTC', new Date('2026-03-04T10:00:00Z')).date).toBe('2026-04-01')
  })

  it('is found once more for each that was missed, and not at all for none', () => {
    const from = new Date('2026-03-02T09:00:00Z')
    const found = openingsBetween(rhythm(), 'Europe/Berlin', from, new Date('2026-03-23T09:00:00Z'))
    expect(found.map(({ date }) => date)).toEqual(['2026-03-09', '2026-03-16', '2026-03-23'])
    expect(openingsBetween(rhythm(), 'Europe/Berlin', from, from)).toEqual([])
  })

  it('counts a zone that nobody knows as UTC', () => {
    expect(nextOpening(rhythm(), 'Not/There', new Date('2026-03-01T00:00:00Z')).at.toISOString()).toBe(
      '2026-03-02T10:00:00.000Z',
    )
  })
})

describe('the telling time', () => {
  it('is one time of the day, from Monday to Friday', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moments, (zone, from) => {
        const there = DateTime.fromJSDate(tellingTime(zone, from), { zone })
        expect(there.toFormat('HH:mm')).toBe('16:00')
        expect(there.weekday).toBeLessThanOrEqual(5)
        expect(there.toMillis()).toBeGreaterThanOrEqual(from.getTime())
        expect(tellingTime(zone, there.toJSDate())).toEqual(there.toJSDate())
      }),
    )
  })

  it('skips the weekend both ways', () => {
    const friday = new Date('2026-03-06T09:00:00Z')
    expect(tellingTimeIn('UTC', friday, 1).toISOString()).toBe('2026-03-09T16:00:00.000Z')
    expect(tellingTimeIn('UTC', new Date('2026-03-09T16:00:00Z'), -1).toISOString()).toBe('2026-03-06T16:00:00.000Z')
  })

  it('closes a round as many working days after its opening as there are to answer', () => {
    const monday = new Date('2026-03-02T09:00:00Z')
    const closes = (answerHours: number) => closingTime(rhythm({ answerHours }), 'Europe/Berlin', monday)
    expect(closes(48).toISOString()).toBe('2026-03-04T15:00:00.000Z')
    expect(closes(4).toISOString()).toBe('2026-03-03T15:00:00.000Z')
    expect(closes(168).toISOString()).toBe('2026-03-09T15:00:00.000Z')
  })
})
