import type { Chosen } from '../contract.ts'
import { ActProblem } from './act-problem.ts'
import { type BlockElement, elementsIn } from './block-kit/walk.ts'
import type { Block, SlackState } from './state.ts'

/** What was set, by block_id and action_id. */
export type Choices = Record<string, Record<string, Chosen>>

type Option = { value: string; [property: string]: unknown }

/** Elements that hold something. Buttons and overflow menus are deeds: they have no state. */
const STATEFUL: Record<string, { chosen: Chosen['type']; key: string; initial: string; many?: boolean }> = {
  plain_text_input: { chosen: 'text', key: 'value', initial: 'initial_value' },
  static_select: { chosen: 'option', key: 'selected_option', initial: 'initial_option' },
  radio_buttons: { chosen: 'option', key: 'selected_option', initial: 'initial_option' },
  multi_static_select: { chosen: 'options', key: 'selected_options', initial: 'initial_options', many: true },
  checkboxes: { chosen: 'options', key: 'selected_options', initial: 'initial_options', many: true },
  users_select: { chosen: 'users', key: 'selected_user', initial: 'initial_user' },
  multi_users_select: { chosen: 'users', key: 'selected_users', initial: 'initial_users', many: true },
  conversations_select: { chosen: 'conversations', key: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: {
    chosen: 'conversations',
    key: 'selected_conversations',
    initial: 'initial_conversations',
    many: true,
  },
  multi_channels_select: { chosen: 'conversations', key: 'selected_channels', initial: 'initial_channels', many: true },
  channels_select: { chosen: 'conversations', key: 'selected_channel', initial: 'initial_channel' },
  datepicker: { chosen: 'date', key: 'selected_date', initial: 'initial_date' },
  timepicker: { chosen: 'time', key: 'selected_time', initial: 'initial_time' },
}

/** The kind of choice an element takes, or null for one that is only pressed. */
export const choiceTypeOf = (element: BlockElement): Chosen['type'] | null =>
  element.type === 'overflow' ? 'option' : (STATEFUL[element.type]?.chosen ?? null)

/** The choice an element comes with, or null. */
export function initialChoice(element: BlockElement): Chosen | null {
  const rule = STATEFUL[element.type]
  const initial = rule && element[rule.initial]
  if (!rule || initial === undefined) return null
  const list = rule.many ? (initial as unknown[]) : [initial]
  if (rule.chosen === 'option') return { type: 'option', value: (initial as Option).value }
  if (rule.chosen === 'options') return { type: 'options', values: (list as Option[]).map(({ value }) => value) }
  if (rule.chosen === 'users' || rule.chosen === 'conversations') return { type: rule.chosen, ids: list as string[] }
  return { type: rule.chosen, value: initial } as Chosen
}

/** `state.values` of these blocks: what was set, else what the element came with when `fromInitial` says so. */
export function stateValues(state: SlackState, blocks: Block[], choices: Choices, fromInitial: boolean) {
  const values: Record<string, Record<string, unknown>> = {}
  for (const block of blocks) {
    for (const element of elementsIn(block)) {
      const rule = STATEFUL[element.type]
      if (!rule) continue
      const [blockId, actionId] = [block.block_id as string, element.action_id as string]
      const chosen = choices[blockId]?.[actionId]
      const held = chosen
        ? heldOf(state, element, chosen)
        : ((fromInitial ? element[rule.initial] : undefined) ?? (rule.many ? [] : null))
      values[blockId] = { ...values[blockId], [actionId]: { type: element.type, [rule.key]: held } }
    }
  }
  return values
}

/** The action of a block_actions payload. */
export function actionJson(state: SlackState, block: Block, element: BlockElement, chosen: Chosen, actionTs: string) {
  const { type, action_id, placeholder, text, value, style, url } = element
  const common = { type, block_id: block.block_id, action_id, action_ts: actionTs }
  if (type === 'button') {
    if (chosen.type !== 'button') throw new ActProblem('A button can only be pressed.')
    const given = Object.entries({ text, value, style, url }).filter(([, part]) => part !== undefined)
    return { ...common, ...Object.fromEntries(given) }
  }
  const held = heldOf(state, element, chosen)
  const key = STATEFUL[type]?.key ?? 'selected_option'
  return { ...common, [key]: held, ...(placeholder !== undefined && { placeholder }) }
}

const WRITTEN = { date: /^\d{4}-\d\d-\d\d$/, time: /^([01]\d|2[0-3]):[0-5]\d$/ }

/** A choice as Slack tells it, or an ActProblem when nobody could choose that here. */
function heldOf(state: SlackState, element: BlockElement, chosen: Chosen): unknown {
  if (chosen.type !== choiceTypeOf(element)) {
    throw new ActProblem(`A ${element.type} does not take a choice of the type ${chosen.type}.`)
  }
  const most = (element.max_selected_items as number | undefined) ?? Number.POSITIVE_INFINITY
  switch (chosen.type) {
    case 'text':
      return chosen.value === '' ? null : chosen.value
    case 'option':
      return optionOf(element, chosen.value)
    case 'options':
      if (chosen.values.length > most) throw new ActProblem(`At most ${most} can be chosen.`)
      return chosen.values.map((value) => optionOf(element, value))
    case 'users':
      return idsOf(element, chosen.ids, most, (id) => state.people[id] !== undefined)
    case 'conversations':
      return idsOf(element, chosen.ids, most, (id) => state.channels[id] !== undefined)
    case 'date':
    case 'time':
      if (!WRITTEN[chosen.type].test(chosen.value)) throw new ActProblem(`"${chosen.value}" is no ${chosen.type}.`)
      return chosen.value
    case 'button':
      return null
  }
}

function optionOf(element: BlockElement, value: string): Option {
  const groups = (element.option_groups ?? []) as { options: Option[] }[]
  const options = (element.options as Option[] | undefined) ?? groups.flatMap((group) => group.options)
  const option = options.find((candidate) => candidate.value === value)
  if (!option) throw new ActProblem(`There is no option with the value "${value}".`)
  return option
}

function idsOf(element: BlockElement, ids: string[], most: number, exists: (id: string) => boolean): unknown {
  const stranger = ids.find((id) => !exists(id))
  if (stranger) throw new ActProblem(`Nothing here has the id ${stranger}.`)
  if (ids.length > most) throw new ActProblem(`At most ${most} can be chosen.`)
  return STATEFUL[element.type]?.many ? ids : (ids[0] ?? null)
}

/** What Slack says before it asks the app: by block_id, for inputs left empty, too short or too long. */
export function inputProblems(blocks: Block[], values: ReturnType<typeof stateValues>): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const block of blocks) {
    const [element] = elementsIn(block)
    if (block.type !== 'input' || !element) continue
    const blockId = block.block_id as string
    const held = values[blockId]?.[element.action_id as string] as Record<string, unknown>
    const content = held[STATEFUL[element.type]?.key ?? 'value']
    const isEmpty = content === null || (Array.isArray(content) && content.length === 0)
    const least = (element.min_length as number | undefined) ?? 0
    const most = (element.max_length as number | undefined) ?? 3000
    if (isEmpty && !block.optional) problems[blockId] = 'Please complete this required field.'
    if (typeof content !== 'string' || element.type !== 'plain_text_input') continue
    if (content.length < least) problems[blockId] = `Please enter at least ${least} characters.`
    if (content.length > most) problems[blockId] = `Please enter no more than ${most} characters.`
  }
  return problems
}
