import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvOf } from '../../src/digest/csv.ts'
import { type Figures, figuresOf, TEAMS_SHOWN } from '../../src/digest/figures.ts'
import { monthNamed } from '../../src/digest/month.ts'
import type { MonthCount, TeamCell } from '../../src/digest/store.ts'
import { isWide } from '../../src/workspace/rule-of-five.ts'
import { isDetermined } from '../support/linear.ts'

const MONTH = monthNamed('2026-10', 'Europe/Berlin')
if (!MONTH) throw new Error('no such month')
const SINCE = new Date('2025-01-01T00:00:00Z')
const none = { amount: 0, sides: [[], []] }
const empty: MonthCount = {
  checkIns: { met: none, agreed: none, open: none, metWithin: none, metAcross: none, ties: none, gap: null },
  prompts: { tookPart: 0, prompts: [] },
  ...{ members: 0, kudos: 0, givers: 0, receivers: 0, unreached: 0, thanked: 0, thankedOn: 0, chain: 0 },
  ...{ cells: [], teams: [], ties: { amount: 0, sides: [[], []] }, passedOn: { amount: 0, sides: [[], []] } },
}
const figures = (count: Partial<MonthCount>) => figuresOf({ ...empty, ...count }, MONTH, SINCE, true)

/** Thanks among people of teams of different sizes, as the store would count them. */
const anyCells = fc
  .noBias(fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { minLength: 20, maxLength: 400, size: 'max' }))
  .map((thanks): { cells: TeamCell[]; teams: MonthCount['teams'] } => {
    const teamOf = (person: number) => ['A', 'A', 'A', 'B', 'B', 'B', 'C', 'C', 'D', 'E'][Math.floor(person / 3)] ?? 'E'
    const cells = ['A', 'B', 'C', 'D', 'E'].flatMap((team) =>
      [false, true].flatMap((crossed) => {
        const mine = thanks.filter(([g, r]) => g !== r && teamOf(g) === team && (teamOf(r) !== team) === crossed)
        const side = (which: 0 | 1) => [...new Set(mine.map((one) => `U${one[which]}`))].slice(0, 5)
        return mine.length > 0 ? [{ team, crossed, amount: mine.length, sides: [side(0), side(1)] }] : []
      }),
    )
    return { cells, teams: ['A', 'B', 'C', 'D', 'E'].map((team, index) => ({ team, size: 9 - index })) }
  })

