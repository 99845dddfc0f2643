import type { Message } from '../contract.ts'
import { hashOf } from './address.ts'

const shape = /^https:\/\/([\w-]+)\.slack\.com\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})(?:\?(.*))?$/

/** The link Slack gives for a message; a reply's names its thread as well. */
export function permalinkOf(
  domain: string,
  channel: string,
  { ts, threadTs }: Pick<Message, 'ts' | 'threadTs'>,
): string {
  const thread = threadTs ? `?thread_ts=${threadTs}&cid=${channel}` : ''
  return `https://${domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}${thread}`
}

/**
 * Where a link leads when it is one to a message of this workspace: an address within the page, such as
 * "#C1?message=1764000000.000100". null for every other link.
 */
export function insideOf(href: string, domain: string): string | null {
  const [, workspace, channel = '', seconds = '', micros = '', more = ''] = shape.exec(href) ?? []
  if (workspace !== domain) return null
  const ts = `${seconds}.${micros}`
  const thread = new URLSearchParams(more).get('thread_ts') ?? ''
  return `#${hashOf({ place: channel, thread: thread === ts ? '' : thread, message: ts })}`
}
