import type { ActionsBlockElement, InputBlockElement, KnownBlock, SectionBlockAccessory } from '@slack/types'
import type { Chosen } from '../contract.ts'

export type InteractiveElement = Exclude<
  ActionsBlockElement | InputBlockElement | NonNullable<SectionBlockAccessory>,
  { type: 'image' }
>
/** What was set, by block_id and action_id, as Slack's `state.values`. */
export type Values = Record<string, Record<string, Chosen>>
/** What the person set since the blocks were drawn; null for what was emptied. */
export type Held = Record<string, Record<string, Chosen | null>>

/** The choice an element comes with, or null. */
function initialChosen(element: InteractiveElement): Chosen | null {
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return element.initial_value ? { type: 'text', value: element.initial_value } : null
    case 'static_select':
    case 'radio_buttons':
      return element.initial_option ? { type: 'option', value: element.initial_option.value ?? '' } : null
    case 'multi_static_select':
    case 'checkboxes':
      return element.initial_options?.length
        ? { type: 'options', values: element.initial_options.map(({ value }) => value ?? '') }
        : null
    case 'users_select':
      return element.initial_user ? { type: 'users', ids: [element.initial_user] } : null
    case 'multi_users_select':
      return element.initial_users?.length ? { type: 'users', ids: element.initial_users } : null
    case 'conversations_select':
      return element.initial_conversation ? { type: 'conversations', ids: [element.initial_conversation] } : null
    case 'channels_select':
      return element.initial_channel ? { type: 'conversations', ids: [element.initial_channel] } : null
    case 'multi_conversations_select':
      return element.initial_conversations?.length
        ? { type: 'conversations', ids: element.initial_conversations }
        : null
    case 'multi_channels_select':
      return element.initial_channels?.length ? { type: 'conversations', ids: element.initial_channels } : null
    case 'datepicker':
      return element.initial_date ? { type: 'date', value: element.initial_date } : null
    case 'timepicker':
      return element.initial_time ? { type: 'time', value: element.initial_time } : null
    default:
      return null
  }
}

/** The choice an element shows: what the person set, else what it came with. */
export function chosenOf(held: Held, blockId: string, element: InteractiveElement): Chosen | null {
  const set = held[blockId]?.[element.action_id ?? '']
  return set === undefined ? initialChosen(element) : set
}

/** Everything that is set in these blocks. What was never set is left out; what was emptied is there, and empty. */
export function collectValues(blocks: KnownBlock[], held: Held): Values {
  const values: Values = {}
  for (const { blockId, element } of elementsOf(blocks)) {
    const chosen = chosenOf(held, blockId, element)
    if (chosen) values[blockId] = { ...values[blockId], [element.action_id ?? '']: chosen }
  }
  return values
}

/** What was set, without the elements that are gone: should they come back, they begin afresh. */
export function keepHeld(held: Held, blocks: KnownBlock[]): Held {
  const there = new Set(elementsOf(blocks).map(({ blockId, element }) => `${blockId} ${element.action_id}`))
  const kept: Held = {}
  let gone = false
  for (const [blockId, set] of Object.entries(held)) {
    for (const [actionId, chosen] of Object.entries(set)) {
      if (there.has(`${blockId} ${actionId}`)) kept[blockId] = { ...kept[blockId], [actionId]: chosen }
      else gone = true
    }
  }
  return gone ? kept : held
}

interface Placed {
  blockId: string
  element: InteractiveElement
}

function elementsOf(blocks: KnownBlock[]): Placed[] {
  return blocks.flatMap((block): Placed[] => {
    const blockId = block.block_id ?? ''
    if (block.type === 'input') return [{ blockId, element: block.element }]
    if (block.type === 'actions') return block.elements.map((element) => ({ blockId, element }))
    if (block.type !== 'section' || !block.accessory || block.accessory.type === 'image') return []
    return [{ blockId, element: block.accessory }]
  })
}
