import type { KnownBlock, ModalView } from '@slack/types'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { OpenView } from '../contract.ts'
import { Avatar } from './avatar.tsx'
import { Blocks } from './blocks.tsx'
import { Dialog, focusFirst } from './dialog.tsx'
import { BackIcon, CloseIcon } from './icons.tsx'
import { plain } from './mrkdwn-text.tsx'
import { SurfaceProvider, useSurface } from './surface.tsx'
import { appPerson, useWorkspace } from './workspace.ts'

/** The top of the viewer's modal stack. Its inputs are remembered per view, so that a changed view keeps what was typed. */
export function Modal({ open }: { open: OpenView }) {
  const { state, act } = useWorkspace()
  const [closing, setClosing] = useState(false)
  const view = open.view as unknown as ModalView
  const blocks = view.blocks as KnownBlock[]
  const close = async () => {
    if (closing) return
    setClosing(true)
    await act({ type: 'close', viewId: open.id })
    setClosing(false)
  }
  const stacked = open.depth > 1
  return (
    <Dialog label={plain(view.title)} className="modal" onClose={() => void close()}>
      <header className="dialog-head">
        {stacked && (
          <button type="button" className="dialog-close" aria-label="Back" title="Back" onClick={() => void close()}>
            <BackIcon />
          </button>
        )}
        <Avatar person={appPerson(state)} size={32} />
        <h2>{plain(view.title)}</h2>
        {!stacked && (
          <button type="button" className="dialog-close" aria-label="Close" onClick={() => void close()}>
            <CloseIcon />
          </button>
        )}
      </header>
      <SurfaceProvider place={{ kind: 'view', viewId: open.id }} blocks={blocks} errors={open.errors}>
        <ModalForm key={open.id} open={open} view={view} onClose={() => void close()} />
      </SurfaceProvider>
    </Dialog>
  )
}

interface FormProps {
  open: OpenView
  view: ModalView
  onClose(): void
}

function ModalForm({ open, view, onClose }: FormProps) {
  const { act } = useWorkspace()
  const { values } = useSurface()
  const form = useRef<HTMLFormElement>(null)
  const [sending, setSending] = useState(false)
  const [refusal, setRefusal] = useState('')
  const [attempts, setAttempts] = useState(0)

  // The form is another one when the app pushes a view or goes back; the dialog around it stays.
  useEffect(() => focusFirst(document.querySelector('dialog.modal')), [])
  const shape = view.blocks.map(({ block_id }) => block_id).join()
  // What had the focus may be gone from a view that took another one's place, and Escape with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per view, and not whenever something else changed
  useEffect(() => {
    if (document.activeElement === document.body) focusFirst(document.querySelector('dialog.modal'))
  }, [shape])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per attempt, and not whenever something else changed
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('.is-invalid :is(input, textarea, button)')?.focus()
  }, [attempts])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (sending || !view.submit) return
    setRefusal('')
    setSending(true)
    const result = await act({ type: 'submit', viewId: open.id, values: values() })
    setSending(false)
    setAttempts(attempts + 1)
    if (!result.ok) setRefusal(result.error ?? 'We had some trouble connecting. Try again?')
  }
  return (
    <form
      ref={form}
      className="modal-form"
      noValidate
      aria-label={plain(view.title)}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        // Enter alone is a new line where there are several.
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit()
      }}
    >
      <div className="dialog-body" data-testid="modal-body">
        <Blocks blocks={view.blocks as KnownBlock[]} />
      </div>
      {refusal && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          {view.close ? plain(view.close) : view.submit ? 'Cancel' : 'Close'}
        </button>
        {view.submit && (
          <button
            type="submit"
            className={`button primary ${sending ? 'is-busy' : ''}`}
            aria-busy={sending}
            aria-disabled={sending}
          >
            <span>{plain(view.submit)}</span>
            {sending && <span className="spinner" />}
          </button>
        )}
      </footer>
    </form>
  )
}
