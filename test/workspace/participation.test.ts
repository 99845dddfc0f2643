import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MemberKind } from '../../src/workspace/member.ts'
import { NOT_TAKING_PART, notNow, type Participation } from '../../src/workspace/participation.ts'

const NOW = new Date('2026-03-02T10:00:00Z')
const BEFORE = new Date('2026-03-02T09:59:59Z')
const AFTER = new Date('2026-03-02T10:00:01Z')
const of = (
  over: Partial<Participation> = {},
  kind: MemberKind = 'member',
  at: { guests?: boolean; begins?: boolean } = {},
) =>
  notNow(
    { kind, participation: { ...NOT_TAKING_PART, joined: true, ...over } },
    { now: NOW, guests: false, begins: true, ...at },
  )

describe('whether somebody may be written to about check-ins', () => {
  it.each<[string, ReturnType<typeof of>, ReturnType<typeof notNow>]>([
    ['joined', of(), null],
    ['not joined', of({ joined: false }), 'not joined'],
    ['paused', of({ pausedUntil: AFTER }), 'paused'],
    ['paused for ever', of({ pausedUntil: 'until I say so' }), 'paused'],
    ['a pause that is over', of({ pausedUntil: BEFORE }), null],
    ['a pause that ends now', of({ pausedUntil: NOW }), null],
    ['away', of({ readsStatus: true, awayUntil: AFTER }), 'away'],
    ['away, without a wish that it counts', of({ readsStatus: false, awayUntil: AFTER }), null],
    ['back again', of({ readsStatus: true, awayUntil: BEFORE }), null],
    ['skips what begins', of({ skipsNext: true }), 'skips'],
    ['skips, and is in something already', of({ skipsNext: true }, 'member', { begins: false }), null],
    ['paused while in something', of({ pausedUntil: AFTER }, 'member', { begins: false }), 'paused'],
    ['a guest', of({}, 'guest'), 'guest'],
    ['a guest where guests may', of({}, 'guest', { guests: true }), null],
    ['a guest of one channel', of({}, 'single-channel guest', { guests: true }), 'guest'],
    ['a leaver', of({}, 'deactivated', { guests: true }), 'gone'],
    ['a stranger', of({}, 'stranger', { guests: true }), 'gone'],
    ['an app', of({}, 'bot', { guests: true }), 'gone'],
  ])('%s', (_case, is, expected) => {
    expect(is).toBe(expected)
  })

  it('is never so without having joined', () => {
    const until = fc.oneof(fc.constant(null), fc.constant('until I say so' as const), fc.date({ noInvalidDate: true }))
    fc.assert(
      fc.property(
        fc.record({ pausedUntil: until, awayUntil: until, skipsNext: fc.boolean(), readsStatus: fc.boolean() }),
        fc.constantFrom<MemberKind>('member', 'guest', 'single-channel guest', 'bot', 'stranger', 'deactivated'),
        fc.boolean(),
        fc.boolean(),
        (over, kind, guests, begins) => of({ ...over, joined: false }, kind, { guests, begins }) !== null,
      ),
    )
  })
})
