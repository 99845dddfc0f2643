import { describe, expect, it } from 'vitest'
import { dayOf, slackDate, timeOfDay } from '../../src/sandbox/page/time.ts'

const noon = 1_764_072_000

describe('time on the page', () => {
  it('is the viewer’s own', () => {
    expect(timeOfDay(noon * 1000, 'UTC')).toBe('12:00 PM')
    expect(timeOfDay(noon * 1000, 'Asia/Tokyo')).toBe('9:00 PM')
    expect(dayOf(noon * 1000, 'UTC')).toBe('Tuesday, November 25th')
  })

  it('fills Slack’s date tokens, and falls back when it knows one not', () => {
    expect(slackDate(noon, '{date_short} at {time}', 'soon', 'UTC')).toBe('Nov 25, 2025 at 12:00 PM')
    expect(slackDate(noon, '{date_num}', 'soon', 'UTC')).toBe('2025-11-25')
    expect(slackDate(noon, '{ago}', 'soon', 'UTC')).toBe('soon')
    expect(slackDate(Number.NaN, '{time}', 'soon', 'UTC')).toBe('soon')
  })
})
