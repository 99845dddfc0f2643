import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readValue } from '../../src/kudos/value.ts'

const VALUES = ['teamwork', 'craft', 'öffnung']

it.each([
  ['staying late #teamwork', { reason: 'staying late', value: 'teamwork' }],
  ['staying late #Teamwork.', { reason: 'staying late', value: 'teamwork' }],
  ['real #craft, all of it', { reason: 'real #craft, all of it', value: 'craft' }],
  ['staying late <#C0TEAM|teamwork>', { reason: 'staying late', value: 'teamwork' }],
  ['mut zur #Öffnung', { reason: 'mut zur', value: 'öffnung' }],
  ['#teamwork', { reason: '#teamwork', value: 'teamwork' }],
  ['#bravery and #craft', { reason: '#bravery and', value: 'craft' }],
  ['staying late #bravery', { reason: 'staying late #bravery', value: null }],
  ['issue#craft', { reason: 'issue#craft', value: null }],
  ['#crafty', { reason: '#crafty', value: null }],
  ['no tag at all', { reason: 'no tag at all', value: null }],
])('%j', (reason, expected) => {
  expect(readValue(reason, VALUES)).toEqual(expected)
})

it('leaves a reason alone that has no known tag', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (reason) => {
      expect(readValue(reason, [])).toEqual({ reason, value: null })
    }),
  )
})
