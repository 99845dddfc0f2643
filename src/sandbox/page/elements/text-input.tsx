import type { EmailInput, NumberInput, PlainTextInput, URLInput } from '@slack/types'
import { plain } from '../mrkdwn-text.tsx'
import { useElement } from '../surface.tsx'
import type { Standing } from './element.tsx'

type AnyText = PlainTextInput | NumberInput | EmailInput | URLInput
const types = { plain_text_input: 'text', number_input: 'number', email_text_input: 'email', url_text_input: 'url' }

/** A line to type in, or several. One whose block dispatches tells the app on Enter, or at every character. */
export function TextInput({ element, ...standing }: Standing & { element: AnyText }) {
  const { chosen, choose, hold } = useElement(standing.blockId, element, standing.sends)
  const value = chosen?.type === 'text' ? chosen.value : ''
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']

  const shared = {
    className: 'field',
    value,
    placeholder: element.placeholder && plain(element.placeholder),
    'aria-label': standing.labelledBy ? undefined : element.placeholder && plain(element.placeholder),
    'aria-labelledby': standing.labelledBy,
    'aria-describedby': standing.describedBy,
    'aria-invalid': standing.invalid,
    'data-action-id': element.action_id,
    maxLength: 'max_length' in element ? element.max_length : undefined,
    onChange: (event: { target: { value: string } }) => {
      const next = { type: 'text', value: event.target.value } as const
      if (triggers.includes('on_character_entered')) choose(next)
      else hold(next)
    },
    onKeyDown: (event: { key: string; shiftKey: boolean; preventDefault(): void }) => {
      if (event.key !== 'Enter' || event.shiftKey || !standing.sends || !triggers.includes('on_enter_pressed')) return
      event.preventDefault()
      choose({ type: 'text', value })
    },
  }
  if (element.type === 'plain_text_input' && element.multiline) return <textarea rows={4} {...shared} />
  return <input type={types[element.type]} {...shared} />
}
