/** The rule of five, attacked: by everybody who knows the rule, the number of people there are, and all that was shown. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  divide,
  downToFive,
  FEWEST,
  isWide,
  type Part,
  shownAmount,
  shownMean,
  shownPeople,
  wholeBatches,
} from '../../src/workspace/rule-of-five.ts'
import { isDetermined } from '../support/linear.ts'

const upTo = (most: number) => Array.from({ length: most + 1 }, (_, index) => index)
/** Whether whoever is left with these possibilities knows of a group that it is some people, and fewer than five. */
const knowsOfFew = (possible: Iterable<number>) =>
  [...possible].every((people) => people >= 1 && people < FEWEST) && [...possible].length > 0

/** Everything that could be, by what would be shown of it. */
function byShown<T>(worlds: T[], shown: (world: T) => unknown): T[][] {
  const groups = new Map<string, T[]>()
  for (const world of worlds) {
    const key = JSON.stringify(shown(world))
    groups.set(key, [...(groups.get(key) ?? []), world])
  }
  return [...groups.values()]
}

describe('a number of people', () => {
  it('is shown in fives, when five belong and five do not', () => {
    expect([0, 4, 5, 9, 10, 14, 15, 16].map((people) => shownPeople(people, 20))).toEqual([
      null,
      null,
      5,
      5,
      10,
      10,
      15,
      null,
    ])
    expect(shownPeople(5, 9)).toBeNull()
    expect(downToFive(12_344)).toBe(12_340)
  })

  it('never tells that one to four people belong, or that one to four do not', () => {
    for (const all of upTo(40)) {
      for (const worlds of byShown(upTo(all), (people) => shownPeople(people, all))) {
        expect(knowsOfFew(new Set(worlds))).toBe(false)
        expect(knowsOfFew(new Set(worlds.map((people) => all - people)))).toBe(false)
      }
    }
  })

  it.each([
    [
      'each of everybody',
      (inner: number, outer: number, all: number) => [shownPeople(inner, all), shownPeople(outer, all)],
    ],
    [
      'the inner of the outer',
      (inner: number, outer: number, all: number) => [shownPeople(inner, outer), shownPeople(outer, all)],
    ],
  ])('next to that of a larger group leaves the difference open, %s', (_, shown) => {
    for (const all of upTo(40)) {
      const nested = upTo(all).flatMap((outer) => upTo(outer).map((inner) => ({ inner, outer })))
      for (const worlds of byShown(nested, ({ inner, outer }) => shown(inner, outer, all))) {
        expect(knowsOfFew(new Set(worlds.map(({ inner, outer }) => outer - inner)))).toBe(false)
      }
    }
  })

  it('next to those of two larger ones does, too', () => {
    for (const all of upTo(24)) {
      const nested = upTo(all).flatMap((c) => upTo(c).flatMap((b) => upTo(b).map((a) => ({ a, b, c }))))
      const shown = ({ a, b, c }: { a: number; b: number; c: number }) => [a, b, c].map((one) => shownPeople(one, all))
      for (const worlds of byShown(nested, shown)) {
        expect(knowsOfFew(new Set(worlds.map(({ a, b }) => b - a)))).toBe(false)
        expect(knowsOfFew(new Set(worlds.map(({ b, c }) => c - b)))).toBe(false)
        expect(knowsOfFew(new Set(worlds.map(({ a, c }) => c - a)))).toBe(false)
      }
    }
  })
})

describe('an amount', () => {
  it('is shown in fives, with five people on each side', () => {
    expect(shownAmount(44, 5, 9)).toBe(40)
    expect(shownAmount(44, 4, 9)).toBeNull()
    expect(shownAmount(44, 9, 4)).toBeNull()
    expect(shownAmount(4, 9, 9)).toBeNull()
  })

  it('leaves open whether one to four of it were private, to those who counted the others', () => {
    for (const visible of upTo(30)) {
      const worlds = upTo(30).map((hidden) => visible + hidden)
      for (const alike of byShown(worlds, (amount) => shownAmount(amount, 9, 9))) {
        // The last one is cut off by the end of the list.
        if (alike.includes(visible + 30)) continue
        const hidden = alike.map((amount) => amount - visible)
        expect(knowsOfFew(hidden)).toBe(false)
      }
    }
  })
})

/** What happened, as pairs of people, put into at most six parts, of which the first are the larger ones. */
const anyParts = fc
  .noBias(fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(14), fc.nat(14)), { maxLength: 150, size: 'max' }))
  .map((happened) =>
    upTo(5).map((name): Part & { name: number } => {
      const mine = happened.filter(([one, other]) => Math.min(one, other) === name)
      const side = (which: 2 | 3) => [...new Set(mine.map((one) => `U${one[which]}`))]
      return { name, amount: mine.length, sides: [side(2), side(3)] }
    }),
  )

