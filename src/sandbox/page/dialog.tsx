import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  label: string
  className?: string
  onClose(): void
  children: ReactNode
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
    const input = element?.querySelector<HTMLElement>('.dialog-body :is(input, textarea)')
    // Without anything to fill in, the button that changes nothing.
    const button = element?.querySelector<HTMLElement>('.dialog-foot button')
    ;(input ?? button)?.focus()
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
