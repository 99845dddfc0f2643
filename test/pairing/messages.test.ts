import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whoGoesFirst } from '../../src/pairing/composing.ts'
import { type Remembered, reckonGap } from '../../src/pairing/expectation-gap.ts'
import { followUp } from '../../src/pairing/follow-up-messages.ts'
import { introduction } from '../../src/pairing/introduction-messages.ts'
import * as messages from '../../src/pairing/messages.ts'
import { outlookBlocks } from '../../src/pairing/on-home.ts'
import { whyUs } from '../../src/pairing/why-us.ts'
import type { Message } from '../../src/platform/slack.ts'
import { checkMessageBlocks } from '../../src/sandbox/slack/block-kit/check.ts'

const AT = new Date('2026-03-04T15:00:00Z')
const view = (over: Partial<messages.ProposalView> = {}): messages.ProposalView => ({
  pairingId: '5d0c5c8e-6d1f-5c4e-9d0e-2f7f0f3c1a11',
  sight: 'asked',
  others: [{ id: 'U02RAJ', team: 'Design', metAt: null }],
  team: 'Platform',
  question: 'What went well?',
  answerBy: AT,
  earlier: [],
  expectation: null,
  anyone: false,
  lookingUntil: null,
  gap: null,
  ...over,
})
const SIGHTS = ['asked', 'waiting', 'declined', 'introduced', 'does not fit', 'missed', 'declined for good'] as const
const shown = (message: Message) => JSON.stringify(message.blocks)
const isTaken = (message: Message) => {
  expect(message.text).not.toBe('')
  expect(checkMessageBlocks(message.blocks)).toEqual([])
}

describe('a proposal', () => {
  it('is one that Slack takes, in every state', () => {
    const other = fc.record({
      id: fc.constantFrom('U01ANN', 'U02RAJ', 'U03LEE'),
      team: fc.option(fc.string({ minLength: 1, maxLength: 60 })),
      metAt: fc.option(fc.constant(AT)),
    })
    const views = fc.record({
      sight: fc.constantFrom(...SIGHTS),
      others: fc.array(other, { minLength: 1, maxLength: 2 }),
      team: fc.option(fc.string({ minLength: 1, maxLength: 60 })),
      earlier: fc.array(fc.constant<string[]>(['U04KIM', 'U05EVE']), { maxLength: 4 }),
      expectation: fc.option(fc.integer({ min: 1, max: 5 })),
      anyone: fc.boolean(),
      lookingUntil: fc.option(fc.constant(AT)),
      gap: fc.option(fc.constant({ expected: 3.2, was: 4.4 })),
    })
    fc.assert(fc.property(views, (one) => isTaken(messages.proposal(view(one)))))
  })

  it('has buttons as long as they do something, and none after', () => {
    for (const sight of ['introduced', 'missed', 'declined for good', 'does not fit'] as const) {
      expect(shown(messages.proposal(view({ sight })))).not.toContain('action_id')
    }
    expect(shown(messages.proposal(view({ sight: 'does not fit', lookingUntil: AT })))).toContain('pairing.anyone')
    expect(shown(messages.proposal(view({ sight: 'waiting' })))).toContain('pairing.reconsider')
  })

  it('says the expectation gap only where there is one', () => {
    expect(shown(messages.proposal(view()))).not.toContain('on average')
    expect(shown(messages.proposal(view({ gap: { expected: 3.1, was: 4.3 } })))).toContain('expected 3.1')
  })
})

describe('why us', () => {
  const month = () => 'March 2026'
  it('comes from teams and meetings alone', () => {
    expect(whyUs({ team: 'A', otherTeam: 'B', metAt: null }, month)).toBe(
      'You are on different teams and have not met in a check-in yet.',
    )
    expect(whyUs({ team: 'A', otherTeam: 'A', metAt: AT }, month)).toBe(
      'You are on the same team and last met in March 2026.',
    )
    expect(whyUs({ team: null, otherTeam: 'B', metAt: null }, month)).toBe('You have not met in a check-in yet.')
  })
})

