import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutCharts } from '../../src/digest/charts.ts'
import type { Figures } from '../../src/digest/figures.ts'
import * as messages from '../../src/digest/messages.ts'
import { monthBefore, monthNamed } from '../../src/digest/month.ts'
import { paragraphs, suggestions } from '../../src/digest/summary.ts'
import { modalView } from '../../src/platform/slack.ts'
import { checkMessageBlocks, checkView, lengthOf } from '../../src/sandbox/slack/block-kit/check.ts'

const october = monthNamed('2026-10', 'Europe/Berlin')
if (!october) throw new Error('no such month')

const nothing: Figures = {
  ...{ month: '2026-10', zone: 'Europe/Berlin', since: '2026-10-12T08:00:00.000Z', members: 10 },
  ...{ kudos: null, givers: null, receivers: null, thanked: null, thankedOn: null, passedOn: null, chain: null },
  ...{ crossed: null, teams: [], others: null, ties: null, unreached: null },
  ...{ proposed: null, agreed: null, met: null, metAcross: null, gap: null, tookPart: null, prompts: [] },
}
const small: Figures = {
  ...nothing,
  ...{ members: 40, kudos: 60, givers: 15, receivers: 20, thanked: 20, thankedOn: 10, passedOn: 10, chain: 5 },
  ...{ proposed: 30, agreed: 20, met: 15, metAcross: 80, gap: { expected: 3.4, was: 4.3 }, tookPart: 10 },
  prompts: [{ text: 'Who made *your* week easier, <@U1>?', people: 5 }],
  ...{ crossed: 27, ties: 10, unreached: 10, others: { within: 15, across: null } },
  teams: [
    { team: 'Baking', within: 15, across: 10 },
    { team: 'Design', within: null, across: 5 },
  ],
}
const huge: Figures = {
  ...small,
  ...{ members: 20_000, kudos: 84_000, givers: 9_000, receivers: 12_000, crossed: 52, unreached: 1_000 },
  teams: Array.from({ length: 20 }, (_, index) => ({
    team: `${index} ${'é'.repeat(57)}`,
    within: 99_995,
    across: 99_995,
  })),
}
const yearOf = (last: Figures): Figures[] =>
  Array.from({ length: 12 }, (_, index) => ({ ...last, month: monthBefore(october, 11 - index).name }))
const aDigest = (over: Partial<messages.Digest>) =>
  messages.digest({ months: [small], chosen: { prompts: false, teams: true }, lateFor: null, note: null, ...over })

