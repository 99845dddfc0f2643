/** The few blocks our messages are made of. Every text here is mrkdwn of ours: what a person wrote is shown by markup.ts. */
import type { ActionsBlock, Button, ContextBlock, SectionBlock } from '@slack/types'
import type { Message } from './slack.ts'

export const section = (text: string): SectionBlock => ({ type: 'section', text: { type: 'mrkdwn', text } })

export const context = (text: string): ContextBlock => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] })

export const button = (action_id: string, text: string, value: string): Button => ({
  type: 'button',
  action_id,
  value,
  text: { type: 'plain_text', text },
})

export const actions = (...elements: Button[]): ActionsBlock => ({ type: 'actions', elements })

/** A message of sentences alone. */
export const sentence = (text: string): Message => ({ text, blocks: [section(text)] })

/** <@U1>, <@U2> and <@U3>. */
export function people(ids: string[]): string {
  const names = ids.map((id) => `<@${id}>`)
  const last = names.pop() ?? ''
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last
}

/** A moment as Slack draws it in the reader's own zone; `tokens` as in {date_short_pretty} at {time}. */
export const moment = (at: Date, tokens: string): string =>
  `<!date^${Math.floor(at.getTime() / 1000)}^${tokens}|${at.toISOString().slice(0, 10)}>`
