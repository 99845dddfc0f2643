/** What people expect of a check-in, and how it is: the difference is worth telling. */
import { toldMean, wholeBatches } from '../workspace/rule-of-five.ts'
import type { Gap } from './round-store.ts'

const SCALE: [number, number] = [1, 5]

export interface Remembered {
  person: string
  expectation: number
  rating: number
}

/**
 * The gap between what people expect and how it is, as soon as the rule of five allows to say it. What was said comes
 * piece by piece, the oldest first: however much it is, only what is not to be told yet is kept.
 */
export function reckonGap(): { add(said: readonly Remembered[]): void; gap(): Gap | null } {
  let waiting: Remembered[] = []
  const told = { count: 0, expected: 0, was: 0 }
  return {
    add(said) {
      const all = [...waiting, ...said]
      const batches = wholeBatches(all.map(({ person }) => person))
      for (const { expectation, rating } of all.slice(0, batches)) {
        told.count += 1
        told.expected += expectation
        told.was += rating
      }
      waiting = all.slice(batches)
    },
    gap() {
      const expected = toldMean({ sum: told.expected, count: told.count }, SCALE)
      const was = toldMean({ sum: told.was, count: told.count }, SCALE)
      return expected === null || was === null ? null : { expected, was }
    },
  }
}
