import { type Inline, parseMrkdwn } from './mrkdwn.ts'

interface Names {
  person(id: string): string | undefined
  channel(id: string): string | undefined
}

/** A text in mrkdwn as one would read it out: names for ids, no markers. */
export function spokenText(text: string, names: Names): string {
  return parseMrkdwn(text)
    .map((paragraph) =>
      paragraph.kind === 'preformatted' ? paragraph.text : paragraph.children.map((one) => spoken(one, names)).join(''),
    )
    .join('\n')
}

function spoken(inline: Inline, names: Names): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text
    case 'bold':
    case 'italic':
    case 'strike':
      return inline.children.map((one) => spoken(one, names)).join('')
    case 'user':
      return names.person(inline.id) ?? (inline.label || 'somebody')
    case 'channel':
      return names.channel(inline.id) ?? (inline.label || 'a private channel')
    case 'group':
      return inline.label
    case 'broadcast':
      return `@${inline.range}`
    case 'link':
      return inline.label || inline.href
    case 'date':
      return inline.fallback
  }
}
