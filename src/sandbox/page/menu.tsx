import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Popup } from './popup.tsx'

interface Props {
  label: string
  title?: string
  className: string
  busy?: boolean
  actionId?: string | undefined
  /** The whole menu's heading. */
  heading?: string | undefined
  /** Opens upwards even where there is room below. */
  above?: boolean
  align?: 'start' | 'end'
  items: MenuItem[]
  onPick(id: string): void
  /** Hears when it opens and closes. */
  onOpen?(open: boolean): void
  children: ReactNode
}

export interface MenuItem {
  id: string
  label: string
  detail?: string | undefined
  icon?: ReactNode
  danger?: boolean
  /** A line is drawn above it. */
  apart?: boolean
}

/** A button that opens a menu: arrow keys, Home and End move, Escape goes back to the button. */
export function Menu(props: Props) {
  const {
    label,
    title,
    className,
    busy = false,
    actionId,
    heading,
    above = false,
    align = 'end',
    items,
    children,
  } = props
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [open, setOpened] = useState(false)
  const setOpen = (next: boolean) => {
    setOpened(next)
    props.onOpen?.(next)
  }

  useEffect(() => {
    if (open) list.current?.querySelector('button')?.focus()
  }, [open])

  const leave = () => {
    setOpen(false)
    button.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      return leave()
    }
    const entries = [...(list.current?.querySelectorAll('button') ?? [])]
    const here = entries.indexOf(document.activeElement as HTMLButtonElement)
    const targets: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    entries.at(target % entries.length)?.focus()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-busy={busy}
        aria-label={label}
        title={title}
        data-action-id={actionId}
        onClick={() => !busy && setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <Popup anchor={button} className="menu" align={align} above={above}>
          <div
            ref={list}
            role="menu"
            tabIndex={-1}
            aria-label={label}
            onKeyDown={onKeyDown}
            onBlur={(event) => {
              // A click on the button closes the menu by itself, and would open it again.
              const inside = event.currentTarget.contains(event.relatedTarget) || event.relatedTarget === button.current
              if (!inside) setOpen(false)
            }}
          >
            {heading && <p className="menu-group">{heading}</p>}
            {items.map((item) => (
              <button
                key={item.id}
                type="button"
                role="menuitem"
                className={`menu-item ${item.danger ? 'is-danger' : ''} ${item.apart ? 'is-apart' : ''}`}
                onClick={() => {
                  leave()
                  props.onPick(item.id)
                }}
              >
                {item.icon}
                <span className="menu-label">{item.label}</span>
                {item.detail && <span className="menu-detail">{item.detail}</span>}
              </button>
            ))}
          </div>
        </Popup>
      )}
    </>
  )
}
