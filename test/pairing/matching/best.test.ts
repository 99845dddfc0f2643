/** What is certified is the best there is, as others reckon it. */
import blossom from 'edmonds-blossom-fixed'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareObjectives } from '../../../src/pairing/matching/cost.ts'
import { solveExactly } from '../../../src/pairing/matching/exact.ts'
import type { Objective, PairingInput } from '../../../src/pairing/matching/input.ts'
import { pair } from '../../../src/pairing/matching/pair.ts'
import { readRound } from '../../../src/pairing/matching/round.ts'
import { arbitraryRound } from './arbitrary-round.ts'
import { checkAnswer } from './check-answer.ts'
import { everyGrouping, judge } from './every-grouping.ts'
import { leastCost, packed } from './least-cost.ts'

const best = (input: PairingInput): Objective =>
  everyGrouping(input)
    .map((grouping) => judge(input, grouping))
    .reduce((least, next) => (compareObjectives(next, least) < 0 ? next : least))

it.each([
  [0, 8, 200],
  [9, 10, 30],
])('of %i to %i people, by every grouping there is', (least, most, numRuns) => {
  fc.assert(
    fc.property(arbitraryRound({ least, most }), (input) => {
      const result = pair(input)
      expect(result.certified).toBe(true)
      expect(result.objective).toEqual(best(input))
    }),
    { numRuns },
  )
})

it('with an odd number of people, trio or not, in 500 rounds of up to 13', () => {
  const odd = fc
    .integer({ min: 1, max: 6 })
    .chain((half) => arbitraryRound({ least: 2 * half + 1, most: 2 * half + 1 }))
  fc.assert(
    fc.property(odd, (input) => {
      const result = pair(input)
      checkAnswer(input, result)
      expect(result.certified).toBe(true)
      expect(packed(input, result)).toBe(leastCost(input))
      // Few people are counted through, not solved as many are: that way has to come to the same.
      const round = readRound(input)
      expect(solveExactly(round, Int32Array.from(round.ids.keys())).bound).toEqual(result.objective)
    }),
    { numRuns: 500 },
  )
})

it('with an even number of people who may stay out, up to 14', () => {
  fc.assert(
    fc.property(arbitraryRound({ least: 14, most: 14, avoid: 90 }), (input) => {
      const result = pair(input)
      checkAnswer(input, result)
      expect(result.certified).toBe(true)
      expect(packed(input, result)).toBe(leastCost(input))
    }),
    { numRuns: 100 },
  )
})

it('of up to 60 people, as edmonds-blossom-fixed finds it', () => {
  const even = fc
    .integer({ min: 1, max: 30 })
    .chain((half) => arbitraryRound({ least: 2 * half, most: 2 * half, avoid: 0 }))
  fc.assert(
    fc.property(even, (input) => {
      const result = pair(input)
      const ids = input.people.map(({ id }) => id)
      // In one number: 32 pairs cost at most 96 and 2,048 in the last two tiers.
      const cost = ({ sameTeam, repeat, timezone }: Objective) => (sameTeam * 4096 + repeat) * 128 + timezone
      const edges = ids.flatMap((one, at) =>
        ids.slice(at + 1).map((other, next): [number, number, number] => {
          const together = { people: input.people.filter(({ id }) => id === one || id === other), avoid: [], seed: '' }
          const history = input.history.filter(({ members }) => members.includes(one) && members.includes(other))
          return [at, at + 1 + next, -cost(judge({ ...together, history }, { groups: [[one, other]], unpaired: [] }))]
        }),
      )
      const partners = blossom(edges, true)
      const theirs = edges.reduce((sum, [one, other, weight]) => (partners[one] === other ? sum - weight : sum), 0)
      expect(result.certified).toBe(true)
      expect(cost(result.objective)).toBe(theirs)
    }),
    { numRuns: 60 },
  )
})
