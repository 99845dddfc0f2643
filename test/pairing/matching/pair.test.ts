import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareObjectives } from '../../../src/pairing/matching/cost.ts'
import { pairInWorker } from '../../../src/pairing/matching/in-worker.ts'
import type { Objective, PairingInput } from '../../../src/pairing/matching/input.ts'
import { pair } from '../../../src/pairing/matching/pair.ts'
import { arbitraryRound } from './arbitrary-round.ts'
import { checkAnswer } from './check-answer.ts'
import { everyGrouping, judge } from './every-grouping.ts'

const best = (input: PairingInput): Objective =>
  everyGrouping(input)
    .map((grouping) => judge(input, grouping))
    .reduce((least, next) => (compareObjectives(next, least) < 0 ? next : least))

describe('an answer', () => {
  it('has everybody once, respects avoid lists, and says of itself what is true', () => {
    fc.assert(
      fc.property(arbitraryRound({ least: 0, most: 40, avoid: 30 }), (input) => {
        checkAnswer(input, pair(input))
      }),
      { numRuns: 300 },
    )
  })

  it('is the best of all groupings of up to ten people', () => {
    fc.assert(
      fc.property(arbitraryRound({ least: 0, most: 8 }), (input) => {
        const result = pair(input)
        expect(result.certified).toBe(true)
        expect(result.objective).toEqual(best(input))
      }),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(arbitraryRound({ least: 9, most: 10 }), (input) => {
        expect(pair(input).objective).toEqual(best(input))
      }),
      { numRuns: 30 },
    )
  })

  it('comes from a worker thread just the same', async () => {
    const [input] = fc.sample(arbitraryRound({ least: 30, most: 30 }), 1)
    if (!input) throw new Error('no sample')
    expect(await pairInWorker(input)).toEqual(pair(input))
    const twice = { ...input, people: [...input.people, ...input.people.slice(0, 1)] }
    await expect(pairInWorker(twice)).rejects.toThrow('people[30].id: is the same as that of people[0]')
  })
})
