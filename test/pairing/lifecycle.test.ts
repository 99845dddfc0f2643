import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Answer,
  happen,
  type Pairing,
  type PairingEvent,
  type PairingState,
  type Sight,
  sightOf,
  willing,
} from '../../src/pairing/lifecycle.ts'

const STATES: PairingState[] = ['proposed', 'confirmed', 'introduced', 'over']
const SIGHTS: Sight[] = ['asked', 'waiting', 'declined', 'introduced', 'does not fit', 'missed', 'declined for good']
const proposed = (...ids: string[]): Pairing => ({
  state: 'proposed',
  parties: ids.map((id) => ({ id, answer: 'open', here: true, able: true })),
})

/** What can happen to a pairing, as the app brings it about: `able` comes and goes beside the answers. */
type Step =
  | PairingEvent
  | { kind: 'unable'; who: string }
  | { kind: 'able'; who: string }
  /** One of them keeps apart from the other: neither is able, and both are here. */
  | { kind: 'apart' }

const steps = (ids: string[]): fc.Arbitrary<Step[]> => {
  const who = fc.constantFrom(...ids)
  const by = fc.constantFrom(...ids, 'U0STRANGER')
  return fc.array(
    fc.oneof(
      fc.record({ kind: fc.constantFrom('accept' as const, 'decline' as const, 'reconsider' as const), by }),
      fc.record({ kind: fc.constant('unable' as const), who }),
      fc.record({ kind: fc.constant('able' as const), who }),
      fc.constant({ kind: 'apart' as const }),
      fc.constant({ kind: 'time is up' as const }),
      fc.record({ kind: fc.constant('not possible' as const), without: fc.subarray(ids) }),
      fc.constant({ kind: 'introduce' as const }),
    ),
    { maxLength: 25 },
  )
}

function apply(pairing: Pairing, step: Step): Pairing {
  if (step.kind === 'apart') return { ...pairing, parties: pairing.parties.map((one) => ({ ...one, able: false })) }
  if (step.kind === 'able' || step.kind === 'unable') {
    const is = step.kind === 'able'
    const parties = pairing.parties.map((one) => (one.id === step.who ? { ...one, here: is, able: is } : one))
    return { ...pairing, parties }
  }
  const then = happen(pairing, step)
  return then.ok ? then.pairing : pairing
}

const groups = fc.constantFrom<string[][]>(['A', 'B'], ['A', 'B', 'C'])
const lives = groups.chain((ids) => fc.record({ ids: fc.constant(ids), events: steps(ids) }))

