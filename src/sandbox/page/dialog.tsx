import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  label: string
  className?: string
  onClose(): void
  children: ReactNode
}

/** Puts the focus where the app wants it, else on the first thing to fill in, else on the button that changes nothing. */
export function focusFirst(dialog: Element | null): void {
  const wanted = dialog?.querySelector<HTMLElement>('[data-focus-on-load=true] :is(input, textarea, button)')
  const input = wanted ?? dialog?.querySelector<HTMLElement>('.dialog-body :is(input, textarea)')
  const button = dialog?.querySelector<HTMLElement>('.dialog-foot button')
  ;(input ?? button)?.focus()
}

/**
 * A modal on the browser's own <dialog>: the rest of the page is inert, Tab stays inside, and the focus goes back to
 * where it was; when that is gone, to the message it was on, or to the composer.
 */
export function Dialog({ label, className = '', onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const before = document.activeElement
    const row = before?.closest('article')
    const element = dialog.current
    element?.showModal()
    focusFirst(element)
    return () => {
      element?.close()
      const back = [before, row].find((one) => one instanceof HTMLElement && one.isConnected && one !== document.body)
      ;((back as HTMLElement | undefined) ?? document.querySelector<HTMLElement>('.composer textarea'))?.focus()
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
