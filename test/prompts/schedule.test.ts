import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { nextDue, type Plan, weekAt } from '../../src/prompts/schedule.ts'

const plan = (over: Partial<Plan> = {}): Plan => ({
  weekday: 1,
  time: '10:00',
  zone: 'Europe/Berlin',
  skippedWeeks: [],
  ...over,
})
const due = (over: Partial<Plan>, after: string) => {
  const { at, week } = nextDue(plan(over), new Date(after))
  return `${at.toISOString()} ${week}`
}

describe('the next prompt', () => {
  it('is due this week, or next week once this one’s time has come', () => {
    expect(due({}, '2026-03-02T08:59:59.999Z')).toBe('2026-03-02T09:00:00.000Z 2026-W10')
    expect(due({}, '2026-03-02T09:00:00.000Z')).toBe('2026-03-09T09:00:00.000Z 2026-W11')
    expect(due({ weekday: 7 }, '2026-03-02T09:00:00Z')).toBe('2026-03-08T09:00:00.000Z 2026-W10')
  })

  it('counts days where it is', () => {
    // Monday begins in Kiritimati while it is Sunday in London, and Saturday in Pago Pago.
    expect(due({ zone: 'Pacific/Kiritimati', time: '00:05' }, '2026-03-01T09:00:00Z')).toBe(
      '2026-03-01T10:05:00.000Z 2026-W10',
    )
    expect(due({ zone: 'Pacific/Pago_Pago', weekday: 6, time: '23:55' }, '2026-03-01T09:00:00Z')).toBe(
      '2026-03-01T10:55:00.000Z 2026-W09',
    )
  })

  it('stays at its time when the clocks change', () => {
    expect(due({}, '2026-03-23T10:00:00Z')).toBe('2026-03-30T08:00:00.000Z 2026-W14')
    expect(due({}, '2026-10-19T10:00:00Z')).toBe('2026-10-26T09:00:00.000Z 2026-W44')
  })

  it('comes right after an hour that is missing, and in the first of two that are the same', () => {
    expect(due({ weekday: 7, time: '02:30' }, '2026-03-23T10:00:00Z')).toBe('2026-03-29T01:00:00.000Z 2026-W13')
    expect(due({ weekday: 7, time: '02:30' }, '2026-10-19T10:00:00Z')).toBe('2026-10-25T00:30:00.000Z 2026-W43')
    // Half an hour in Lord Howe; in Cairo the day begins at one.
    expect(due({ zone: 'Australia/Lord_Howe', weekday: 7, time: '02:10' }, '2026-09-28T00:00:00Z')).toBe(
      '2026-10-03T15:30:00.000Z 2026-W40',
    )
    expect(due({ zone: 'Africa/Cairo', weekday: 5, time: '00:15' }, '2026-04-20T00:00:00Z')).toBe(
      '2026-04-23T22:00:00.000Z 2026-W17',
    )
  })

  it('belongs to the week of its day, also around New Year', () => {
    expect(due({ weekday: 5 }, '2026-12-29T00:00:00Z')).toBe('2027-01-01T09:00:00.000Z 2026-W53')
    expect(weekAt(new Date('2026-12-31T23:30:00Z'), 'Europe/Berlin')).toBe('2026-W53')
    expect(weekAt(new Date('2027-01-03T23:30:00Z'), 'Europe/Berlin')).toBe('2027-W01')
  })

  it('passes over the weeks that are skipped, however many', () => {
    expect(due({ skippedWeeks: ['2026-W53', '2026-W52', '2026-W40'] }, '2026-12-15T00:00:00Z')).toBe(
      '2027-01-04T09:00:00.000Z 2027-W01',
    )
  })

  it('takes a zone nobody knows for UTC', () => {
    expect(due({ zone: 'Mars/Olympus' }, '2026-03-02T08:00:00Z')).toBe('2026-03-02T10:00:00.000Z 2026-W10')
  })
})

