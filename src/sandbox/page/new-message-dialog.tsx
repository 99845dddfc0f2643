import { useState } from 'react'
import { moveTo } from './address.ts'
import { peopleChoices } from './choices.ts'
import { Dialog } from './dialog.tsx'
import { CloseIcon } from './icons.tsx'
import { Picker } from './picker.tsx'
import { useWorkspace } from './workspace.ts'

/** Slack's limit: the viewer and eight others. */
const most = 8

/** Opens the direct message with somebody, or a group of people. */
export function NewMessageDialog({ onClose }: { onClose(): void }) {
  const { state, viewer, act } = useWorkspace()
  const [chosen, setChosen] = useState<string[]>([])
  const [refusal, setRefusal] = useState('')
  const open = async () => {
    const result = await act({ type: 'direct', with: chosen })
    if (!result.ok || !result.channel) return setRefusal(result.error ?? 'That did not work.')
    moveTo({ place: result.channel })
    onClose()
  }
  return (
    <Dialog label="New message" className="dialog-small" onClose={onClose}>
      <header className="dialog-head">
        <h2>New message</h2>
        <button type="button" className="dialog-close" aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <div className="dialog-body">
        <Picker
          choices={peopleChoices(state.people).filter(({ id }) => id !== viewer.id)}
          chosen={chosen}
          multiple
          limit={most}
          placeholder="Somebody, or several people"
          label="To"
          onChange={setChosen}
        />
        {refusal && (
          <p className="refusal" role="alert">
            {refusal}
          </p>
        )}
      </div>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button primary" disabled={chosen.length === 0} onClick={() => void open()}>
          Open
        </button>
      </footer>
    </Dialog>
  )
}