describe('the figures of a month', () => {
  it('tell by team nothing that follows about fewer than five people, from whatever sums and differences', () => {
    let tables = 0
    fc.assert(
      fc.property(anyCells, ({ cells, teams }) => {
        const told = figures({ cells, teams })
        if (told.teams.length > 0) tables += 1
        for (const crossed of [false, true]) {
          const all = cells.filter((cell) => cell.crossed === crossed)
          const column = crossed ? 'across' : 'within'
          const isShown = ({ team }: TeamCell) =>
            (told.teams.find((row) => row.team === team)?.[column] ?? null) !== null
          const row = (some: TeamCell[]) => all.map((cell) => (some.includes(cell) ? 1 : 0))
          const known = [
            ...all.filter(isShown).map((cell) => row([cell])),
            ...(told.crossed === null ? [] : [row(all)]),
            ...(told.others?.[column] == null ? [] : [row(all.filter((cell) => !isShown(cell)))]),
          ]
          for (let subset = 1; subset < 2 ** all.length; subset += 1) {
            const some = all.filter((_, index) => subset & (2 ** index))
            if (isDetermined(row(some), known)) expect(isWide(some)).toBe(true)
          }
        }
      }),
      { numRuns: 300 },
    )
    expect(tables).toBeGreaterThan(50)
  })

  it('are multiples of five, or nothing', () => {
    const count = fc.nat(60)
    fc.assert(
      fc.property(anyCells, count, count, count, count, count, (cells, members, givers, receivers, thanked, on) => {
        const told = figures({ ...cells, members, givers, receivers, thanked, thankedOn: on, kudos: givers * 2 })
        const { crossed: _, ...others } = told
        const numbers = JSON.stringify(others, (key, value) =>
          ['month', 'zone', 'since'].includes(key) ? null : value,
        )
        for (const [number] of numbers.matchAll(/\d+/g)) expect(Number(number) % 5).toBe(0)
      }),
    )
  })

  it('tell of check-ins and prompts what can be told of each beside the other', () => {
    const some = (amount: number, people: number, prefix: string) => ({
      amount,
      sides: [Array.from({ length: people }, (_, index) => `${prefix}${index}`)],
    })
    const checkIns = { ...empty.checkIns, met: some(23, 9, 'M'), agreed: some(7, 5, 'A'), open: some(12, 8, 'O') }
    const prompts = {
      tookPart: 22,
      prompts: [
        { text: 'Thank', people: 16 },
        { text: 'Wave', people: 9 },
        { text: 'Ask', people: 4 },
      ],
    }
    expect(figures({ members: 60, checkIns, prompts })).toMatchObject({
      ...{ proposed: 40, agreed: 30, met: 20, tookPart: 20 },
      prompts: [
        { text: 'Thank', people: 15 },
        { text: 'Wave', people: 5 },
      ],
    })
    // Two people who did not meet would be known by name to those who did.
    const few = { ...checkIns, agreed: some(1, 2, 'A') }
    expect(figures({ members: 60, checkIns: few })).toMatchObject({ proposed: 35, agreed: 20, met: null })
    const fewOpen = { ...checkIns, open: some(2, 4, 'O') }
    expect(figures({ members: 60, checkIns: fewOpen })).toMatchObject({ proposed: 30, agreed: null, met: null })
  })

  it('say nothing where there is too little', () => {
    const told = figures({ members: 12, kudos: 9, givers: 4, receivers: 6, unreached: 3 })
    expect(told).toMatchObject({ kudos: null, givers: null, receivers: 5, unreached: null, crossed: null, teams: [] })
  })

  it('say who was reached by nothing only when three months were counted', () => {
    const count = { ...empty, members: 50, unreached: 20 }
    expect(figuresOf(count, MONTH, SINCE, true).unreached).toBe(20)
    expect(figuresOf(count, MONTH, SINCE, false).unreached).toBeNull()
  })

  it('name the twenty largest teams, by name, and put the others together', () => {
    const people = (team: string) => Array.from({ length: 6 }, (_, index) => `${team}${index}`)
    const names = Array.from({ length: 200 }, (_, index) => `Team ${String(index).padStart(3, '0')}`)
    const cells = names.flatMap((team) =>
      [false, true].map((crossed) => ({ team, crossed, amount: 12, sides: [people(team), people(`${team}r`)] })),
    )
    const told = figures({ cells, teams: names.map((team, index) => ({ team, size: 200 - (index % 50) })) })
    expect(told.teams).toHaveLength(TEAMS_SHOWN)
    expect(told.teams.map(({ team }) => team)).toEqual(told.teams.map(({ team }) => team).sort())
    expect(told.others).toEqual({ within: 180 * 12, across: 180 * 12 })
    expect(told.crossed).toBe(50)
  })
})

describe('the export', () => {
  it('has what the message tells, and keeps formulas texts', () => {
    const told: Figures = {
      ...figures({ members: 52, kudos: 83, givers: 20, receivers: 31 }),
      teams: [
        { team: '=HYPERLINK("x")', within: 10, across: null },
        { team: 'R&D, "core"', within: null, across: 15 },
      ],
      others: { within: 5, across: null },
    }
    expect(csvOf(told).split('\n')).toEqual(
      expect.arrayContaining([
        'month,figure,of,value',
        '2026-10,Kudos,,80',
        '2026-10,People who gave,,20',
        '2026-10,New ties,,',
        `2026-10,Thanks within a team,"'=HYPERLINK(""x"")",10`,
        '2026-10,Thanks to other teams,"R&D, ""core""",15',
        '2026-10,Thanks within a team,All others together,5',
      ]),
    )
  })
})
