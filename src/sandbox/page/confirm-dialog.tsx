import type { ConfirmationDialog } from '@slack/types'
import { useId } from 'react'
import { Dialog } from './dialog.tsx'
import { CloseIcon } from './icons.tsx'
import { TextOf } from './mrkdwn-text.tsx'

/** "Are you sure?" in the words of a confirm object. */
export function ConfirmDialog({
  confirm,
  onAnswer,
}: {
  confirm: ConfirmationDialog
  onAnswer: (yes: boolean) => void
}) {
  const textId = useId()
  const no = () => onAnswer(false)
  return (
    <Dialog label={confirm.title?.text ?? 'Are you sure?'} className="dialog-small" onClose={no}>
      <header className="dialog-head">
        <h2>{confirm.title?.text ?? 'Are you sure?'}</h2>
        <button type="button" className="dialog-close" aria-label="Close" onClick={no}>
          <CloseIcon />
        </button>
      </header>
      <div className="dialog-body" id={textId}>
        <TextOf text={confirm.text} />
      </div>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={no}>
          {confirm.deny?.text ?? 'Cancel'}
        </button>
        <button
          type="button"
          className={`button ${confirm.style === 'danger' ? 'danger solid' : 'primary'}`}
          aria-describedby={textId}
          onClick={() => onAnswer(true)}
        >
          {confirm.confirm?.text ?? 'Yes'}
        </button>
      </footer>
    </Dialog>
  )
}
