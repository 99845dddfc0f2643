import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { home } from '../../src/home/messages.ts'
import { parseKudos } from '../../src/kudos/command.ts'
import type { Given } from '../../src/kudos/giving.ts'
import * as messages from '../../src/kudos/messages.ts'
import type { Kudos } from '../../src/kudos/store.ts'
import type { Message } from '../../src/platform/slack.ts'
import { checkMessageBlocks, checkView, lengthOf } from '../../src/sandbox/slack/block-kit/check.ts'

const ids = (count: number) => Array.from({ length: count }, (_, number) => `U0PERSON${number}`)
const kudos = (over: Partial<Kudos> = {}): Kudos => ({
  id: '5d0c5c8e-6d1f-5c4e-9d0e-2f7f0f3c1a11',
  giver: 'U0GIVER',
  recipients: ['U01ANN'],
  reason: 'staying late',
  saidIn: 'C01GENERAL',
  givenAt: new Date('2026-03-02T10:00:00Z'),
  withdrawn: false,
  ...over,
})
const given: Given = {
  kind: 'given',
  kudosId: kudos().id,
  recipients: ['U01ANN'],
  refused: [],
  card: null,
  offer: 'C02KUDOS',
}

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
        expectSendable(messages.card(one))
        expectSendable(messages.note(one, people[0] ?? '', first))
        expectSendable(
          messages.given([one, one, one, one, one].map((same, index) => ({ ...same, id: `${same.id}${index}` }))),
        )
        expect(checkView({ type: 'home', blocks: home(people[0] ?? '', [one, one, one], first) }, 'home')).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('of the fixed ones too', () => {
    const because = ['self', 'app', 'bot', 'deactivated', 'outside', 'unknown'] as const
    const refused = because.flatMap((reasonAgainst) => ids(30).map((id) => ({ id, because: reasonAgainst })))
    const all: Message[] = [
      messages.confirmation({ ...given, recipients: ids(10), refused }),
      messages.outcome({ kind: 'refused', refused }),
      messages.outcome({ kind: 'refused', refused: [] }),
      messages.outcome({ kind: 'too many', count: 11 }),
      messages.outcome({ kind: 'unknown', ids: ['U1'] }),
      messages.outcome({
        kind: 'again?',
        kudosId: given.kudosId,
        request: 'x'.repeat(100),
        channel: 'C01GENERAL',
        recipients: ids(10),
      }),
      ...(['no person', 'person not first', 'no reason', 'too long'] as const).map(messages.problem),
      ...(['withdrawn', 'withdrawn before', 'too late', 'not yours'] as const).map(messages.withdrawn),
      ...(['withdrawn', 'no channel', 'not yours'] as const).map((kind) => messages.posted({ kind }, given.kudosId)),
      messages.posted({ kind: 'posted', channel: 'C1' }, given.kudosId),
      messages.cardFailed('C1', given.kudosId, 'C2'),
      messages.cardFailed('C1', given.kudosId, null),
      messages.given([]),
      messages.notes(true),
      messages.notes(false),
      messages.help(),
      messages.gone(),
      messages.dismissed(),
      messages.notFoundOut(),
      messages.withdrawnMessage(),
    ]
    for (const message of all) expectSendable(message)
    expect(checkView({ type: 'home', blocks: home('U01ANN', [], true) }, 'home')).toEqual([])
  })

  it('mentions in its notification nobody but the people of the kudos', () => {
    fc.assert(
      fc.property(reason, (words) => {
        const mentioned = [...messages.card(kudos({ reason: words })).text.matchAll(/<([^>]*)>/g)].map(
          (match) => match[1],
        )
        expect(mentioned).toEqual(['@U0GIVER', '@U01ANN'])
      }),
    )
  })
})

describe('the words', () => {
  it('name one, two and three people', () => {
    const line = (count: number) => messages.card(kudos({ recipients: ids(count) })).text.split(':')[0]
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
    const card = messages.card(kudos({ reason: 'x'.repeat(900) }))
    expect(card.text.length).toBeLessThan(250)
    expect(JSON.stringify(card.blocks)).toContain('x'.repeat(900))
  })
})