describe('a pairing', () => {
  it('is always in a state that everybody can be shown, and what is over stays over', () => {
    fc.assert(
      fc.property(lives, ({ ids, events }) => {
        let pairing = proposed(...ids)
        for (const event of events) {
          const before = pairing
          pairing = apply(pairing, event)
          expect(STATES).toContain(pairing.state)
          expect(pairing.parties.map(({ id }) => id)).toEqual(ids)
          for (const { answer } of pairing.parties) expect(SIGHTS).toContain(sightOf(pairing, answer))
          if (before.state === 'over' || before.state === 'introduced') expect(pairing.state).toBe(before.state)
          if (before.state === 'confirmed') expect(pairing.state).not.toBe('proposed')
          // Nobody's answer is changed by anybody or anything else.
          for (const party of pairing.parties) {
            const was = before.parties.find(({ id }) => id === party.id)
            if (was?.answer !== party.answer) expect('by' in event && event.by).toBe(party.id)
          }
        }
      }),
    )
  })

  it('introduces nobody who did not say yes, and nobody alone', () => {
    fc.assert(
      fc.property(lives, ({ ids, events }) => {
        let pairing = proposed(...ids)
        for (const event of events) {
          const before = pairing
          pairing = apply(pairing, event)
          if (before.state === 'proposed' && pairing.state === 'confirmed') {
            expect(willing(pairing).length).toBeGreaterThanOrEqual(2)
          }
          if (before.state !== 'introduced' && pairing.state === 'introduced') {
            expect(willing(pairing).length).toBeGreaterThanOrEqual(2)
            for (const { answer } of willing(pairing)) expect(answer).toBe('yes')
          }
        }
      }),
    )
  })

  it('never tells two people different stories', () => {
    // What one can be told while another is told the other, in the same pairing.
    const told = (pairing: Pairing) => pairing.parties.map(({ answer }) => sightOf(pairing, answer))
    fc.assert(
      fc.property(lives, ({ ids, events }) => {
        const pairing = events.reduce(apply, proposed(...ids))
        const sights = new Set(told(pairing))
        if (sights.has('introduced')) expect(sights.has('does not fit') || sights.has('asked')).toBe(false)
        if (sights.has('does not fit')) expect(sights.has('waiting') || sights.has('asked')).toBe(false)
        if (sights.has('asked')) expect(sights.has('missed')).toBe(false)
      }),
    )
  })

  it('shows somebody the same whatever the other one does, until the time is up, unless they agree', () => {
    const others = steps(['B']).map((all) => all.filter((step) => step.kind !== 'time is up'))
    fc.assert(
      fc.property(others, others, fc.constantFrom('accept' as const, 'decline' as const), (one, other, mine) => {
        const see = (events: Step[]) => {
          const pairing = [{ kind: mine, by: 'A' } as Step, ...events].reduce(apply, proposed('A', 'B'))
          return { state: pairing.state, sight: sightOf(pairing, own(pairing)) }
        }
        const [first, second] = [see(one), see(other)]
        if (first.state === 'proposed' && second.state === 'proposed') expect(first.sight).toBe(second.sight)
      }),
    )
  })

  it('comes to the same for whoever said yes, whatever the cause of the no', () => {
    const causes: Record<string, Step[]> = {
      declining: [{ kind: 'decline', by: 'B' }],
      'a yes taken back': [
        { kind: 'unable', who: 'A' },
        { kind: 'accept', by: 'B' },
        { kind: 'reconsider', by: 'B' },
        { kind: 'able', who: 'A' },
      ],
      silence: [],
      'pausing, leaving or deactivation': [{ kind: 'unable', who: 'B' }],
      'the same after a yes': [
        { kind: 'unable', who: 'A' },
        { kind: 'accept', by: 'B' },
        { kind: 'able', who: 'A' },
        { kind: 'unable', who: 'B' },
      ],
      'an avoid list, which works both ways': [
        { kind: 'apart' },
        // Nobody is refused because of it: both can answer, and neither sees a difference.
        { kind: 'reconsider', by: 'A' },
        { kind: 'accept', by: 'A' },
        { kind: 'accept', by: 'B' },
      ],
    }
    for (const [cause, events] of Object.entries(causes)) {
      const before = [{ kind: 'accept', by: 'A' } as Step, ...events].reduce(apply, proposed('A', 'B'))
      expect([cause, sightOf(before, own(before))]).toEqual([cause, 'waiting'])
      const after = apply(before, { kind: 'time is up' })
      expect([cause, sightOf(after, own(after))]).toEqual([cause, 'does not fit'])
    }
  })

  it('of three goes on with the two who said yes when the time is up, and not before', () => {
    const two = [
      { kind: 'accept', by: 'A' },
      { kind: 'decline', by: 'B' },
      { kind: 'accept', by: 'C' },
    ] as Step[]
    const before = two.reduce(apply, proposed('A', 'B', 'C'))
    expect(before.state).toBe('proposed')
    const after = apply(before, { kind: 'time is up' })
    expect(after.state).toBe('confirmed')
    expect(willing(after).map(({ id }) => id)).toEqual(['A', 'C'])
  })
})

const own = (pairing: Pairing): Answer => pairing.parties.find(({ id }) => id === 'A')?.answer ?? 'open'
