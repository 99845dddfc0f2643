import type { Button } from '@slack/types'
import { plain } from '../mrkdwn-text.tsx'
import { insideOf } from '../permalink.ts'
import { useElement } from '../surface.tsx'
import { useWorkspace } from '../workspace.ts'
import type { Standing } from './element.tsx'

/** A button; one with an address opens it and tells the app as well. */
export function BlockButton({ element, blockId }: Standing & { element: Button }) {
  const { busy, press } = useElement(blockId, element, true)
  const { state } = useWorkspace()
  const looks = `button ${element.style ?? ''} ${busy ? 'is-busy' : ''}`
  const label = plain(element.text)
  // Busy is said and not disabled: a disabled button would lose the focus.
  if (element.url && /^(https?|mailto):/.test(element.url)) {
    const inside = insideOf(element.url, state.workspace.domain)
    return (
      <a
        className={looks}
        href={inside ?? element.url}
        target={inside ? undefined : '_blank'}
        rel={inside ? undefined : 'noreferrer noopener'}
        aria-label={element.accessibility_label}
        data-action-id={element.action_id}
        onClick={() => press({ type: 'button' })}
      >
        {label}
      </a>
    )
  }
  return (
    <button
      type="button"
      className={looks}
      aria-busy={busy}
      aria-disabled={busy}
      aria-label={element.accessibility_label}
      data-action-id={element.action_id}
      onClick={() => press({ type: 'button' })}
    >
      <span>{label}</span>
      {busy && <span className="spinner" />}
    </button>
  )
}
