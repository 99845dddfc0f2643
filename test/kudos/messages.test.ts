import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as answers from '../../src/kudos/answers.ts'
import { parseKudos } from '../../src/kudos/command.ts'
import type { Given } from '../../src/kudos/decision.ts'
import { listMessage } from '../../src/kudos/lists.ts'
import * as messages from '../../src/kudos/messages.ts'
import * as modals from '../../src/kudos/modals.ts'
import type { Report } from '../../src/kudos/report-store.ts'
import { type Message, modalView } from '../../src/platform/slack.ts'
import { checkMessageBlocks, checkView, lengthOf } from '../../src/sandbox/slack/block-kit/check.ts'
import { answerModal } from '../../src/workspace/messages.ts'
import { aStoredKudos } from '../support/builders.ts'

const ids = (count: number) => Array.from({ length: count }, (_, number) => `U0PERSON${number}`)
const kudos = aStoredKudos
const given: Given = {
  kind: 'given',
  kudosId: kudos().id,
  recipients: ['U01ANN'],
  refused: [],
  isPrivate: false,
  onlyMe: [],
  card: null,
  offer: 'C02KUDOS',
}

/** The card, which there has to be. */
function cardOf(one: Parameters<typeof messages.card>[0]): Message {
  const card = messages.card(one)
  if (!card) throw new Error('there is no card')
  return card
}

const report = (over: Partial<Report> = {}): Report => ({
  id: '5d0c5c8e-6d1f-5c4e-9d0e-2f7f0f3c1a22',
  kudosId: kudos().id,
  reporter: 'U01ANN',
  complaint: '',
  showText: false,
  state: 'open',
  decidedBy: null,
  ...over,
})

/** Slack would take it. */
function expectSendable(message: Message) {
  expect(message.text.trim()).not.toBe('')
  expect(message.text.length).toBeLessThan(4_000)
  expect(checkMessageBlocks(message.blocks)).toEqual([])
  expect(lengthOf(message.blocks)).toBeLessThanOrEqual(13_200)
}

/** Whatever can be given at all: reasons that the command accepts. */
const reason = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom(
        '<@U1|ann>',
        '<!channel>',
        '<https://example.com/a?b=1&amp;c|x>',
        '`a`',
        ':tada:',
        '&lt;@U1&gt;',
        '🌱'.repeat(300),
        '*',
        '\n',
      ),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parseKudos(`<@U01ANN|ann> ${parts.join('')}`))
  .filter((command) => command.kind === 'give')
  .map((command) => command.reason)
const recipients = fc.integer({ min: 1, max: 10 }).map(ids)

