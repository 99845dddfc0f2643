import type { Datepicker, Timepicker } from '@slack/types'
import { plain } from '../mrkdwn-text.tsx'
import { useElement } from '../surface.tsx'
import type { Standing } from './element.tsx'

/** A day. Sent as soon as it is a whole one: while a year is typed the browser reports the years 2, 20 and 202. */
export function DatePicker({ element, ...standing }: Standing & { element: Datepicker }) {
  const { chosen, busy, choose, hold } = useElement(standing.blockId, element, standing.sends)
  return (
    <input
      {...shared(standing, element, busy)}
      type="date"
      value={chosen?.type === 'date' ? chosen.value : ''}
      onChange={({ target: { value } }) => {
        const date = value ? ({ type: 'date', value } as const) : null
        if (value >= '1900') choose(date)
        else hold(date)
      }}
    />
  )
}

/** A time of day. Sent with Enter or on leaving it, for the same reason. */
export function TimePicker({ element, ...standing }: Standing & { element: Timepicker }) {
  const { chosen, busy, choose, hold } = useElement(standing.blockId, element, standing.sends)
  const value = chosen?.type === 'time' ? chosen.value : ''
  const send = (before: string) => {
    if (chosen && value !== before) choose(chosen)
  }
  return (
    <input
      {...shared(standing, element, busy)}
      type="time"
      value={value}
      onFocus={(event) => {
        event.target.dataset.before = value
      }}
      onChange={(event) => hold(event.target.value ? { type: 'time', value: event.target.value } : null)}
      onBlur={(event) => send(event.target.dataset.before ?? '')}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        send(event.currentTarget.dataset.before ?? '')
        event.currentTarget.dataset.before = value
      }}
    />
  )
}

function shared(standing: Standing, element: Datepicker | Timepicker, busy: boolean) {
  const name = element.placeholder ? plain(element.placeholder) : element.type === 'datepicker' ? 'Date' : 'Time'
  return {
    className: 'field field-short',
    'aria-label': standing.labelledBy ? undefined : name,
    'aria-labelledby': standing.labelledBy,
    'aria-describedby': standing.describedBy,
    'aria-invalid': standing.invalid,
    'aria-busy': busy,
    'data-action-id': element.action_id,
  }
}