describe('a whole in parts', () => {
  it('shows nothing from which a part of fewer than five people follows by adding and subtracting', () => {
    let divided = 0
    fc.assert(
      fc.property(anyParts, (parts) => {
        const { shown, rest } = divide(parts)
        if (shown.length > 0) divided += 1
        const filled = parts.filter(({ amount }) => amount > 0)
        const row = (members: Part[]) => filled.map((part) => (members.includes(part) ? 1 : 0))
        const published = [row(filled), row(rest), ...shown.map((part) => row([part]))]
        for (const subset of subsets(filled)) {
          if (subset.length === 0 || subset.length === filled.length) continue
          if (isDetermined(row(subset), published)) expect(isWide(subset)).toBe(true)
        }
      }),
      { numRuns: 400 },
    )
    // An attack on nothing would prove nothing.
    expect(divided).toBeGreaterThan(100)
  })

  it('loses nothing, and hides no more than it has to', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const { shown, rest } = divide(parts)
        const filled = parts.filter(({ amount }) => amount > 0)
        expect([...shown, ...rest].map(({ name }) => name).sort()).toEqual(filled.map(({ name }) => name))
        if (filled.length > 1 && filled.every((part) => isWide([part]))) expect(rest).toEqual([])
      }),
    )
  })

  const people = (count: number, prefix: string) => upTo(count - 1).map((index) => `${prefix}${index}`)
  const part = (amount: number, givers: number, receivers: number, prefix: string): Part => ({
    amount,
    sides: [people(givers, `${prefix}G`), people(receivers, `${prefix}R`)],
  })

  it('hides the smallest of the others along with a single small one', () => {
    const [large, middle, small] = [part(50, 9, 9, 'A'), part(20, 6, 6, 'B'), part(3, 2, 3, 'C')]
    expect(divide([large, middle, small])).toEqual({ shown: [large], rest: [middle, small] })
    expect(divide([large, middle])).toEqual({ shown: [large, middle], rest: [] })
  })

  it('shows several small ones together, when they are five people', () => {
    const [large, small, other] = [part(50, 9, 9, 'A'), part(3, 3, 3, 'B'), part(3, 2, 3, 'C')]
    expect(divide([large, small, other])).toEqual({ shown: [large], rest: [small, other] })
    // The same three people twice are not six.
    expect(divide([large, small, small]).shown).toEqual([])
  })

  it('is not divided when all of it is one part', () => {
    const all = part(50, 9, 9, 'A')
    expect(divide([all, part(0, 0, 0, 'B')])).toEqual({ shown: [], rest: [all] })
  })
})

function subsets<T>(all: T[]): T[][] {
  const [first, ...others] = all
  if (first === undefined) return [[]]
  return subsets(others).flatMap((subset) => [subset, [first, ...subset]])
}

describe('answers that come one by one', () => {
  const answers = fc.array(
    fc.record({ person: fc.nat(9).map((number) => `U${number}`), value: fc.integer({ min: 1, max: 5 }) }),
    { maxLength: 60 },
  )

  it('are told in batches of five different people, whenever somebody looks', () => {
    fc.assert(
      fc.property(answers, (all) => {
        const told = upTo(all.length).map((count) => wholeBatches(all.slice(0, count).map(({ person }) => person)))
        for (const [index, count] of told.entries()) {
          const before = told[index - 1] ?? 0
          if (count !== before) {
            expect(new Set(all.slice(before, count).map(({ person }) => person)).size).toBeGreaterThanOrEqual(FEWEST)
          }
        }
      }),
    )
  })

  it('have a mean that never says that all of them said the same end of the scale', () => {
    const said = (...values: number[]) => values.map((value, index) => ({ person: `U${index}`, value }))
    expect(shownMean(said(4, 4, 4, 4), [1, 5])).toBeNull()
    expect(shownMean(said(4, 3, 4, 4, 5), [1, 5])).toBe(4)
    expect(shownMean(said(5, 5, 5, 5, 5), [1, 5])).toBe(4.8)
    expect(shownMean(said(5, 5, 5, 5, 4), [1, 5])).toBe(4.8)
    expect(shownMean(said(1, 1, 1, 1, 1), [1, 5])).toBe(1.2)
    // The sixth waits for four more.
    expect(shownMean(said(4, 3, 4, 4, 5, 1), [1, 5])).toBe(4)
  })
})