describe('every message', () => {
  it('is one that Slack takes, whatever the reason and however many people', () => {
    fc.assert(
      fc.property(reason, recipients, fc.boolean(), (words, people, first) => {
        const one = kudos({ reason: words, recipients: people })
        expectSendable(cardOf(one))
        for (const isPrivate of [true, false]) {
          expectSendable(messages.note({ ...one, isPrivate }, people[0] ?? '', first))
        }
        for (const list of ['mine', 'given'] as const) {
          const page = { kudos: [one, one, one, one, one], more: true, first }
          expectSendable(listMessage(list, people[0] ?? '', page))
          expect(checkView(modalView(answerModal(listMessage(list, 'U01ANN', page))), 'modal')).toEqual([])
        }
        expectSendable(messages.verdict({ ...one, removed: { by: 'U0ADMIN', reason: words } }))
        for (const isOpen of [true, false]) {
          for (const state of ['open', 'removed', 'left'] as const) {
            const told = report({ complaint: words, showText: first, state, decidedBy: 'U0ADMIN' })
            expectSendable(messages.reportMessage(told, one, isOpen))
          }
        }
        expect(checkView(modalView(modals.removeForm('id', one)), 'modal')).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('of the fixed ones too', () => {
    const because = ['self', 'app', 'bot', 'deactivated', 'outside', 'unknown'] as const
    const refused = because.flatMap((reasonAgainst) => ids(30).map((id) => ({ id, because: reasonAgainst })))
    const all: Message[] = [
      answers.confirmation({ ...given, recipients: ids(10), refused }),
      answers.outcome({ kind: 'refused', refused }),
      answers.outcome({ kind: 'refused', refused: [] }),
      answers.outcome({ kind: 'too many', count: 11 }),
      answers.outcome({ kind: 'unknown', ids: ['U1'] }),
      answers.outcome({
        kind: 'again?',
        kudosId: given.kudosId,
        request: 'x'.repeat(100),
        channel: 'C01GENERAL',
        recipients: ids(10),
      }),
      ...(['no person', 'person not first', 'no reason', 'too long'] as const).map(answers.problem),
      ...(['withdrawn', 'withdrawn before', 'too late', 'not yours'] as const).map(answers.withdrawn),
      ...(['withdrawn', 'no channel', 'not yours', 'private'] as const).map((kind) =>
        answers.posted({ kind }, given.kudosId),
      ),
      answers.posted({ kind: 'posted', channel: 'C1' }, given.kudosId),
      answers.cardFailed('C1', given.kudosId, 'C2'),
      answers.cardFailed('C1', given.kudosId, null),
      answers.outcome({ kind: 'over the limit', limit: 3 }),
      answers.confirmation({ ...given, isPrivate: true }),
      answers.confirmation({ ...given, recipients: ids(10), onlyMe: ids(5), card: 'C1' }),
      answers.confirmation({ ...given, recipients: ids(10), onlyMe: ids(10) }),
      ...(['kept', 'kept before', 'not yours', 'withdrawn'] as const).map(answers.keptPrivate),
      ...(['reported', 'reported before', 'nobody to tell', 'own', 'gone', 'not yours'] as const).map(answers.reported),
      ...[{ notes: true }, { notes: false }, { onlyMe: true }, { onlyMe: false }].map(answers.preference),
      ...(['mine', 'given'] as const).flatMap((list) =>
        [true, false].map((first) => listMessage(list, 'U01ANN', { kudos: [], more: false, first })),
      ),
      answers.help(),
      answers.gone(),
      answers.dismissed(),
      answers.notFoundOut(),
      messages.hiddenMessage(),
      messages.exampleNote('U0BOT', 'U01ANN', kudos().givenAt),
      messages.withdrawnMessage(),
    ]
    for (const message of all) expectSendable(message)
  })

  it('mentions in its notification nobody but the people of the kudos', () => {
    fc.assert(
      fc.property(reason, (words) => {
        const mentioned = [...cardOf(kudos({ reason: words })).text.matchAll(/<([^>]*)>/g)].map((match) => match[1])
        expect(mentioned).toEqual(['@U0GIVER', '@U01ANN'])
      }),
    )
  })
})

describe('the words', () => {
  it('name one, two and three people', () => {
    const line = (count: number) => cardOf(kudos({ recipients: ids(count) })).text.split(':')[0]
    expect(line(1)).toBe('<@U0GIVER> thanks <@U0PERSON0>')
    expect(line(2)).toBe('<@U0GIVER> thanks <@U0PERSON0> and <@U0PERSON1>')
    expect(line(3)).toBe('<@U0GIVER> thanks <@U0PERSON0>, <@U0PERSON1> and <@U0PERSON2>')
  })

  it('of a note say who else was thanked, and where only if that was public', () => {
    const together = kudos({ recipients: ['U01ANN', 'U02RAJ'] })
    expect(messages.note(together, 'U01ANN', false).text).toBe(
      '<@U0GIVER> thanks you, together with <@U02RAJ>, in <#C01GENERAL>: staying late',
    )
    expect(messages.note(kudos(), 'U01ANN', false).text).toBe('<@U0GIVER> thanks you in <#C01GENERAL>: staying late')
    expect(messages.note({ ...together, saidIn: null }, 'U01ANN', false).text).toBe(
      '<@U0GIVER> thanks you, together with <@U02RAJ>: staying late',
    )
    expect(messages.note(kudos({ saidIn: null }), 'U01ANN', false).text).toBe('<@U0GIVER> thanks you: staying late')
  })

  it('shorten a long reason for the notification alone', () => {
    const card = cardOf(kudos({ reason: 'x'.repeat(900) }))
    expect(card.text.length).toBeLessThan(250)
    expect(JSON.stringify(card.blocks)).toContain('x'.repeat(900))
  })
})

describe('who wants to be private', () => {
  it('is on no card, whoever else is', () => {
    fc.assert(
      fc.property(fc.subarray(ids(10), { minLength: 1 }), fc.infiniteStream(fc.boolean()), (recipients, coins) => {
        const keptPrivate = recipients.filter(() => coins.next().value)
        const card = messages.card(kudos({ recipients, keptPrivate }))
        const shown = recipients.filter((id) => !keptPrivate.includes(id))
        expect(card === null).toBe(shown.length === 0)
        for (const id of keptPrivate) expect(JSON.stringify(card)).not.toContain(`<@${id}>`)
        for (const id of shown) expect(card?.text).toContain(`<@${id}>`)
      }),
    )
    expect(messages.card(kudos({ isPrivate: true }))).toBeNull()
  })

  it('is told of no channel in their note', () => {
    expect(messages.note(kudos({ keptPrivate: ['U01ANN'] }), 'U01ANN', false).text).toBe(
      '<@U0GIVER> thanks you: staying late',
    )
  })

  it('is hidden from an admin who reads a report, as is all that is not open', () => {
    const shared = kudos({ recipients: ['U01ANN', 'U02RAJ'], keptPrivate: ['U02RAJ'], reason: 'the quiet words' })
    expect(JSON.stringify(messages.reportMessage(report(), shared, true))).not.toContain('U02RAJ')
    const closed = JSON.stringify(messages.reportMessage(report({ complaint: 'help' }), shared, false))
    expect(closed).toContain('help')
    for (const hidden of ['the quiet words', 'U0GIVER', 'U02RAJ', 'kudos.remove']) expect(closed).not.toContain(hidden)
    const readable = JSON.stringify(messages.reportMessage(report({ showText: true }), shared, false))
    for (const seen of ['the quiet words', 'U0GIVER', 'kudos.remove']) expect(readable).toContain(seen)
    expect(readable).not.toContain('U02RAJ')
    // Once it is gone, its text is gone for admins too.
    const gone = messages.reportMessage(report({ showText: true }), { ...shared, withdrawn: true }, false)
    expect(JSON.stringify(gone)).not.toContain('the quiet words')
  })
})
