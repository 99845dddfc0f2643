import type { Checkboxes, RadioButtons } from '@slack/types'
import { useId } from 'react'
import { plain, TextOf } from '../mrkdwn-text.tsx'
import { useElement } from '../surface.tsx'
import type { Standing } from './element.tsx'

/** Radio buttons, of which one is on, or checkboxes. */
export function OptionList(props: Standing & { element: RadioButtons | Checkboxes }) {
  const { element, blockId, sends, labelledBy, describedBy, invalid } = props
  const { chosen, busy, choose } = useElement(blockId, element, sends)
  const name = useId()
  const several = element.type === 'checkboxes'
  const on = new Set(chosen?.type === 'options' ? chosen.values : chosen?.type === 'option' ? [chosen.value] : [])

  const change = (value: string, checked: boolean) => {
    if (!several) return choose({ type: 'option', value })
    const values = element.options.map((option) => option.value ?? '')
    choose({ type: 'options', values: values.filter((one) => (one === value ? checked : on.has(one))) })
  }

  return (
    <fieldset
      className="option-list"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      aria-busy={busy}
      data-action-id={element.action_id}
    >
      {element.options.map((option) => (
        <label key={option.value}>
          <input
            type={several ? 'checkbox' : 'radio'}
            name={name}
            checked={on.has(option.value ?? '')}
            onChange={(event) => change(option.value ?? '', event.target.checked)}
          />
          <span>
            <TextOf text={option.text} />
            {option.description && <span className="option-detail">{plain(option.description)}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
