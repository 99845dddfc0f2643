import { useCallback, useEffect, useState } from 'react'
import { CloseIcon, WarningIcon } from './icons.tsx'
import type { Workspace } from './workspace.ts'

interface Notice {
  text: string
  kind: 'news' | 'refusal'
}

/** Long enough to read a few words. */
const newsMs = 4000

/** What there is to say at the foot of the window: one thing at a time. */
export function useNotice(): { notice: Notice | null; notify: Workspace['notify']; dismiss(): void } {
  const [notice, setNotice] = useState<Notice | null>(null)
  const notify = useCallback<Workspace['notify']>((text, kind = 'news') => setNotice({ text, kind }), [])
  useEffect(() => {
    if (notice?.kind !== 'news') return
    const timer = setTimeout(() => setNotice(null), newsMs)
    return () => clearTimeout(timer)
  }, [notice])
  return { notice, notify, dismiss: () => setNotice(null) }
}

/** Draws it. The places stand empty until then: a screen reader only says what changes in a place it knows. */
export function NoticeBar({ notice, onDismiss }: { notice: Notice | null; onDismiss(): void }) {
  const refusal = notice?.kind === 'refusal' ? notice.text : ''
  return (
    <div className="notice-place">
      <p role="status">{notice?.kind === 'news' && <span className="notice">{notice.text}</span>}</p>
      <div role="alert">
        {refusal && (
          <p className="notice notice-refusal" data-testid="notice">
            <WarningIcon /> <span>{refusal}</span>
            <button type="button" aria-label="Dismiss" onClick={onDismiss}>
              <CloseIcon />
            </button>
          </p>
        )}
      </div>
    </div>
  )
}
