import type { InteractiveElement } from '../element-values.ts'
import { BlockButton } from './block-button.tsx'
import { DatePicker, TimePicker } from './date-time.tsx'
import { OptionList } from './option-list.tsx'
import { OverflowMenu } from './overflow-menu.tsx'
import { ConversationsSelect, StaticSelect, UsersSelect } from './selects.tsx'
import { TextInput } from './text-input.tsx'

/** What every element is told about where it stands. */
export interface Standing {
  blockId: string
  /** False in an input block, whose elements wait for the submit button. */
  sends: boolean
  labelledBy?: string | undefined
  describedBy?: string | undefined
  invalid?: boolean
}

/** Draws one interactive element. */
export function ElementOf({ element, ...standing }: Standing & { element: InteractiveElement }) {
  switch (element.type) {
    case 'button':
      return <BlockButton element={element} {...standing} />
    case 'overflow':
      return <OverflowMenu element={element} {...standing} />
    case 'static_select':
    case 'multi_static_select':
      return <StaticSelect element={element} {...standing} />
    case 'users_select':
    case 'multi_users_select':
      return <UsersSelect element={element} {...standing} />
    case 'conversations_select':
    case 'multi_conversations_select':
    case 'channels_select':
    case 'multi_channels_select':
      return <ConversationsSelect element={element} {...standing} />
    case 'radio_buttons':
    case 'checkboxes':
      return <OptionList element={element} {...standing} />
    case 'datepicker':
      return <DatePicker element={element} {...standing} />
    case 'timepicker':
      return <TimePicker element={element} {...standing} />
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return <TextInput element={element} {...standing} />
    default:
      return <span className="unknown-element">{element.type} is not drawn by the sandbox</span>
  }
}
