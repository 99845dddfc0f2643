/** Rounds for the properties: small teams, far zones, dense histories, avoid lists, people who waited. */
import fc from 'fast-check'
import type { Meeting, PairingInput } from '../../../src/pairing/matching/input.ts'

const OFFSETS = [0, 60, -300, 330, 345, -480, 825, -720]

/** All rows at hand. */
export interface InMemory extends PairingInput {
  history: readonly Meeting[]
  avoid: readonly (readonly [string, string])[]
}

interface Shape {
  least: number
  most: number
  /** Shares of all pairs, in percent. */
  avoid?: number
}

/** `least` to `most` people; at most `avoid` percent of all pairs avoid each other. */
export function arbitraryRound({ least, most, avoid = 60 }: Shape): fc.Arbitrary<InMemory> {
  return fc
    .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 100 }))
    .chain(([n, teams, met]) => {
      const ids = Array.from({ length: n }, (_, person) => `U${person}`)
      const pairs = ids.flatMap((one, at) => ids.slice(at + 1).map((other): [string, string] => [one, other]))
      const percent = () =>
        fc.array(fc.integer({ min: 0, max: 99 }), { minLength: pairs.length, maxLength: pairs.length })
      return fc.record({
        people: fc.tuple(
          ...ids.map((id) =>
            fc.record({
              id: fc.constant(id),
              team: fc.option(
                fc.integer({ min: 1, max: teams }).map((team) => `team ${team}`),
                { freq: 4 },
              ),
              utcOffset: fc.constantFrom(...OFFSETS),
              waited: fc.constantFrom(0, 0, 0, 1, 2, 7),
            }),
          ),
        ),
        history: fc
          .tuple(
            percent(),
            fc.array(fc.integer({ min: 1, max: 70 }), { minLength: pairs.length, maxLength: pairs.length }),
          )
          .map(([dice, ago]) =>
            pairs.flatMap((members, at) => ((dice[at] ?? 0) < met ? [{ members, roundsAgo: ago[at] ?? 1 }] : [])),
          ),
        avoid: fc
          .tuple(percent(), fc.integer({ min: 0, max: avoid }))
          .map(([dice, share]) => pairs.filter((_, at) => (dice[at] ?? 0) < share)),
        seed: fc.string({ maxLength: 5 }),
      })
    })
}
