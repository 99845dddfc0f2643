/** What people expect of a check-in, and how it is: the difference is worth telling. */
import { shownMean } from '../workspace/rule-of-five.ts'
import type { Gap } from './round-store.ts'

const SCALE: [number, number] = [1, 5]

/** The gap between what people expect and how it is, as soon as the rule of five allows to say it. */
export function gapOf(said: { person: string; expectation: number; rating: number }[]): Gap | null {
  const expected = shownMean(
    said.map(({ person, expectation }) => ({ person, value: expectation })),
    SCALE,
  )
  const was = shownMean(
    said.map(({ person, rating }) => ({ person, value: rating })),
    SCALE,
  )
  return expected === null || was === null ? null : { expected, was }
}
