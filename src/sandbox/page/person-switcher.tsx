import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import type { Person } from '../contract.ts'
import { moveTo } from './address.ts'
import { Avatar } from './avatar.tsx'
import { CheckIcon, ChevronIcon, SearchIcon } from './icons.tsx'
import { type Choice, fits } from './picker.tsx'
import { Popup } from './popup.tsx'
import { useWorkspace } from './workspace.ts'

const kinds: Partial<Record<Person['kind'], string>> = {
  guest: 'Guest',
  'single-channel guest': 'Single-channel guest',
  stranger: 'From another organisation',
}

function describe(person: Person): string {
  return [person.team, kinds[person.kind], person.isAdmin ? 'Admin' : ''].filter(Boolean).join(' · ')
}

/** The button that says who one is, and the list of everybody one can be instead. */
export function PersonSwitcher() {
  const { everybody, viewer } = useWorkspace()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)

  const choices = useMemo(
    () =>
      everybody.map(
        (person): Choice => ({
          id: person.id,
          label: person.realName,
          detail: describe(person),
          keywords: `${person.name} ${person.title}`,
          person,
        }),
      ),
    [everybody],
  )
  const offered = open ? choices.filter((choice) => fits(choice, query)) : []

  const close = () => {
    setOpen(false)
    setQuery('')
    setActive(0)
    button.current?.focus()
  }
  const become = (choice: Choice | undefined) => {
    if (!choice) return
    close()
    moveTo({ as: choice.id })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter') become(offered[active])
    else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, offered.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else return
    event.preventDefault()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className="switcher"
        aria-haspopup="listbox"
        aria-expanded={open}
        data-testid="viewer"
        data-viewer={viewer.id}
        onClick={() => setOpen(!open)}
      >
        <Avatar person={viewer} size={20} />
        <span className="switcher-lead">You are:</span>
        <strong>{viewer.realName}</strong>
        <span className="switcher-team">{describe(viewer)}</span>
        <ChevronIcon />
      </button>
      {open && (
        <Popup anchor={button} className="menu switcher-menu">
          <div className="menu-search">
            <SearchIcon />
            <input
              // biome-ignore lint/a11y/noAutofocus: the list was opened to be searched
              autoFocus
              role="combobox"
              aria-expanded
              aria-controls={`${id}-list`}
              aria-activedescendant={`${id}-${active}`}
              aria-label="Find a person to be"
              placeholder="Be somebody else: name, team or kind"
              value={query}
              onChange={(event) => {
                setQuery(event.target.value)
                setActive(0)
              }}
              onKeyDown={onKeyDown}
              onBlur={() => setOpen(false)}
            />
          </div>
          <div id={`${id}-list`} role="listbox" aria-label="People" tabIndex={-1}>
            {offered.map((choice, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the keys
              <div
                key={choice.id}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={choice.id === viewer.id}
                className={`menu-item ${index === active ? 'is-active' : ''}`}
                ref={index === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : null}
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => setActive(index)}
                onClick={() => become(choice)}
              >
                <Avatar person={choice.person} size={28} />
                <span className="menu-label">{choice.label}</span>
                <span className="menu-detail">{choice.detail}</span>
                {choice.id === viewer.id && <CheckIcon />}
              </div>
            ))}
            {offered.length === 0 && <p className="menu-empty">Nobody by that name</p>}
          </div>
        </Popup>
      )}
    </>
  )
}