const YEARS = { from: DateTime.utc(2026, 1, 1), until: DateTime.utc(2029, 1, 1) }
const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
const minutes = (dt: DateTime) => dt.hour * 60 + dt.minute

it('there are as many zones as there should be', () => {
  expect(zones.length).toBeGreaterThan(400)
})

/** Follows one plan for three years, and holds every due against what the zone's clocks show. */
function follow(wanted: Plan): void {
  const [hour = 0, minute = 0] = wanted.time.split(':').map(Number)
  const time = hour * 60 + minute
  let after = YEARS.from.toJSDate()
  let last: DateTime | null = null
  for (;;) {
    const { at, week } = nextDue(wanted, after)
    expect(at.getTime()).toBeGreaterThan(after.getTime())
    if (at.getTime() >= YEARS.until.toMillis()) return
    const here = DateTime.fromJSDate(at, { zone: wanted.zone })
    const why = () => `${JSON.stringify(wanted)} ${here.toISO()}`
    expect(here.toFormat("kkkk-'W'WW")).toBe(week)
    // Exactly one in each ISO week.
    const monday = here.startOf('week')
    if (last && Math.round(monday.diff(last, 'days').days) !== 7) expect.fail(`not a week later: ${why()}`)
    last = monday
    if (here.weekday !== wanted.weekday) expect.fail(`another day: ${why()}`)
    const before = DateTime.fromMillis(at.getTime() - 1, { zone: wanted.zone })
    if (minutes(here) === time) {
      // Not the second of two.
      const ago = (hours: number) => here.minus({ hours })
      const changed = here.offset - ago(3).offset
      if (changed < 0 && minutes(here.plus({ minutes: changed })) === time) expect.fail(`the second: ${why()}`)
    } else {
      // Missing: at this very moment the clocks were put forward over it.
      if (before.offset >= here.offset) expect.fail(`not missing: ${why()}`)
      if (!((minutes(before) + 1) % 1_440 <= time && time < minutes(here))) expect.fail(`not in the gap: ${why()}`)
    }
    after = at
  }
}

describe('in every zone, for three years', () => {
  it('there is exactly one prompt in each ISO week, at its time, or right after a missing hour', () => {
    zones.forEach((zone, index) => {
      follow(plan({ zone, weekday: (index % 7) + 1, time: `${String(index % 24).padStart(2, '0')}:15` }))
    })
  }, 300_000)

  it('also on the nights when clocks change', () => {
    const changing = zones.filter((zone) => {
      const offsets = new Set<number>()
      for (let at = YEARS.from; at < YEARS.until; at = at.plus({ days: 14 })) offsets.add(at.setZone(zone).offset)
      return offsets.size > 1
    })
    expect(changing.length).toBeGreaterThan(100)
    for (const [index, zone] of changing.entries()) {
      follow(plan({ zone, weekday: 7, time: ['00:00', '01:30', '02:30'][index % 3] ?? '' }))
    }
  }, 300_000)

  it('whatever the day, the time and the weeks skipped', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 1_439 }),
        fc.subarray(['2026-W20', '2026-W21', '2026-W52', '2026-W53', '2027-W01'], { minLength: 1 }),
        (zone, weekday, minute, skippedWeeks) => {
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
          const weeks = (skipped: string[]) => {
            const found: string[] = []
            let after = YEARS.from.toJSDate()
            while (found.length < 60) {
              const next = nextDue({ zone, weekday, time, skippedWeeks: skipped }, after)
              found.push(next.week)
              after = next.at
            }
            return found
          }
          const all = weeks([])
          const some = weeks(skippedWeeks)
          expect(new Set(some).size).toBe(some.length)
          const last = all.at(-1) ?? ''
          expect(some.filter((week) => week <= last)).toEqual(all.filter((week) => !skippedWeeks.includes(week)))
        },
      ),
      { numRuns: 60 },
    )
  }, 300_000)
})
