import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, plainText, quote, readMarkup } from '../../src/platform/markup.ts'

describe('markup from people', () => {
  it('turns every mention into a plain name', () => {
    const text = '<@U1|ann> <@U2> <#C1|general> <!subteam^S1|@design> <!channel> <!here|here> <!everyone>'
    const pieces = readMarkup(text)
    expect(plainText(pieces)).toBe('@ann @someone #general @design @channel @here @everyone')
    expect(pieces.filter((piece) => piece.type !== 'text').every((piece) => piece.type === 'name')).toBe(true)
  })

  it('shows where a link leads, whatever it calls itself', () => {
    expect(readMarkup('see <https://evil.example/x?a=1&amp;b=2|your bank>')).toEqual([
      { type: 'text', text: 'see ' },
      { type: 'link', url: 'https://evil.example/x?a=1&b=2' },
    ])
    expect(readMarkup('<javascript:alert(1)|click>')).toEqual([{ type: 'text', text: '<javascript:alert(1)|click>' }])
    expect(readMarkup('<mailto:a@b.example|a@b.example>')).toEqual([{ type: 'text', text: 'a@b.example' }])
  })

  it('knows emoji from times', () => {
    expect(readMarkup('at 10:30:15 :tada::+1: :wave::skin-tone-3:')).toEqual([
      { type: 'text', text: 'at 10:30:15 ' },
      { type: 'emoji', name: 'tada', skinTone: null },
      { type: 'emoji', name: '+1', skinTone: null },
      { type: 'text', text: ' ' },
      { type: 'emoji', name: 'wave', skinTone: 3 },
    ])
  })

  it('shows code as it was typed', () => {
    expect(readMarkup('run `a &amp;&amp; b <@U1|ann>`')).toEqual([
      { type: 'text', text: 'run ' },
      { type: 'code', text: 'a && b <@U1|ann>' },
    ])
  })

  it('reads bold, italic and struck words, and leaves sums and names alone', () => {
    expect(readMarkup('a *very good* _calm_ ~late~ night, *2 &lt; 3*')).toEqual([
      { type: 'text', text: 'a ' },
      { type: 'text', text: 'very good', style: { bold: true } },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'calm', style: { italic: true } },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'late', style: { strike: true } },
      { type: 'text', text: ' night, ' },
      { type: 'text', text: '2 < 3', style: { bold: true } },
    ])
    for (const plain of ['2*3*4', 'snake_case_name', '* a *', '**', 'a * b * c', '_']) {
      expect(readMarkup(plain)).toEqual([{ type: 'text', text: plain }])
    }
  })

  it('takes out what turns the line around, and keeps right-to-left text', () => {
    expect(clean('\u202etxet\u202c\u0000שלום\r\nx')).toBe('txet  שלום\nx')
  })

  it('never makes an element that can notify anybody', () => {
    const fragment = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '<@U1|ann>',
        '<!channel>',
        '<#C1|x>',
        '<!subteam^S1|@d>',
        '&lt;@U1&gt;',
        '`',
        ':tada:',
        '<',
        '|',
        '>',
      ),
    )
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
        (text) => {
          const block = quote(readMarkup(clean(text)))
          const [element] = block.elements
          const inner = element?.type === 'rich_text_quote' ? element.elements : []
          for (const piece of inner) expect(['text', 'link', 'emoji']).toContain(piece.type)
          for (const piece of inner) if (piece.type === 'text') expect(piece.text).not.toBe('')
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
