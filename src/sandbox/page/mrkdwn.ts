import { emojiNamed } from './emoji.ts'

/**
 * Slack's mrkdwn, read strictly: what was escaped stays text. (slack-blocks-to-jsx turns `&lt;@U1&gt;` into a mention and
 * `10:30:45` into an emoji, which would hide or invent faults of the app, so texts are read here.)
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'user' | 'channel' | 'group'; id: string; label: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'link'; href: string; label: string }
  | { kind: 'date'; seconds: number; format: string; href: string; fallback: string }

export type Paragraph = { kind: 'lines' | 'quote'; children: Inline[] } | { kind: 'preformatted'; text: string }

const markers = { '*': 'bold', _: 'italic', '~': 'strike' } as const
/** A marker opens after and closes before anything that is no word, and hugs what it marks. */
const marked = /(?<![\p{L}\p{N}*_~])([*_~])(?=\S)((?:(?!\1)[^\n])+?)(?<=\S)\1(?![\p{L}\p{N}])/u
const tokens = /`[^`\n]+`|<[^<>\n]+>|:[a-z0-9_+-]+:/g

/** Reads a text into paragraphs. */
export function parseMrkdwn(text: string): Paragraph[] {
  return text.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((part, index): Paragraph[] => {
    if (index % 2 === 1) return [{ kind: 'preformatted', text: unescaped(part) }]
    return part === '' ? [] : parseLines(part)
  })
}

function parseLines(text: string): Paragraph[] {
  const paragraphs: { kind: 'lines' | 'quote'; lines: string[] }[] = []
  let quoteTheRest = false
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const rest = /^(?:&gt;|>){3} ?(.*)$/.exec(line)
    const quoted = rest ?? /^(?:&gt;|>) ?(.*)$/.exec(line)
    if (rest) quoteTheRest = true
    const kind = quoted || quoteTheRest ? 'quote' : 'lines'
    const last = paragraphs.at(-1)
    const content = quoted?.[1] ?? line
    if (last?.kind === kind) last.lines.push(content)
    else paragraphs.push({ kind, lines: [content] })
  }
  return paragraphs.map(({ kind, lines }) => ({ kind, children: parseInline(lines.join('\n')) }))
}

/** Reads one run of text. Codes, mentions and links are set aside first, so that a marker inside them marks nothing. */
export function parseInline(text: string): Inline[] {
  const set: Inline[] = []
  const bare = text.replace(tokens, (token) => {
    const inline = parseToken(token)
    return inline ? `\uE000${set.push(inline) - 1}\uE001` : token
  })
  return parseMarked(bare, set)
}

function parseMarked(text: string, set: Inline[]): Inline[] {
  const found = marked.exec(text)
  if (!found) return parseLeaves(text, set)
  const [whole, marker, content] = found as unknown as [string, keyof typeof markers, string]
  return [
    ...parseLeaves(text.slice(0, found.index), set),
    { kind: markers[marker], children: parseMarked(content, set) },
    ...parseMarked(text.slice(found.index + whole.length), set),
  ]
}

function parseLeaves(text: string, set: Inline[]): Inline[] {
  return text.split(/\uE000(\d+)\uE001/).flatMap((part, index): Inline[] => {
    const inline = index % 2 === 1 ? set[Number(part)] : undefined
    if (inline) return [inline]
    return part === '' ? [] : [{ kind: 'text', text: unescaped(part) }]
  })
}

function parseToken(token: string): Inline | null {
  if (token.startsWith('`')) return { kind: 'code', text: unescaped(token.slice(1, -1)) }
  if (token.startsWith(':')) {
    const emoji = emojiNamed(token.slice(1, -1))
    return emoji ? { kind: 'text', text: emoji } : null
  }
  const [target = '', ...labels] = token.slice(1, -1).split('|')
  const label = unescaped(labels.join('|'))
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), label }
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), label }
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice('!subteam^'.length), label }
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = '', href = ''] = target.split('^')
    return { kind: 'date', seconds: Number(seconds), format, href, fallback: label }
  }
  if (target.startsWith('!')) return { kind: 'broadcast', range: target.slice(1) }
  if (/^(https?:\/\/|mailto:|tel:)/.test(target)) return { kind: 'link', href: unescaped(target), label }
  return null
}

/** The three characters Slack escapes, and no others. */
function unescaped(text: string): string {
  const characters: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }
  return text.replace(/&(?:lt|gt|amp);/g, (entity) => characters[entity] ?? entity)
}
