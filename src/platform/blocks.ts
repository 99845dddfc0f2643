/** The few blocks our messages and modals are made of. Every text here is ours: what a person wrote is shown by markup.ts. */
import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  HeaderBlock,
  InputBlock,
  Overflow,
  SectionBlock,
} from '@slack/types'
import type { Message } from './slack.ts'
import { mention } from './stand-in.ts'

/** For what Slack takes without markup: labels, placeholders, choices. */
export const plain = (text: string) => ({ type: 'plain_text' as const, text })

/** One of the choices of a field. */
export const option = (text: string, value: string) => ({ text: plain(text), value })
export type Option = ReturnType<typeof option>

export const section = (text: string): SectionBlock => ({ type: 'section', text: { type: 'mrkdwn', text } })

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text) })

export const context = (text: string): ContextBlock => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] })

export const button = (action_id: string, text: string, value: string): Button => ({
  type: 'button',
  action_id,
  value,
  text: plain(text),
})

/** A "..." menu. Each choice is told apart by its value. */
export const overflow = (action_id: string, choices: { text: string; value: string }[]): Overflow => ({
  type: 'overflow',
  action_id,
  options: choices.map(({ text, value }) => option(text, value)),
})

/** The block needs an id where one of several in a message has elements with the same action_id. */
export const actions = (...elements: ActionsBlockElement[]): ActionsBlock => ({ type: 'actions', elements })

/** A field of a modal. Its name is both block_id and action_id: errors name the one, values the other. */
export function input(
  label: string,
  name: string,
  element: InputBlock['element'],
  { optional = false, hint }: { optional?: boolean; hint?: string } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plain(label),
    element: { ...element, action_id: name },
    optional,
    ...(hint ? { hint: plain(hint) } : {}),
  }
}

/** A box to tick, as the element of an input. */
export const tickBox = (text: string, ticked = false): InputBlock['element'] => {
  const tick = option(text, 'yes')
  return { type: 'checkboxes', options: [tick], ...(ticked ? { initial_options: [tick] } : {}) }
}

/** A field with one choice of several; nothing is chosen when `chosen` is none of them. */
export function select(options: Option[], chosen: string): InputBlock['element'] {
  const initial = options.find(({ value }) => value === chosen)
  return { type: 'static_select', options, ...(initial ? { initial_option: initial } : {}) }
}

/** A message of sentences alone. */
export const sentence = (text: string): Message => ({ text, blocks: [section(text)] })

/** <@U1>, <@U2> and <@U3>. */
export function people(ids: string[]): string {
  const names = ids.map(mention)
  const last = names.pop() ?? ''
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last
}

/** A moment as Slack draws it in the reader's own zone; `tokens` as in {date_short_pretty} at {time}. */
export const moment = (at: Date, tokens: string): string =>
  `<!date^${Math.floor(at.getTime() / 1000)}^${tokens}|${at.toISOString().slice(0, 10)}>`
