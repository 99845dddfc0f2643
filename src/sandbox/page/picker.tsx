import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { Person } from '../contract.ts'
import { Avatar } from './avatar.tsx'
import { CheckIcon, ChevronIcon, CloseIcon } from './icons.tsx'
import { Popup } from './popup.tsx'

/** Something to pick: an option, a person, a channel. */
export interface Choice {
  id: string
  label: string
  /** A second, quieter line. */
  detail?: string
  /** The heading it stands under. */
  group?: string
  person?: Person
  /** What else it is found by. */
  keywords?: string
}

interface Props {
  choices: Choice[]
  chosen: string[]
  multiple?: boolean
  /** At most so many, when multiple. */
  limit?: number | undefined
  placeholder: string
  label?: string | undefined
  labelledBy?: string | undefined
  describedBy?: string | undefined
  busy?: boolean
  invalid?: boolean
  onChange(ids: string[]): void
  /** Called when the person is done with it, which is when Slack sends a multi-select. */
  onDone?(): void
}

/** Slack's select: a box to type in that offers what fits. */
export function Picker(props: Props) {
  const { choices, chosen, multiple = false, limit = 100, placeholder, busy = false, invalid = false } = props
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(false)
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)

  const picked = chosen.flatMap((one) => choices.find((choice) => choice.id === one) ?? [])
  const offered = open ? choices.filter((choice) => fits(choice, query)) : []
  const label = multiple ? '' : (picked[0]?.label ?? '')

  const close = () => {
    setOpen(false)
    setQuery('')
  }
  const show = () => {
    if (open) return
    setOpen(true)
    setActive(
      Math.max(
        0,
        choices.findIndex((choice) => choice.id === chosen[0]),
      ),
    )
  }
  const toggle = (choice: Choice) => {
    close()
    if (!multiple) {
      if (chosen[0] !== choice.id) props.onChange([choice.id])
    } else if (chosen.includes(choice.id)) props.onChange(chosen.filter((one) => one !== choice.id))
    else if (chosen.length < limit) props.onChange([...chosen, choice.id])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) return show()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((active + step + offered.length) % Math.max(1, offered.length))
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      // In a form, Enter would submit it.
      event.preventDefault()
      if (!open) return show()
      const choice = offered[active]
      if (choice) toggle(choice)
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if (event.key === 'Backspace' && multiple && query === '' && chosen.length > 0) {
      props.onChange(chosen.slice(0, -1))
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the whole box leads a click to the input inside it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input inside has the keys
    <div
      ref={box}
      className={`picker ${busy ? 'is-busy' : ''} ${invalid ? 'is-invalid' : ''}`}
      onClick={() => {
        input.current?.focus()
        show()
      }}
    >
      {multiple &&
        picked.map((choice) => (
          <span key={choice.id} className="chip">
            {choice.person && <Avatar person={choice.person} size={20} />}
            {choice.label}
            <button
              type="button"
              aria-label={`Remove ${choice.label}`}
              onClick={(event) => {
                event.stopPropagation()
                toggle(choice)
              }}
            >
              <CloseIcon />
            </button>
          </span>
        ))}
      <input
        ref={input}
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && offered[active] ? `${id}-${active}` : undefined}
        aria-label={props.label}
        aria-labelledby={props.labelledBy}
        aria-describedby={props.describedBy}
        aria-invalid={invalid || undefined}
        aria-busy={busy || undefined}
        placeholder={label || (picked.length === 0 ? placeholder : '')}
        className={label ? 'has-choice' : ''}
        value={open ? query : label}
        onChange={(event) => {
          show()
          setQuery(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close()
          props.onDone?.()
        }}
      />
      {busy ? <span className="spinner" /> : <ChevronIcon />}
      {open && (
        <Popup anchor={box} className="menu">
          <PickerList
            id={id}
            offered={offered}
            chosen={chosen}
            active={active}
            multiple={multiple}
            most={multiple && chosen.length >= limit ? limit : null}
            onPick={toggle}
            onPoint={setActive}
          />
        </Popup>
      )}
    </div>
  )
}

interface ListProps {
  id: string
  offered: Choice[]
  chosen: string[]
  active: number
  multiple: boolean
  /** How many there may be, once there are that many. */
  most: number | null
  onPick(choice: Choice): void
  onPoint(index: number): void
}

function PickerList({ id, offered, chosen, active, multiple, most, onPick, onPoint }: ListProps) {
  return (
    // The focus stays in the input, so the keys are there.
    <div id={`${id}-list`} role="listbox" aria-multiselectable={multiple || undefined} tabIndex={-1}>
      {most !== null && (
        <p className="menu-empty" role="status">
          You can choose at most {most}.
        </p>
      )}
      {offered.length === 0 && <p className="menu-empty">No matches</p>}
      {offered.map((choice, index) => (
        <div key={choice.id}>
          {choice.group && choice.group !== offered[index - 1]?.group && <p className="menu-group">{choice.group}</p>}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys */}
          <div
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={chosen.includes(choice.id)}
            aria-disabled={(most !== null && !chosen.includes(choice.id)) || undefined}
            className={`menu-item ${index === active ? 'is-active' : ''}`}
            ref={index === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : null}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => onPoint(index)}
            onClick={(event) => {
              event.stopPropagation()
              onPick(choice)
            }}
          >
            {choice.person && <Avatar person={choice.person} size={24} />}
            <span className="menu-label">{choice.label}</span>
            {choice.detail && <span className="menu-detail">{choice.detail}</span>}
            {chosen.includes(choice.id) && <CheckIcon />}
          </div>
        </div>
      ))}
    </div>
  )
}

/** True if every typed word begins a word of the choice. */
export function fits({ label, detail = '', keywords = '' }: Choice, query: string): boolean {
  const text = ` ${label} ${detail} ${keywords}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => word === '' || text.includes(` ${word}`) || text.includes(word))
}