describe('a digest', () => {
  it.each([
    ['empty', [nothing]],
    ['small', [{ ...small, month: '2026-09', kudos: 45, crossed: 20, unreached: 15 }, small]],
    ['huge', yearOf(huge)],
  ])('of an %s workspace', (_, months) => {
    const message = aDigest({ months })
    expect(checkMessageBlocks(message.blocks)).toEqual([])
    expect(message).toMatchSnapshot()
  })

  it('fits into a message with the longest names there are, late and with a note, in words alone too', () => {
    const message = aDigest({ months: yearOf(huge), lateFor: new Date(), note: messages.onlyYou })
    for (const one of [message, withoutCharts(message)]) {
      expect(checkMessageBlocks(one.blocks)).toEqual([])
      expect(one.blocks.length).toBeLessThanOrEqual(50)
      expect(lengthOf(one.blocks)).toBeLessThanOrEqual(13_000)
    }
    expect(JSON.stringify(withoutCharts(message).blocks)).not.toContain('data_visualization')
  })

  it('is one that Slack takes, whatever may be told and whatever not', () => {
    const number = fc.option(fc.nat(20).map((value) => value * 5 + 5))
    const figures = fc.record({
      ...{ kudos: number, givers: number, receivers: number, thanked: number, thankedOn: number, passedOn: number },
      ...{ chain: number, ties: number, unreached: number, crossed: fc.option(fc.integer({ min: 0, max: 100 })) },
      gap: fc.option(fc.constant({ expected: 3, was: 4.4 })),
      prompts: fc.array(fc.record({ text: fc.string({ minLength: 1, maxLength: 500 }), people: fc.constant(5) }), {
        maxLength: 2,
      }),
      ...{ proposed: number, agreed: number, met: number, metAcross: number, tookPart: number },
      teams: fc.array(fc.record({ team: fc.string({ minLength: 1, maxLength: 60 }), within: number, across: number }), {
        maxLength: 20,
      }),
      others: fc.option(fc.record({ within: number, across: number })),
    })
    fc.assert(
      fc.property(fc.array(figures, { minLength: 1, maxLength: 12 }), (months) => {
        const year = months.map((one, index) => ({
          ...small,
          ...one,
          month: monthBefore(october, months.length - index).name,
        }))
        const message = aDigest({ months: year })
        expect(checkMessageBlocks(message.blocks)).toEqual([])
        expect(checkMessageBlocks(withoutCharts(message).blocks)).toEqual([])
        expect(message.blocks.length).toBeLessThanOrEqual(50)
        expect(lengthOf(message.blocks)).toBeLessThanOrEqual(13_000)
      }),
    )
  })

  it('draws a line only where no month is missing', () => {
    const [first, ...others] = yearOf(small)
    const chart = (months: Figures[]) =>
      JSON.stringify(aDigest({ months }).blocks.find(({ type }) => (type as string) === 'data_visualization'))
    expect(chart(yearOf(small))).toContain('"Nov","Dec","Jan"')
    expect(chart([{ ...small, ...first, kudos: null }, ...others])).not.toContain('November 2025')
    expect(chart([small])).not.toContain('"line"')
  })

  it('says since when it counts in the first one only', () => {
    const first = 'This is the first digest. Small Acts counts here since'
    expect(JSON.stringify(aDigest({}))).toContain(first)
    expect(JSON.stringify(aDigest({ months: yearOf(small) }))).not.toContain(first)
  })
})

describe('the words', () => {
  it('begin with what is better than before', () => {
    const titles = (before: Partial<Figures>) => paragraphs(small, { ...small, ...before }).map(({ title }) => title)
    expect(titles({})).toEqual([
      'Saying thanks',
      'Across teams',
      'From person to person',
      'Check-ins',
      'The weekly prompt',
      'Nobody left out',
    ])
    expect(titles({ crossed: 20 })[0]).toBe('Across teams')
    expect(titles({ unreached: 15 })[0]).toBe('Nobody left out')
    expect(titles({ unreached: 5, thankedOn: 5 })[0]).toBe('From person to person')
  })

  it('suggest one or two things, each where it follows from', () => {
    const all = { prompts: true, teams: true }
    const asked = (figures: Partial<Figures>, chosen = all) =>
      suggestions({ ...small, crossed: 60, unreached: null, givers: 20, ...figures }, chosen).map(
        ({ section }) => section,
      )
    expect(asked({})).toEqual([null])
    expect(asked({ crossed: 20 })).toEqual(['check-ins'])
    expect(asked({ crossed: null }, { prompts: true, teams: false })).toEqual(['teams'])
    expect(asked({ crossed: 20, unreached: 20, givers: 5 }, { prompts: false, teams: true })).toEqual([
      'check-ins',
      'prompts',
    ])
    expect(suggestions(nothing, all)[0]?.text).toContain('Somebody has to begin')
  })

  it('never name or rank anybody', () => {
    const told = JSON.stringify([aDigest({ months: yearOf(huge) }), aDigest({})])
    expect(told).not.toMatch(/<@|\b(top|best|most active|least|worst|first place)\b/i)
  })
})

it('the forms are ones that Slack takes', () => {
  const csv = Array.from(
    { length: 60 },
    (_, index) => `2026-10,Thanks within a team,${'x'.repeat(60)} ${index},5`,
  ).join('\n')
  for (const form of [messages.explanation('2026-10', 'Europe/Berlin'), messages.exported('2026-10', csv)]) {
    expect(checkView(modalView(form), 'modal')).toEqual([])
  }
})
