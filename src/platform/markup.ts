import type { RichTextBlock, RichTextElement } from '@slack/types'

/**
 * Text as Slack sends it (with should_escape, people, channels and links come as <...>), read into pieces. Whatever a
 * person wrote is shown from these pieces, never as markup again: in a rich text block a mention that is only text
 * notifies nobody.
 */
export type Piece =
  | { type: 'text'; text: string; style?: Style }
  | { type: 'code'; text: string }
  | { type: 'name'; text: string }
  | { type: 'link'; url: string }
  | { type: 'emoji'; name: string; skinTone: number | null }

interface Style {
  bold?: true
  italic?: true
  strike?: true
}

const STYLES: Record<string, Style> = { '*': { bold: true }, _: { italic: true }, '~': { strike: true } }

/**
 * <...>, `code`, :emoji: (with at least one letter, so that 10:30:15 stays a time), or *plain words* in a style, on word
 * boundaries (2*3*4 and snake_case_names are neither). No part of it can backtrack far.
 */
const TOKEN =
  /<([^<>\n]{1,3000})>|`([^`\n]{1,3000})`|:(\+1|-1|100|1234|(?=[^:\s]{0,99}[a-z])[a-z0-9_+'-]{1,100}):(?::skin-tone-([2-6]):)?|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)([^*_~<>`:\n]{1,500})(?<=\S)\5(?![\p{L}\p{N}*_~])/gu

/**
 * Control characters, and the marks that turn the direction of all that follows: none of them can be seen, and a zero
 * byte can't be stored. Line breaks stay.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const INVISIBLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Takes out what can't be seen or stored. */
export function clean(raw: string): string {
  return raw.replace(/\r\n?/g, '\n').replace(INVISIBLE, ' ').toWellFormed().trim()
}

/** Never throws; takes time linear in the length of the text. */
export function readMarkup(raw: string): Piece[] {
  const pieces: Piece[] = []
  const text = (value: string) => {
    const last = pieces.at(-1)
    if (value === '') return
    if (last?.type === 'text' && !last.style) last.text += value
    else pieces.push({ type: 'text', text: value })
  }
  let at = 0
  for (const match of raw.matchAll(TOKEN)) {
    text(unescaped(raw.slice(at, match.index)))
    at = match.index + match[0].length
    const [, bracket, code, emoji, skinTone, mark, styled] = match
    if (bracket !== undefined) {
      const piece = readBracket(bracket)
      if (piece.type === 'text') text(piece.text)
      else pieces.push(piece)
    } else if (code !== undefined) pieces.push({ type: 'code', text: unescaped(code) })
    else if (styled !== undefined)
      pieces.push({ type: 'text', text: unescaped(styled), style: STYLES[mark ?? ''] ?? {} })
    else pieces.push({ type: 'emoji', name: emoji ?? '', skinTone: skinTone ? Number(skinTone) : null })
  }
  text(unescaped(raw.slice(at)))
  return pieces
}

/** The inside of <...>. A label is believed for people and channels; a link always shows where it leads. */
function readBracket(inside: string): Piece {
  const bar = inside.indexOf('|')
  const target = bar < 0 ? inside : inside.slice(0, bar)
  const label = bar < 0 ? '' : unescaped(inside.slice(bar + 1)).trim()
  if (target.startsWith('@')) return { type: 'name', text: `@${label.replace(/^@/, '') || 'someone'}` }
  if (target.startsWith('#')) return { type: 'name', text: `#${label.replace(/^#/, '') || 'channel'}` }
  if (target.startsWith('!subteam^')) return { type: 'name', text: `@${label.replace(/^@/, '') || 'group'}` }
  if (/^!(here|channel|everyone)$/.test(target)) return { type: 'name', text: `@${target.slice(1)}` }
  if (target.startsWith('!')) return { type: 'text', text: label }
  const url = unescaped(target)
  if (/^mailto:|^tel:/.test(url)) return { type: 'text', text: label || url.slice(url.indexOf(':') + 1) }
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return { type: 'link', url }
  return { type: 'text', text: unescaped(`<${inside}>`) }
}

const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Makes plain text safe inside mrkdwn. */
export const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What somebody typed into a plain text field, as markup: addresses become links, everything else is just text. */
export function typedMarkup(raw: string): string {
  return escapeText(raw).replace(/\bhttps?:\/\/[^\s<>|]{1,2000}[^\s<>|.,;:!?)\]'"]/g, (url) => `<${url}>`)
}

/** What a reader sees, as plain text. */
export function plainText(pieces: Piece[]): string {
  return pieces
    .map((piece) => (piece.type === 'link' ? piece.url : piece.type === 'emoji' ? `:${piece.name}:` : piece.text))
    .join('')
}

/** What leaves a text empty to the eye: controls, spaces, and the letters of Hangul and Braille that are drawn as nothing. */
const BLANK = /[\p{C}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/gu

/** Whether markup shows anything to the eye. */
export const hasWords = (markup: string): boolean => plainText(readMarkup(markup)).replace(BLANK, '') !== ''

/** How long a text in markup is to a reader, in characters. */
export const lengthOf = (markup: string): number => [...plainText(readMarkup(markup))].length

/** The beginning of a text in markup, escaped, for notifications: they show a line or two. */
export function gist(markup: string): string {
  const text = [...plainText(readMarkup(markup)).replace(/\s+/g, ' ')]
  return escapeText(text.length > 150 ? `${text.slice(0, 149).join('')}…` : text.join(''))
}

/** The pieces in bold, as a line that stands out. At least one piece with visible text is needed. */
export function headline(pieces: Piece[]): RichTextBlock {
  const bold = pieces
    .map(richText)
    .map((element) => (element.type === 'text' ? { ...element, style: { ...element.style, bold: true } } : element))
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: bold }] }
}

/** What stands for words that were erased, or not kept any longer. */
const NO_WORDS: RichTextElement = { type: 'text', text: 'The words are not kept any more.', style: { italic: true } }

/** The pieces as a quotation. Without any, it says that the words are gone. */
export function quote(pieces: Piece[]): RichTextBlock {
  const elements = pieces.length > 0 ? pieces.map(richText) : [NO_WORDS]
  return { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements }] }
}

function richText(piece: Piece): RichTextElement {
  switch (piece.type) {
    case 'text':
      return { type: 'text', text: piece.text, ...(piece.style ? { style: piece.style } : {}) }
    case 'code':
      return { type: 'text', text: piece.text, style: { code: true } }
    case 'name':
      return { type: 'text', text: piece.text, style: { bold: true } }
    case 'link':
      return { type: 'link', url: piece.url }
    case 'emoji':
      return {
        type: 'emoji',
        name: piece.name,
        ...(piece.skinTone ? { skin_tone: piece.skinTone } : {}),
      } as RichTextElement
  }
}
