import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { earliestEnd, firstEnd, laterEnd, reminderTime } from '../../src/pairing/deadlines.ts'
import { suggestTimes } from '../../src/pairing/suggested-times.ts'
import { afterWorking, nextWorking, type Worker, workingSpans } from '../../src/pairing/working-hours.ts'
import { USUAL_HOURS } from '../../src/workspace/participation.ts'

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']
const HOUR_MS = 3_600_000
const workers: fc.Arbitrary<Worker> = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    from: fc.integer({ min: 0, max: 23 * 60 }),
    length: fc.integer({ min: 60, max: 24 * 60 }),
  })
  .map(({ zone, days, from, length }) => ({
    zone,
    hours: { days, from, until: Math.min(24 * 60, from + length) },
  }))
const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const at = (text: string, zone = 'Europe/Berlin') => DateTime.fromISO(text, { zone }).toJSDate()
const usual = (zone: string | null): Worker => ({ zone, hours: USUAL_HOURS })
/** By the clock on the wall, not by the function under test. */
function works({ zone, hours }: Worker, moment: Date): boolean {
  const there = DateTime.fromJSDate(moment, { zone: zone ?? 'utc' })
  const minutes = there.hour * 60 + there.minute
  return hours.days.includes(there.weekday) && minutes >= hours.from && minutes < hours.until
}
const workedBetween = (worker: Worker, from: Date, until: Date): number => {
  let minutes = 0
  for (let time = from.getTime(); time < until.getTime(); time += 60_000)
    if (works(worker, new Date(time))) minutes += 1
  return minutes
}

describe('working hours', () => {
  it('are found again: the next moment is one, and none comes before it', () => {
    fc.assert(
      fc.property(workers, moments, (worker, now) => {
        const next = nextWorking(worker, now)
        expect(next >= now).toBe(true)
        expect(works(worker, next)).toBe(true)
        if (next > now) expect(works(worker, new Date(next.getTime() - 60_000))).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('are counted by the minute', () => {
    fc.assert(
      fc.property(workers, moments, fc.integer({ min: 30, max: 8 * 60 }), (worker, now, minutes) => {
        const start = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
        const end = afterWorking(worker, start, minutes)
        expect(workedBetween(worker, start, end)).toBe(minutes)
      }),
      { numRuns: 30 },
    )
  })

  it('of a zone nobody knows are those of UTC', () => {
    expect(nextWorking(usual('Not/There'), new Date('2026-03-02T03:00:00Z')).toISOString()).toBe(
      '2026-03-02T09:00:00.000Z',
    )
    expect([...workingSpans(usual(null), new Date('2026-03-02T03:00:00Z'), 0)]).toHaveLength(1)
  })
})

describe('the time to answer', () => {
  it('is at least eight working hours of everybody, but for the quarter of an hour a round takes to go out', () => {
    fc.assert(
      fc.property(fc.array(workers, { minLength: 2, maxLength: 3 }), moments, (people, sent) => {
        const end = earliestEnd('Europe/Berlin', people, sent)
        for (const worker of people) {
          expect(workedBetween(worker, nextWorking(worker, sent), end)).toBeGreaterThanOrEqual(8 * 60 - 15)
        }
      }),
      { numRuns: 10 },
    )
  })

  it('of the usual week leaves a working day for a second wave', () => {
    const pair = [usual('Europe/Berlin'), usual('America/New_York')]
    const [opened, closes] = [at('2026-03-02T10:00'), at('2026-03-04T16:00')]
    const first = firstEnd('Europe/Berlin', pair, opened, closes)
    expect(first).toEqual(at('2026-03-03T16:00'))
    expect(laterEnd('Europe/Berlin', pair, first, closes)).toEqual(closes)
    // With a single day there is no second wave.
    expect(firstEnd('Europe/Berlin', pair, opened, at('2026-03-03T16:00'))).toEqual(at('2026-03-03T16:00'))
    expect(laterEnd('Europe/Berlin', pair, closes, closes)).toBeNull()
  })

  it('waits for somebody who works two days a week', () => {
    const part = { zone: 'Europe/Berlin', hours: { days: [1, 4], from: 10 * 60, until: 14 * 60 } }
    const end = firstEnd(
      'Europe/Berlin',
      [usual('Europe/Berlin'), part],
      at('2026-03-02T10:00'),
      at('2026-03-04T16:00'),
    )
    expect(end).toEqual(at('2026-03-05T16:00'))
  })

  it('is reminded of in working hours, some time before its end, or not at all', () => {
    fc.assert(
      fc.property(workers, moments, (worker, now) => {
        const sent = nextWorking(worker, now)
        const end = earliestEnd('Europe/Berlin', [worker], sent)
        const reminder = reminderTime(worker, sent, end)
        if (!reminder) return
        expect(works(worker, reminder)).toBe(true)
        expect(reminder.getTime() - sent.getTime()).toBeGreaterThanOrEqual(3 * HOUR_MS)
        expect(end.getTime() - reminder.getTime()).toBeGreaterThanOrEqual(2 * HOUR_MS)
      }),
      {
        numRuns: 60,
        // A day that has hardly begun two hours before the end.
        examples: [
          [{ zone: 'Europe/Berlin', hours: { days: [4, 5, 6], from: 811, until: 871 } }, at('2026-01-01T00:00')],
        ],
      },
    )
  })
})

describe('suggested times', () => {
  it('are inside the working hours of all, to come, on quarters of an hour, and no two the same', () => {
    fc.assert(
      fc.property(fc.array(workers, { minLength: 2, maxLength: 3 }), moments, (people, now) => {
        const times = suggestTimes(people, now)
        expect(times.length).toBeLessThanOrEqual(3)
        expect(new Set(times.map((time) => time.getTime())).size).toBe(times.length)
        for (const time of times) {
          expect(time > now).toBe(true)
          expect(time.getTime() % (15 * 60_000)).toBe(0)
          for (const worker of people) {
            for (const minute of [0, 14]) {
              expect(works(worker, new Date(time.getTime() + minute * 60_000))).toBe(true)
            }
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('are three on three days for two who share their week', () => {
    const times = suggestTimes([usual('Europe/Berlin'), usual('America/New_York')], at('2026-03-02T10:00'))
    expect(times).toHaveLength(3)
    expect(new Set(times.map((time) => time.toISOString().slice(0, 10))).size).toBe(3)
  })

  it('are none where less than an hour a day is shared: they exchange messages', () => {
    expect(suggestTimes([usual('America/Los_Angeles'), usual('Asia/Kolkata')], at('2026-03-02T10:00'))).toEqual([])
    const mornings = { zone: 'UTC', hours: { days: [1], from: 540, until: 600 } }
    const early = { zone: 'UTC', hours: { days: [1], from: 480, until: 599 } }
    expect(suggestTimes([mornings, early], at('2026-03-02T10:00'))).toEqual([])
    expect(suggestTimes([mornings, mornings], at('2026-03-02T10:00'))).not.toEqual([])
  })
})
