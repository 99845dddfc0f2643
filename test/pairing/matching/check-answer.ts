import { expect } from 'vitest'
import { compareObjectives, TIERS } from '../../../src/pairing/matching/cost.ts'
import type { PairingInput, PairingResult } from '../../../src/pairing/matching/input.ts'
import { judge } from './every-grouping.ts'

/** What holds of every answer: everybody once, avoid lists respected, trios only where allowed, the truth about itself. */
export function checkAnswer(input: PairingInput, result: PairingResult): void {
  const placed = [...result.groups.flat(), ...result.unpaired]
  expect(placed.toSorted()).toEqual(input.people.map(({ id }) => id).toSorted())
  expect(result.groups.every((group) => group.length === 2 || group.length === 3)).toBe(true)
  const trios = result.groups.filter((group) => group.length === 3).length
  expect(trios).toBeLessThanOrEqual(input.people.length % 2)
  const groupOf = new Map(result.groups.flatMap((group, at) => group.map((id) => [id, at])))
  const together = [...input.avoid].filter(
    ([one, other]) => one !== other && groupOf.has(one) && groupOf.get(one) === groupOf.get(other),
  )
  expect(together).toEqual([])
  expect(result.objective).toEqual(judge(input, result))
  expect(compareObjectives(result.bound, result.objective)).toBeLessThanOrEqual(0)
  expect(result.certified).toBe(compareObjectives(result.bound, result.objective) === 0)
  for (const tier of TIERS) expect(Number.isInteger(result.bound[tier])).toBe(true)
}
