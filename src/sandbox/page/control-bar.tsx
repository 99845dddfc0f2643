import { useState } from 'react'
import type { ActResult, Control } from '../contract.ts'
import { CloseIcon } from './icons.tsx'
import { Installation } from './installation.tsx'
import { RequestPanel } from './request-panel.tsx'
import { ScopesMenu } from './scopes-menu.tsx'
import { StartOver } from './start-over.tsx'
import { clockTime, span } from './time.ts'
import { useNow } from './use-now.ts'
import { useWorkspace } from './workspace.ts'

type Jump = Extract<Control, { type: 'clock' }>['to']

const jumps: { to: Jump; label: string }[] = [
  { to: '+1 hour', label: '+1 hour' },
  { to: '+1 day', label: '+1 day' },
  { to: 'next monday 09:00', label: 'Next Monday 09:00' },
  { to: 'end of the month', label: 'End of the month' },
]

/** What whoever holds the sandbox can do to it. None of this is in Slack, and it looks like it. */
export function ControlBar({ onClose }: { onClose(): void }) {
  const { state, viewer, control } = useWorkspace()
  const [requests, setRequests] = useState(false)
  const [busy, setBusy] = useState<string>('')
  const [refusal, setRefusal] = useState('')

  const run = async (name: string, wanted: Control): Promise<ActResult | null> => {
    if (busy) return null
    setBusy(name)
    setRefusal('')
    const result = await control(wanted)
    setBusy('')
    if (!result.ok) setRefusal(result.error ?? 'That did not work.')
    return result
  }

  return (
    <section
      className={`control-bar ${requests ? 'is-open' : ''}`}
      aria-label="Sandbox controls"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <div className="control-row">
        <p className="control-title">
          <b>Sandbox</b> <span>not part of Slack</span>
        </p>
        <WorkspaceClock />
        <fieldset className="control-jumps" aria-label="Move the workspace’s clock forward">
          {jumps.map(({ to, label }) => (
            <button
              key={to}
              type="button"
              className="control-button"
              aria-busy={busy === to}
              aria-disabled={busy !== ''}
              onClick={() => void run(to, { type: 'clock', to, tz: viewer.tz })}
            >
              {busy === to && <span className="spinner" />}
              {label}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          role="switch"
          className="control-switch"
          aria-checked={state.rateLimits}
          aria-busy={busy === 'limits'}
          title="Whether Slack’s own rate limits hold here"
          onClick={() => void run('limits', { type: 'rate limits', on: !state.rateLimits })}
        >
          <span className="switch-track" aria-hidden="true" />
          Rate limits
        </button>
        <ScopesMenu onChange={(wanted) => void run('scopes', wanted)} />
        <button
          type="button"
          className="control-button"
          aria-expanded={requests}
          aria-controls="requests"
          onClick={() => setRequests(!requests)}
        >
          Requests
        </button>
        <Installation
          busy={busy === 'installation'}
          onUninstall={() => void run('installation', { type: 'uninstall' })}
        />
        <StartOver />
        <button type="button" className="control-close" aria-label="Close the sandbox controls" onClick={onClose}>
          <CloseIcon />
        </button>
      </div>
      {refusal && (
        <p className="control-refusal" role="alert">
          {refusal}
        </p>
      )}
      {requests && <RequestPanel />}
    </section>
  )
}

function WorkspaceClock() {
  const { state, viewer } = useWorkspace()
  const now = useNow(1000)
  const { ahead } = state.clock
  return (
    <p className="control-clock" data-testid="clock" data-ahead={ahead}>
      <time>{clockTime(now, viewer.tz)}</time>
      {ahead >= 60_000 && <span className="control-ahead">{span(ahead)} ahead</span>}
    </p>
  )
}
