/** Among equally good answers none is likelier than another: counted over many seeds, and the seeds are fixed. */
import { expect, it } from 'vitest'
import { compareObjectives } from '../../../src/pairing/matching/cost.ts'
import type { PairingInput } from '../../../src/pairing/matching/input.ts'
import { pair } from '../../../src/pairing/matching/pair.ts'
import { everyGrouping, type Grouping, judge } from './every-grouping.ts'

const person = (id: string) => ({ id, team: null, utcOffset: 0 })
const letters = (count: number) => Array.from('abcdefghijklmnopqrstuvwxyz'.slice(0, count))

const spelled = (groups: string[][]) =>
  groups
    .map((group) => group.toSorted().join(''))
    .sort()
    .join(' ')

/** The best groupings as `spelled`, by going through all. */
function optima(input: PairingInput): string[] {
  let best: Grouping[] = []
  for (const grouping of everyGrouping(input)) {
    const [first] = best
    const order = first ? compareObjectives(judge(input, grouping), judge(input, first)) : -1
    if (order < 0) best = [grouping]
    else if (order === 0) best.push(grouping)
  }
  return best.map(({ groups }) => spelled(groups))
}

/** Chi-square over the degrees of freedom: about 1 when all are equally likely. */
function unevenness(input: Omit<PairingInput, 'seed'>, optimal: string[], draws: number): number {
  const counts = new Map(optimal.map((grouping) => [grouping, 0]))
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = spelled(pair({ ...input, seed: `draw ${draw}` }).groups)
    const before = counts.get(drawn)
    expect(before, `${drawn} is not among the best`).toBeDefined()
    counts.set(drawn, (before ?? 0) + 1)
  }
  const expected = draws / optimal.length
  const chiSquare = Array.from(counts.values()).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  return chiSquare / (optimal.length - 1)
}

/** Everybody met everybody, but for those who are joined. */
function onlyJoined(count: number, joined: (one: number, other: number) => boolean): Omit<PairingInput, 'seed'> {
  const ids = letters(count)
  const history = ids.flatMap((one, a) =>
    ids.slice(a + 1).flatMap((other, b) => (joined(a, a + 1 + b) ? [] : [{ members: [one, other], roundsAgo: 1 }])),
  )
  return { people: ids.map(person), history, avoid: [] }
}

/** Pairings of 0 to count - 1 in which all are joined. */
function pairings(left: number[], joined: (one: number, other: number) => boolean): number[][][] {
  const [first, ...others] = left
  if (first === undefined) return [[]]
  return others
    .filter((other) => joined(first, other))
    .flatMap((other) =>
      pairings(
        others.filter((one) => one !== other),
        joined,
      ).map((rest) => [[first, other], ...rest]),
    )
}

/** Two rows of people, joined with their neighbours beside and across: as many ways as dominoes cover the board. */
const ladder = (length: number) => (one: number, other: number) =>
  Math.abs((one % length) - (other % length)) + Math.abs(Math.floor(one / length) - Math.floor(other / length)) === 1

it.each([
  ['eight people, everything possible', { people: letters(8).map(person), history: [], avoid: [] }],
  ['seven people, so a trio', { people: letters(7).map(person), history: [], avoid: [] }],
  [
    'eight people in three teams, some of whom met',
    {
      people: letters(8).map((id, at) => ({ ...person(id), team: `team ${at % 3}` })),
      history: [
        { members: ['a', 'b', 'c'], roundsAgo: 3 },
        { members: ['d', 'e'], roundsAgo: 1 },
      ],
      avoid: [['a', 'f']],
    },
  ],
  [
    'seven people, two of whom must stay out',
    {
      people: letters(7).map(person),
      history: [{ members: ['a', 'e'], roundsAgo: 1 }],
      avoid: pairsOf(['b', 'c', 'd', 'e', 'f']),
    },
  ],
] as [string, Omit<PairingInput, 'seed'>][])('%s', (_, input) => {
  const optimal = optima({ ...input, seed: '' })
  const uneven = unevenness(input, optimal, 30 * optimal.length)
  expect(uneven).toBeGreaterThan(0.5)
  expect(uneven).toBeLessThan(2)
})

it('two rows of eight people, too many to go through all', () => {
  const length = 8
  const joined = ladder(length)
  const optimal = pairings(
    Array.from({ length: 2 * length }, (_, at) => at),
    joined,
  ).map((groups) => spelled(groups.map((group) => group.map((at) => letters(26)[at] ?? ''))))
  const uneven = unevenness(onlyJoined(2 * length, joined), optimal, 30 * optimal.length)
  expect(uneven).toBeGreaterThan(0.5)
  expect(uneven).toBeLessThan(2)
})

function pairsOf(ids: string[]): [string, string][] {
  return ids.flatMap((one, at) => ids.slice(at + 1).map((other): [string, string] => [one, other]))
}
