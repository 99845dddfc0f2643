import { describe, expect, it } from 'vitest'
import { parseInline, parseMrkdwn } from '../../src/sandbox/page/mrkdwn.ts'

const text = (of: string) => ({ kind: 'text', text: of })

describe('mrkdwn', () => {
  it('keeps what was escaped as text', () => {
    expect(parseInline('&lt;@U1&gt; &amp;lt; &lt;!channel&gt;')).toEqual([text('<@U1> &lt; <!channel>')])
  })

  it('reads mentions of people, channels, groups and everybody', () => {
    expect(parseInline('<@U1><@W2|ann><#C1|general><!subteam^S1|@design><!here>')).toEqual([
      { kind: 'user', id: 'U1', label: '' },
      { kind: 'user', id: 'W2', label: 'ann' },
      { kind: 'channel', id: 'C1', label: 'general' },
      { kind: 'group', id: 'S1', label: '@design' },
      { kind: 'broadcast', range: 'here' },
    ])
  })

  it('links to the web and nowhere else', () => {
    expect(parseInline('<https://x.example/a_b_c?d=1&amp;e=2|the page>')).toEqual([
      { kind: 'link', href: 'https://x.example/a_b_c?d=1&e=2', label: 'the page' },
    ])
    expect(parseInline('<javascript:alert(1)|x>')).toEqual([text('<javascript:alert(1)|x>')])
  })

  it('marks whole words only', () => {
    expect(parseInline('*a* 2*3*4 snake_case_name _b_ ~c~ * d *')).toEqual([
      { kind: 'bold', children: [text('a')] },
      text(' 2*3*4 snake_case_name '),
      { kind: 'italic', children: [text('b')] },
      text(' '),
      { kind: 'strike', children: [text('c')] },
      text(' * d *'),
    ])
  })

  it('marks within marks, around a mention, and not within code', () => {
    expect(parseInline('_*x* <@U1>_ `*y* <@U1>`')).toEqual([
      {
        kind: 'italic',
        children: [{ kind: 'bold', children: [text('x')] }, text(' '), { kind: 'user', id: 'U1', label: '' }],
      },
      text(' '),
      { kind: 'code', text: '*y* <@U1>' },
    ])
  })

  it('knows emoji by name and leaves times alone', () => {
    expect(parseInline('10:30:45 :tada: :no_such_thing:')).toEqual([
      text('10:30:45 '),
      text('🎉'),
      text(' :no_such_thing:'),
    ])
  })

  it('puts quoted lines together and stops where they stop', () => {
    expect(parseMrkdwn('before\n&gt; one\n> two\nafter')).toEqual([
      { kind: 'lines', children: [text('before')] },
      { kind: 'quote', children: [text('one\ntwo')] },
      { kind: 'lines', children: [text('after')] },
    ])
    expect(parseMrkdwn('&gt;&gt;&gt; all\nof it')).toEqual([{ kind: 'quote', children: [text('all\nof it')] }])
  })

  it('leaves preformatted text as it is', () => {
    expect(parseMrkdwn('```\n*a* &lt;b&gt;\n```\nthen')).toEqual([
      { kind: 'preformatted', text: '*a* <b>' },
      { kind: 'lines', children: [text('then')] },
    ])
  })

  it('carries a date with its fallback', () => {
    expect(parseInline('<!date^1764000000^{date_short} at {time}|soon>')).toEqual([
      { kind: 'date', seconds: 1764000000, format: '{date_short} at {time}', href: '', fallback: 'soon' },
    ])
  })
})
