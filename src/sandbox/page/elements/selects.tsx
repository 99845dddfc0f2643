import type {
  ChannelsSelect,
  ConversationsSelect as ConversationsElement,
  MultiChannelsSelect,
  MultiConversationsSelect,
  MultiStaticSelect,
  MultiUsersSelect,
  Option,
  StaticSelect as StaticElement,
  UsersSelect as UsersElement,
} from '@slack/types'
import { useRef } from 'react'
import type { Chosen } from '../../contract.ts'
import { peopleChoices } from '../choices.ts'
import type { InteractiveElement } from '../element-values.ts'
import { plain } from '../mrkdwn-text.tsx'
import { type Choice, Picker } from '../picker.tsx'
import { useElement } from '../surface.tsx'
import { isAppConversation, isChannel, titleOf, useWorkspace } from '../workspace.ts'
import type { Standing } from './element.tsx'

type AnyConversations = ConversationsElement | MultiConversationsSelect | ChannelsSelect | MultiChannelsSelect

/** One of, or some of, the options the app gave. */
export function StaticSelect({ element, ...standing }: Standing & { element: StaticElement | MultiStaticSelect }) {
  const toChoice = (option: Option, group?: string): Choice => ({
    id: option.value ?? '',
    label: plain(option.text),
    ...(option.description && { detail: plain(option.description) }),
    ...(group && { group }),
  })
  const grouped = element.option_groups?.flatMap(({ label, options }) =>
    options.map((option) => toChoice(option, plain(label))),
  )
  const choices = grouped ?? element.options?.map((option) => toChoice(option)) ?? []
  return (
    <Select
      element={element}
      standing={standing}
      choices={choices}
      fallback="Select an option"
      toChosen={(ids, multiple) =>
        multiple ? { type: 'options', values: ids } : { type: 'option', value: ids[0] ?? '' }
      }
    />
  )
}

/** One person or several. */
export function UsersSelect({ element, ...standing }: Standing & { element: UsersElement | MultiUsersSelect }) {
  const { state } = useWorkspace()
  return (
    <Select
      element={element}
      standing={standing}
      choices={peopleChoices(state.people)}
      fallback="Select a person"
      toChosen={(ids) => ({ type: 'users', ids })}
    />
  )
}

/** One conversation or several, within what the element's filter lets through. */
export function ConversationsSelect({ element, ...standing }: Standing & { element: AnyConversations }) {
  const workspace = useWorkspace()
  const { state } = workspace
  const filter = 'filter' in element ? element.filter : undefined
  const channelsOnly = element.type === 'channels_select' || element.type === 'multi_channels_select'
  const choices = state.conversations
    .filter((conversation) => {
      if (conversation.archived || (channelsOnly && conversation.kind !== 'public')) return false
      if (filter?.exclude_bot_users && isAppConversation(conversation, workspace)) return false
      if (conversation.kind === 'shared') {
        return !filter?.exclude_external_shared_channels && (filter?.include?.includes('public') ?? true)
      }
      return filter?.include?.includes(conversation.kind) ?? true
    })
    .map((conversation) => ({
      id: conversation.id,
      label: titleOf(conversation),
      group: isChannel(conversation) ? 'Channels' : 'Direct messages',
    }))
  return (
    <Select
      element={element}
      standing={standing}
      choices={choices}
      fallback="Select a conversation"
      toChosen={(ids) => ({ type: 'conversations', ids })}
    />
  )
}

interface SelectProps {
  element: Extract<InteractiveElement, { placeholder?: unknown; type: `${string}_select` }>
  standing: Standing
  choices: Choice[]
  fallback: string
  toChosen(ids: string[], multiple: boolean): Chosen
}

function Select({ element, standing, choices, fallback, toChosen }: SelectProps) {
  const { chosen, busy, choose, hold } = useElement(standing.blockId, element, standing.sends)
  const changed = useRef(false)
  const multiple = element.type.startsWith('multi_')
  const placeholder = element.placeholder ? plain(element.placeholder) : fallback
  return (
    <div className="select" data-action-id={element.action_id}>
      <Picker
        choices={choices}
        chosen={idsOf(chosen)}
        multiple={multiple}
        limit={'max_selected_items' in element ? element.max_selected_items : undefined}
        placeholder={placeholder}
        label={standing.labelledBy ? undefined : placeholder}
        labelledBy={standing.labelledBy}
        describedBy={standing.describedBy}
        invalid={standing.invalid ?? false}
        busy={busy}
        onChange={(ids) => {
          changed.current = true
          if (multiple) hold(toChosen(ids, true))
          else choose(toChosen(ids, false))
        }}
        onDone={() => {
          if (multiple && changed.current && chosen) choose(chosen)
          changed.current = false
        }}
      />
    </div>
  )
}

function idsOf(chosen: Chosen | null): string[] {
  if (!chosen || chosen.type === 'button') return []
  if ('ids' in chosen) return chosen.ids
  return 'values' in chosen ? chosen.values : [chosen.value]
}
