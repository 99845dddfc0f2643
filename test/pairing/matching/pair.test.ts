import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareObjectives } from '../../../src/pairing/matching/cost.ts'
import { pairInWorker } from '../../../src/pairing/matching/in-worker.ts'
import type { PairingInput } from '../../../src/pairing/matching/input.ts'
import { pair } from '../../../src/pairing/matching/pair.ts'
import { arbitraryRound } from './arbitrary-round.ts'
import { checkAnswer } from './check-answer.ts'

const someRound = arbitraryRound({ least: 0, most: 40, avoid: 30 })

describe('an answer', () => {
  it('has everybody once, respects avoid lists, and says of itself what is true', () => {
    fc.assert(
      fc.property(someRound, (input) => checkAnswer(input, pair(input))),
      { numRuns: 300 },
    )
  })

  it('does not depend on the order of rows, nor on which way round a pair is written', () => {
    const shuffled = someRound.chain((input) =>
      fc.record({
        input: fc.constant(input),
        people: shuffle(input.people),
        history: shuffle(input.history),
        avoid: shuffle(input.avoid),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ input, people, history, avoid }) => {
        const other: PairingInput = {
          people,
          history: history.map(({ members, roundsAgo }) => ({ members: members.toReversed(), roundsAgo })),
          avoid: avoid.map(([one, two]) => [two, one] as const),
          seed: input.seed,
        }
        expect(pair(other)).toEqual(pair(input))
      }),
    )
  })

  it('is as good under other names', () => {
    fc.assert(
      fc.property(someRound, fc.integer(), (input, salt) => {
        const name = (id: string) => `${(Number(id.slice(1)) * 7919 + salt) % 104_729} ${id}`
        const renamed: PairingInput = {
          people: input.people.map((person) => ({
            ...person,
            id: name(person.id),
            team: person.team && `x${person.team}`,
          })),
          history: input.history.map(({ members, roundsAgo }) => ({ members: members.map(name), roundsAgo })),
          avoid: input.avoid.map(([one, other]) => [name(one), name(other)] as const),
          seed: input.seed,
        }
        expect(pair(renamed).objective).toEqual(pair(input).objective)
      }),
    )
  })

  it('is never better for one more pair that avoid each other', () => {
    const withTwo = someRound
      .filter(({ people }) => people.length > 1)
      .chain((input) =>
        fc.tuple(fc.constant(input), fc.shuffledSubarray([...input.people], { minLength: 2, maxLength: 2 })),
      )
    fc.assert(
      fc.property(withTwo, ([input, two]) => {
        const [one, other] = two.map(({ id }) => id)
        if (one === undefined || other === undefined) throw new Error('two were asked for')
        const stricter = pair({ ...input, avoid: [...input.avoid, [one, other]] })
        expect(compareObjectives(stricter.objective, pair(input).objective)).toBeGreaterThanOrEqual(0)
      }),
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

const shuffle = <Row>(rows: readonly Row[]): fc.Arbitrary<Row[]> =>
  fc.shuffledSubarray([...rows], { minLength: rows.length, maxLength: rows.length })
