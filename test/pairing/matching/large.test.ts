/** Rounds too large to be solved as a whole. */
import { describe, expect, it } from 'vitest'
import type { PairingInput } from '../../../src/pairing/matching/input.ts'
import { pair } from '../../../src/pairing/matching/pair.ts'
import {
  longHistory,
  manyAvoided,
  oneLargeTeam,
  realisticRound,
  threeTeamsAtHome,
} from '../../bench/matching-rounds.ts'
import { checkAnswer } from './check-answer.ts'

const realistic = (n: number) => realisticRound(n, 20, 'a year')
const CERTIFIED = [
  realistic(1_501),
  realistic(4_000),
  oneLargeTeam(1_502, 'x'),
  oneLargeTeam(1_503, 'x'),
  threeTeamsAtHome(1_600, 'x'),
  manyAvoided(1_700, 'x'),
  longHistory(1_600, 'x'),
]

describe('a large round', () => {
  it.each(CERTIFIED.map((input) => [input.people.length, input] as const))(
    'of %i people is proven best',
    (_, input) => {
      const result = pair(input)
      checkAnswer(input, result)
      expect(result.certified).toBe(true)
    },
  )

  it('is near the bound where it is not proven', () => {
    const input = threeTeamsAtHome(2_001, 'x')
    const result = pair(input)
    checkAnswer(input, result)
    expect(result.objective.sameTeam).toBe(0)
    expect(result.objective.repeat).toBe(0)
    expect(result.objective.timezone).toBeLessThan(1.005 * result.bound.timezone)
  })

  it('leaves out only who avoids everybody', () => {
    for (const [n, alone] of [
      [1_600, 4],
      [1_601, 3],
    ] as const) {
      const { people, ...rest } = realisticRound(n, 3, 'x')
      const avoid = people.slice(0, 3).flatMap((one) => people.map(({ id }): [string, string] => [one.id, id]))
      const result = pair({ ...rest, people, avoid })
      checkAnswer({ ...rest, people, avoid }, result)
      expect(result.unpaired).toEqual(expect.arrayContaining(people.slice(0, 3).map(({ id }) => id)))
      expect(result.objective.unpaired).toBe(alone)
      expect(result.certified).toBe(true)
    }
  })

  it('leaves out as few as it can where most avoid each other, and who waited less', () => {
    const { people, ...rest } = realisticRound(1_600, 3, 'x')
    const shy = people.slice(0, 960)
    const avoid = shy.flatMap((one, at) => shy.slice(at + 1).map(({ id }): [string, string] => [one.id, id]))
    const input: PairingInput = { ...rest, people: people.map((person, at) => ({ ...person, waited: at % 3 })), avoid }
    const result = pair(input)
    checkAnswer(input, result)
    // 640 people can each take one of the 960; of the 320 left over, as many waited 0 rounds.
    expect(result.objective).toMatchObject({ unpaired: 320, waited: 0 })
  })
})
