import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readContext, readGiveForm, requestOf, writeContext } from '../../src/kudos/form.ts'
import { card } from '../../src/kudos/messages.ts'
import { aStoredKudos } from '../support/builders.ts'

const state = (people: string[], reason: string | null, ticked = false, value: string | null = null) => ({
  people: { people: { selected_users: people } },
  reason: { reason: { value: reason } },
  value: { value: { selected_option: value === null ? null : { value } } },
  private: { private: { selected_options: ticked ? [{ value: 'yes' }] : [] } },
})

describe('a form of giving', () => {
  it('is read with everything in it', () => {
    expect(readGiveForm(state(['U1', 'U2', 'U1'], ' staying late ', true, 'craft'))).toEqual({
      people: ['U1', 'U2'],
      reason: 'staying late',
      value: 'craft',
      isPrivate: true,
    })
  })

  it.each([
    [state([], 'staying late'), ['people']],
    [state(['U1'], null), ['reason']],
    [state(['U1'], '\u200b\u3164 \u2800'), ['reason']],
    [state(['U1'], 'x'.repeat(1_001)), ['reason']],
    [state([], ''), ['people', 'reason']],
    [{}, ['people', 'reason']],
  ])('says by field what is wrong', (wrong, fields) => {
    const read = readGiveForm(wrong)
    expect('problems' in read && Object.keys(read.problems)).toEqual(fields)
  })

  it('keeps what was typed as text, and addresses as links', () => {
    const read = readGiveForm(state(['U1'], 'a < b & <@U2> <!channel> https://example.com/x?a=1&b=2.'))
    expect(read).toMatchObject({
      reason: 'a &lt; b &amp; &lt;@U2&gt; &lt;!channel&gt; <https://example.com/x?a=1&amp;b=2>.',
    })
  })

  it('notifies nobody but its people, whatever was typed', () => {
    const parts = fc.constantFrom('<@U2>', '<!here>', '@channel', '&lt;@U2&gt;', 'https://x.y/<@U2>', '<#C1>', ' ', 'a')
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string({ maxLength: 30 })), { minLength: 1, maxLength: 12 }), (words) => {
        const read = readGiveForm(state(['U01ANN'], words.join('')))
        if ('problems' in read) return
        const message = card(aStoredKudos({ reason: read.reason }))
        const mentions = [...(message?.text ?? '').matchAll(/<([^>]*)>/g)].map((match) => match[1])
        expect(mentions).toEqual(['@U0GIVER', '@U01ANN'])
        expect(JSON.stringify(message?.blocks)).not.toMatch(/"type":"(user|usergroup|broadcast)"/)
      }),
    )
  })
})

describe('a submission', () => {
  it('is the same with the same in the same form, and has no spaces', () => {
    const one = requestOf('V1', state(['U1'], 'x'))
    expect(requestOf('V1', state(['U1'], 'x'))).toBe(one)
    expect(requestOf('V2', state(['U1'], 'x'))).not.toBe(one)
    expect(requestOf('V1', state(['U1'], 'y'))).not.toBe(one)
    expect(one).not.toContain(' ')
  })
})

it('what a form was opened for comes back, and nothing else is believed', () => {
  const context = {
    channel: '',
    responseUrl: null,
    passedOnFrom: null,
    threadTs: '1.2',
    about: { channel: 'C1', ts: '1' },
  }
  expect(readContext(writeContext(context))).toEqual(context)
  for (const wrong of ['', '{}', '[]', '{"channel":1}']) expect(() => readContext(wrong)).toThrow()
})
