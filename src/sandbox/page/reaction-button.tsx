import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Message } from '../contract.ts'
import { EmojiGrid } from './emoji-grid.tsx'
import { Popup } from './popup.tsx'

interface Props {
  className?: string
  reactions: Message['reactions']
  onPick(name: string): void
  /** Hears when the emoji appear and go. */
  onOpen?(open: boolean): void
  children: ReactNode
}

/** A button that lets one choose an emoji. */
export function ReactionButton({ className = '', reactions, onPick, onOpen, children }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [open, setOpened] = useState(false)
  const setOpen = (next: boolean) => {
    setOpened(next)
    onOpen?.(next)
  }
  useEffect(() => {
    if (open) box.current?.querySelector('button')?.focus()
  }, [open])
  const leave = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label="Add reaction"
        title="Add reaction"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <Popup anchor={button} align="end">
          <div
            ref={box}
            role="dialog"
            aria-label="Add reaction"
            tabIndex={-1}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.preventDefault()
              event.stopPropagation()
              leave()
            }}
            onBlur={(event) => {
              const inside = event.currentTarget.contains(event.relatedTarget) || event.relatedTarget === button.current
              if (!inside) setOpen(false)
            }}
          >
            <EmojiGrid
              reactions={reactions}
              onPick={(name) => {
                leave()
                onPick(name)
              }}
            />
          </div>
        </Popup>
      )}
    </>
  )
}
