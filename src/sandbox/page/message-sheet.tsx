import type { Message } from '../contract.ts'
import { Dialog } from './dialog.tsx'
import { EmojiGrid } from './emoji-grid.tsx'
import { ThreadIcon } from './icons.tsx'
import type { MenuItem } from './menu.tsx'

interface Props {
  items: MenuItem[]
  reactions: Message['reactions']
  onReact: ((name: string) => void) | null
  onReply: (() => void) | null
  onPick(id: string): void
  onClose(): void
}

/** What can be done with a message, at the foot of a touch screen. */
export function MessageSheet({ items, reactions, onReact, onReply, onPick, onClose }: Props) {
  const then = (deed: () => void) => () => {
    onClose()
    deed()
  }
  return (
    <Dialog label="Message actions" className="sheet" onClose={onClose}>
      <div className="sheet-body">
        {onReact && <EmojiGrid reactions={reactions} onPick={(name) => then(() => onReact(name))()} />}
        {onReply && (
          <button type="button" className="menu-item" onClick={then(onReply)}>
            <ThreadIcon />
            <span className="menu-label">Reply in thread</span>
          </button>
        )}
        {items.map(({ id, label, detail, icon, danger, apart }) => (
          <button
            key={id}
            type="button"
            className={`menu-item ${danger ? 'is-danger' : ''} ${apart ? 'is-apart' : ''}`}
            onClick={then(() => onPick(id))}
          >
            {icon}
            <span className="menu-label">{label}</span>
            {detail && <span className="menu-detail">{detail}</span>}
          </button>
        ))}
        <button type="button" className="menu-item is-apart" onClick={onClose}>
          <span className="menu-label">Cancel</span>
        </button>
      </div>
    </Dialog>
  )
}
