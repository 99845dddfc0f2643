import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Popup } from './popup.tsx'

interface Props {
  label: string
  className: string
  busy?: boolean
  actionId?: string | undefined
  items: { id: string; label: string; detail?: string | undefined }[]
  onPick(id: string): void
  children: ReactNode
}

/** A button that opens a menu: arrow keys, Home and End move, Escape goes back to the button. */
export function Menu({ label, className, busy = false, actionId, items, onPick, children }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

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
        data-action-id={actionId}
        onClick={() => !busy && setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <Popup anchor={button} className="menu" align="end">
          <div
            ref={list}
            role="menu"
            tabIndex={-1}
            aria-label={label}
            onKeyDown={onKeyDown}
            onBlur={(event) => {
              if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
            }}
          >
            {items.map((item) => (
              <button
                key={item.id}
                type="button"
                role="menuitem"
                className="menu-item"
                onClick={() => {
                  leave()
                  onPick(item.id)
                }}
              >
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