describe('an introduction', () => {
  it('writes each time out in everybody’s zone, with links for calendars', () => {
    const message = introduction({
      people: [
        { id: 'U01ANN', zone: 'Europe/Berlin' },
        { id: 'U02RAJ', zone: 'Asia/Kolkata' },
      ],
      question: 'What went well?',
      first: 'U02RAJ',
      times: [new Date('2026-03-04T09:00:00Z')],
    })
    isTaken(message)
    expect(shown(message)).toContain('Wed 4 Mar, 10:00 for <@U01ANN>, Wed 4 Mar, 14:30 for <@U02RAJ>')
    expect(shown(message)).toContain('dates=20260304T090000Z/20260304T091500Z')
    expect(shown(message)).toContain('<@U02RAJ> goes first')
  })

  it('proposes an exchange of messages where there is no time', () => {
    const people = [
      { id: 'U01ANN', zone: null },
      { id: 'U02RAJ', zone: 'Asia/Kolkata' },
    ]
    const message = introduction({ people, question: 'Q?', first: 'U01ANN', times: [] })
    isTaken(message)
    expect(shown(message)).toContain('exchange of messages')
  })

  it('has another one go first in somebody’s first check-in, and takes turns after that', () => {
    const person = (id: string, introduced: number, first: number) => ({ id, introduced, first })
    expect(whoGoesFirst([person('A', 0, 0), person('B', 3, 3)])).toBe('B')
    expect(whoGoesFirst([person('A', 4, 3), person('B', 4, 1)])).toBe('B')
    expect(whoGoesFirst([person('A', 0, 0), person('B', 0, 0)])).toBe('A')
  })
})

describe('the question how it went', () => {
  it('is one that Slack takes, whatever was answered', () => {
    for (const outcome of [null, 'met', 'planned', 'not yet', 'no'] as const) {
      for (const again of [true, false]) {
        isTaken(followUp({ pairingId: 'x', others: ['U01ANN', 'U02RAJ'], outcome, rating: again ? 4 : null, again }))
      }
    }
  })
})

it('messages without a pairing are taken as well', () => {
  for (const message of [
    messages.alone(),
    messages.ghost(),
    messages.tooFew(),
    messages.missed(),
    messages.reminder(['U01ANN'], AT),
  ]) {
    isTaken(message)
  }
})

describe('the expectation gap', () => {
  const said = (person: string, expectation = 2, rating = 5) => ({ person, expectation, rating })
  const gapOf = (...pieces: Remembered[][]) => {
    const reckoning = reckonGap()
    for (const piece of pieces) reckoning.add(piece)
    return reckoning.gap()
  }
  it('needs five different people, and moves only when five more have spoken', () => {
    expect(gapOf(['A', 'B', 'C', 'D', 'A', 'B'].map((id) => said(id)))).toBeNull()
    const five = ['A', 'B', 'C', 'D', 'E'].map((id) => said(id))
    const gap = gapOf(five)
    expect(gap).toEqual({ expected: 2, was: 4.8 })
    for (const value of [1, 2, 3, 4, 5]) expect(gapOf([...five, said('F', value, value)])).toEqual(gap)
  })

  it('is the same, whatever the pieces in which it is read', () => {
    const one = fc.record({
      person: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G'),
      expectation: fc.integer({ min: 1, max: 5 }),
      rating: fc.integer({ min: 1, max: 5 }),
    })
    fc.assert(
      fc.property(fc.array(fc.array(one, { maxLength: 9 }), { maxLength: 9 }), (pieces) => {
        expect(gapOf(...pieces)).toEqual(gapOf(pieces.flat()))
      }),
    )
  })
})

it('what admins see of a round is told in fives, and not at all of a few', () => {
  const outlook = { date: '2026-03-02', people: 23, members: 60, sameTeam: 2, repeats: 7 }
  const text = (over: Partial<typeof outlook>) => JSON.stringify(outlookBlocks({ ...outlook, ...over }, AT))
  expect(text({})).toContain('20 or more people')
  expect(text({})).toContain('5 or more pairs who were paired before, fewer than five of one team')
  expect(text({ people: 24 })).toBe(text({}))
  for (const people of [0, 3, 4, 58, 60]) expect(text({ people })).toBe(text({ people: 1 }))
})
