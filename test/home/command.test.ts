import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHomeCommand, pauseEnd, readPause } from '../../src/home/command.ts'

describe('what follows /smallacts', () => {
  it.each([
    ['', { kind: 'help' }],
    ['  HELP ', { kind: 'help' }],
    ['join', { kind: 'join' }],
    ['leave', { kind: 'leave' }],
    ['skip', { kind: 'skip' }],
    ['resume', { kind: 'resume' }],
    ['settings', { kind: 'settings' }],
    ['join me', { kind: 'unknown' }],
    ['pause', { kind: 'pause', until: 'until I say so' }],
    ['pause 2 weeks', { kind: 'pause', until: { days: 14 } }],
    ['pause for a month', { kind: 'pause', until: { days: 30 } }],
    ['pause until 2026-12-24', { kind: 'pause', until: { date: '2026-12-24' } }],
    ['pause until 2026-13-24', { kind: 'unknown' }],
    ['pause forever', { kind: 'unknown' }],
    ['avoid <@U01ANN|ann>, <@U02RAJ> <@U01ANN>', { kind: 'avoid', people: ['U01ANN', 'U02RAJ'] }],
    ['avoid', { kind: 'avoid', people: [] }],
    ['team  Customer \u00a0care ', { kind: 'team', name: 'Customer care' }],
    ['team <#C0DESIGN|design>', { kind: 'team', name: 'design' }],
    ['team R&amp;D', { kind: 'team', name: 'R&D' }],
    ['team', { kind: 'team', name: null }],
    ['feedback', { kind: 'feedback?' }],
    ['feedback it is nice', { kind: 'feedback', text: 'it is nice' }],
    ['sing', { kind: 'unknown' }],
  ])('%j', (text, expected) => {
    expect(parseHomeCommand(text)).toEqual(expected)
  })

  it('is read whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void parseHomeCommand(text)))
    expect(parseHomeCommand('team '.repeat(5_000))).toEqual({ kind: 'unknown' })
  })
})

describe('a pause', () => {
  const now = new Date('2026-03-27T22:30:00Z')

  it('ends at the beginning of a day where the person is, also when clocks change', () => {
    expect(pauseEnd({ days: 1 }, now, 'Europe/Berlin')).toEqual(new Date('2026-03-27T23:00:00Z'))
    expect(pauseEnd({ days: 3 }, now, 'Europe/Berlin')).toEqual(new Date('2026-03-29T22:00:00Z'))
    expect(pauseEnd({ date: '2026-04-01' }, now, 'Asia/Kolkata')).toEqual(new Date('2026-03-31T18:30:00Z'))
    expect(pauseEnd({ days: 1 }, now, 'Nowhere/At all')).toEqual(new Date('2026-03-28T00:00:00Z'))
    expect(pauseEnd({ days: 1 }, now, null)).toEqual(new Date('2026-03-28T00:00:00Z'))
  })

  it('does not end in the past, nor in a year or more', () => {
    expect(pauseEnd({ date: '2026-03-27' }, now, 'Europe/Berlin')).toBeNull()
    expect(pauseEnd({ date: '2028-01-01' }, now, 'Europe/Berlin')).toBe('until I say so')
    expect(readPause('999 weeks')).toBeNull()
    expect(readPause('0 days')).toBeNull()
  })
})
