import { useState } from 'react'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Dialog } from './dialog.tsx'
import { fetchPeople, postControl } from './sandbox-calls.ts'
import { forgetWelcome } from './welcomed.ts'

/** How often to look whether the sandbox is back. */
const lookMs = 500

/** Begins the workspace and the app anew: asks, waits, and opens the page as on the first day. */
export function StartOver() {
  const [step, setStep] = useState<'none' | 'asking' | 'running'>('none')
  const [refusal, setRefusal] = useState('')

  const run = async () => {
    setStep('running')
    const result = await postControl({ type: 'start over' })
    if (!result.ok) return setRefusal(result.error ?? 'That did not work.')
    forgetWelcome()
    await untilBack()
    window.location.replace('/')
  }

  return (
    <>
      <button type="button" className="control-button control-danger" onClick={() => setStep('asking')}>
        Start over
      </button>
      {step === 'asking' && (
        <ConfirmDialog
          confirm={{
            title: { type: 'plain_text', text: 'Start over?' },
            text: {
              type: 'plain_text',
              text: 'Every message, and everything the app knows, goes. The workspace will be as it was at the very first start, at the real date and time.',
            },
            confirm: { type: 'plain_text', text: 'Start over' },
            style: 'danger',
          }}
          onAnswer={(yes) => {
            if (yes) void run()
            else setStep('none')
          }}
        />
      )}
      {step === 'running' && (
        <Dialog
          label="Starting over"
          className="dialog-small start-over"
          onClose={() => {
            if (!refusal) return
            setStep('none')
            setRefusal('')
          }}
        >
          <div className="dialog-body">
            {refusal ? (
              <p role="alert">{refusal}</p>
            ) : (
              <p role="status">
                <span className="spinner" /> Starting over. The page opens again when the app is back…
              </p>
            )}
          </div>
          {refusal && (
            <footer className="dialog-foot">
              <button
                type="button"
                className="button"
                onClick={() => {
                  setStep('none')
                  setRefusal('')
                }}
              >
                Close
              </button>
            </footer>
          )}
        </Dialog>
      )}
    </>
  )
}

async function untilBack(): Promise<void> {
  for (;;) {
    const people = await fetchPeople().catch(() => [])
    if (people.length > 0) return
    await new Promise((done) => setTimeout(done, lookMs))
  }
}
