/** Pages for a browser: text made safe by construction, and the headers that keep everything else out. */
import type { ServerResponse } from 'node:http'

/** HTML that was made by `html`. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | Part[]

const NAMES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const written = (part: Part): string => {
  if (part instanceof Html) return part.text
  return Array.isArray(part)
    ? part.map(written).join('')
    : String(part).replace(/[&<>"']/g, (sign) => NAMES[sign] ?? '')
}

/** A piece of a page. Whatever is put into it is text, unless `html` made it as well. */
export function html(pieces: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(pieces.map((piece, index) => piece + written(parts[index] ?? '')).join(''))
}

export interface WebPage {
  status: number
  type: 'text/html' | 'text/css'
  body: string
}

/** On every answer: it is nobody's to guess its type, to frame it, or to hear from where somebody came. */
export const SECURITY_HEADERS: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'strict-transport-security': 'max-age=31536000',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

/** Answers with a page. Headers of the answer's own, such as cookies, stay. */
export function sendPage(response: ServerResponse, { status, type, body }: WebPage): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body)
}
