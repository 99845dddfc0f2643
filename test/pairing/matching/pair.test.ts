import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareObjectives, TIERS } from '../../../src/pairing/matching/cost.ts'
import { pairInWorker } from '../../../src/pairing/matching/in-worker.ts'
import type { Objective, PairingInput } from '../../../src/pairing/matching/input.ts'
import { pair } from '../../../src/pairing/matching/pair.ts'
import { arbitraryRound } from './arbitrary-round.ts'
import { everyGrouping, judge } from './every-grouping.ts'

const best = (input: PairingInput): Objective =>
  everyGrouping(input)
    .map((grouping) => judge(input, grouping))
    .reduce((least, next) => (compareObjectives(next, least) < 0 ? next : least))

describe('an answer', () => {
  it('has everybody once, respects avoid lists, and says of itself what is true', () => {
    fc.assert(
      fc.property(arbitraryRound({ least: 0, most: 40, avoid: 30 }), (input) => {
        const result = pair(input)
        const placed = [...result.groups.flat(), ...result.unpaired]
        expect(placed.toSorted()).toEqual(input.people.map(({ id }) => id).toSorted())
        const trios = result.groups.filter((group) => group.length === 3).length
        expect(result.groups.every((group) => group.length === 2 || group.length === 3)).toBe(true)
        expect(trios).toBeLessThanOrEqual(input.people.length % 2)
        for (const [one, other] of input.avoid) {
          expect(result.groups.some((group) => group.includes(one) && group.includes(other))).toBe(false)
        }
        expect(result.objective).toEqual(judge(input, result))
        expect(compareObjectives(result.bound, result.objective)).toBeLessThanOrEqual(0)
        expect(result.certified).toBe(compareObjectives(result.bound, result.objective) === 0)
        for (const tier of TIERS) expect(Number.isInteger(result.bound[tier])).toBe(true)
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
