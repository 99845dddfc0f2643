import type { Overflow } from '@slack/types'
import { DotsIcon } from '../icons.tsx'
import { Menu } from '../menu.tsx'
import { plain } from '../mrkdwn-text.tsx'
import { insideOf } from '../permalink.ts'
import { useElement } from '../surface.tsx'
import { useWorkspace } from '../workspace.ts'
import type { Standing } from './element.tsx'

/** The three dots and what is behind them. */
export function OverflowMenu({ element, blockId }: Standing & { element: Overflow }) {
  const { busy, press } = useElement(blockId, element, true)
  const { state } = useWorkspace()
  return (
    <Menu
      label="More actions"
      className={`button icon-only ${busy ? 'is-busy' : ''}`}
      busy={busy}
      actionId={element.action_id}
      items={element.options.map((option) => ({
        id: option.value ?? '',
        label: plain(option.text),
        detail: option.description && plain(option.description),
      }))}
      onPick={(value) => {
        const url = element.options.find((option) => option.value === value)?.url
        const inside = url && insideOf(url, state.workspace.domain)
        if (inside) window.location.hash = inside
        else if (url && /^https?:/.test(url)) window.open(url, '_blank', 'noopener')
        press({ type: 'option', value })
      }}
    >
      {busy ? <span className="spinner" /> : <DotsIcon />}
    </Menu>
  )
}
