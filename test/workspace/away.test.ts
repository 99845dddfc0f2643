import { describe, expect, it } from 'vitest'
import { awayUntil } from '../../src/workspace/away.ts'

const NOW = new Date('2026-03-02T10:00:00Z')
const of = (status_emoji: string, status_text: string, status_expiration = 0) =>
  awayUntil({ status_emoji, status_text, status_expiration }, NOW)
const inHours = (hours: number) => NOW.getTime() / 1000 + hours * 3600

describe('a status that says somebody is away', () => {
  it.each([
    [':palm_tree:', 'Vacationing'],
    [':palm_tree:', ''],
    [':face_with_thermometer:', 'Out sick'],
    ['', 'out of office until Monday'],
    ['', 'OOO'],
    [':coffee:', 'On parental leave'],
    ['', 'Sick, back on Thursday'],
    ['', 'Urlaub'],
  ])('%s %s', (emoji, text) => {
    expect(of(emoji, text)).toBe('until I say so')
  })

  it('counts until it is over, and no longer', () => {
    expect(of(':palm_tree:', 'Vacationing', inHours(48))).toEqual(new Date('2026-03-04T10:00:00Z'))
    expect(of(':palm_tree:', 'Vacationing', inHours(-1))).toBeNull()
    expect(of(':palm_tree:', 'Vacationing', inHours(0))).toBeNull()
  })
})

it.each([
  ['', ''],
  [':spiral_calendar_pad:', 'In a meeting'],
  [':bus:', 'Commuting'],
  [':house_with_garden:', 'Working remotely'],
  [':palm_tree:', 'Back from holiday, ask me about the beach'],
  ['', 'Reading about outliers'],
  ['', 'Offline first'],
  ['', 'Heading out soon'],
])('%s %s is no sign of being away', (emoji, text) => {
  expect(of(emoji, text)).toBeNull()
})

it('takes whatever Slack leaves out, and a very long text in no time', () => {
  expect(awayUntil({}, NOW)).toBeNull()
  expect(of('', 'out '.repeat(50_000))).toBe('until I say so')
})
