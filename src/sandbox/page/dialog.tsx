import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  label: string
  className?: string
  onClose(): void
  children: ReactNode
}

/** Puts the focus on the first thing to fill in, else on the button that changes nothing. */
export function focusFirst(dialog: Element | null): void {
  const input = dialog?.querySelector<HTMLElement>('.dialog-body :is(input, textarea)')
  const button = dialog?.querySelector<HTMLElement>('.dialog-foot button')
  ;(input ?? button)?.focus()
}

/**
 * A modal on the browser's own <dialog>: the rest of the page is inert, Tab stays inside, and the focus goes back to
 * where it was, or to the composer when that is gone.
 */
export function Dialog({ label, className = '', onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const before = document.activeElement
    const element = dialog.current
    element?.showModal()
    focusFirst(element)
    return () => {
      element?.close()
      const back = before instanceof HTMLElement && before.isConnected ? before : null
      ;(back ?? document.querySelector<HTMLElement>('.composer textarea'))?.focus()
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-label={label}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      {children}
    </dialog>
  )
}
