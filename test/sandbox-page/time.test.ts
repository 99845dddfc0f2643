import { describe, expect, it } from 'vitest'
import { ago, dayName, dayOf, slackDate, span, timeOfDay } from '../../src/sandbox/page/time.ts'

const noon = 1_764_072_000
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('time on the page', () => {
  it('is the viewer’s own', () => {
    expect(timeOfDay(noon * 1000, 'UTC')).toBe('12:00 PM')
    expect(timeOfDay(noon * 1000, 'Asia/Tokyo')).toBe('9:00 PM')
    expect(dayOf(noon * 1000, 'UTC')).toBe('Tuesday, November 25th')
  })

  it('fills Slack’s date tokens, and falls back when it knows one not', () => {
    expect(slackDate(noon, '{date_short} at {time}', 'soon', 'UTC', 0)).toBe('Nov 25, 2025 at 12:00 PM')
    expect(slackDate(noon, '{date_num}', 'soon', 'UTC', 0)).toBe('2025-11-25')
    expect(slackDate(noon, '{ago}', 'soon', 'UTC', 0)).toBe('soon')
    expect(slackDate(Number.NaN, '{time}', 'soon', 'UTC', 0)).toBe('soon')
  })

  it('says today, yesterday and tomorrow by the reader’s own midnight', () => {
    const now = noon * 1000
    expect(dayName(now, now, 'UTC')).toBe('Today')
    expect(dayName(now - 12.5 * hour, now, 'UTC')).toBe('Yesterday')
    expect(dayName(now - 12.5 * hour, now, 'America/Los_Angeles')).toBe('Yesterday')
    expect(dayName(now - 12.5 * hour, now, 'Asia/Tokyo')).toBe('Today')
    expect(dayName(now - 2 * day, now, 'UTC')).toBe('Sunday, November 23rd')
    expect(slackDate(noon + 86_400, '{date_pretty}', 'soon', 'UTC', now)).toBe('tomorrow')
    expect(slackDate(noon + 86_400, '{date}', 'soon', 'UTC', now)).toBe('November 26, 2025')
  })

  it('says how long ago something was, and how far a clock is ahead', () => {
    expect(ago(0, 59_000)).toBe('just now')
    expect(ago(0, minute)).toBe('1 minute ago')
    expect(ago(0, 119 * minute)).toBe('1 hour ago')
    expect(ago(0, 2 * day)).toBe('2 days ago')
    expect(ago(0, 70 * day)).toBe('2 months ago')
    expect(span(2 * day)).toBe('2 days')
    expect(span(hour)).toBe('1 hour')
    expect(span(6 * day + 20 * hour)).toBe('7 days')
    expect(span(day - 1)).toBe('1 day')
    expect(span(hour + 30 * minute)).toBe('1 hour 30 minutes')
  })
})
