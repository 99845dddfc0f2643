import { useState } from 'react'
import type { RequestRecord } from '../contract.ts'
import { RequestDetail } from './request-detail.tsx'
import { secondsOfDay } from './time.ts'
import { useRequests } from './use-requests.ts'
import { useWorkspace } from './workspace.ts'

const directions = ['both ways', 'to the app', 'to Slack'] as const

/** What Slack and the app said to each other, newest first. */
export function RequestPanel() {
  const records = useRequests()
  const [direction, setDirection] = useState<(typeof directions)[number]>('both ways')
  const [failedOnly, setFailedOnly] = useState(false)
  const [chosen, setChosen] = useState<number | null>(null)
  const shown = (records ?? []).filter(
    (one) => (direction === 'both ways' || one.direction === direction) && (!failedOnly || !one.ok),
  )
  const open = records?.find(({ id }) => id === chosen)

  return (
    <div id="requests" className={`requests ${open ? 'has-detail' : ''}`}>
      <div className="request-side">
        <div className="request-filters">
          <fieldset aria-label="Direction">
            {directions.map((one) => (
              <label key={one}>
                <input type="radio" name="direction" checked={direction === one} onChange={() => setDirection(one)} />
                {one}
              </label>
            ))}
          </fieldset>
          <label>
            <input type="checkbox" checked={failedOnly} onChange={(event) => setFailedOnly(event.target.checked)} />
            failed only
          </label>
        </div>
        <ul className="request-list" aria-label="Requests">
          {shown.map((record) => (
            <RequestRow key={record.id} record={record} open={record.id === chosen} onOpen={setChosen} />
          ))}
          {records && shown.length === 0 && <li className="request-none">Nothing yet.</li>}
        </ul>
      </div>
      {open && <RequestDetail record={open} onClose={() => setChosen(null)} />}
    </div>
  )
}

interface RowProps {
  record: RequestRecord
  open: boolean
  onOpen(id: number): void
}

function RequestRow({ record, open, onOpen }: RowProps) {
  const { viewer } = useWorkspace()
  const { id, direction, kind, name, at, ms, ok, outcome } = record
  return (
    <li>
      <button
        type="button"
        className={`request-row ${ok ? '' : 'is-failed'}`}
        aria-pressed={open}
        data-testid="request"
        data-direction={direction}
        onClick={() => onOpen(id)}
      >
        <span className="request-direction">{direction === 'to the app' ? '→ app' : '→ Slack'}</span>
        <span className="request-name">
          {name} {kind !== name && <small>{kind}</small>}
        </span>
        <span className="request-outcome">{outcome}</span>
        <span className="request-ms">{Math.round(ms)} ms</span>
        <time>{secondsOfDay(at, viewer.tz)}</time>
      </button>
    </li>
  )
}
