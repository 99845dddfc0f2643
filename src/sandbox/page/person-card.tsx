import { useEffect, useRef } from 'react'
import { moveTo } from './address.ts'
import { Avatar } from './avatar.tsx'
import { Popup } from './popup.tsx'
import { StatusMenu } from './status-menu.tsx'
import { StatusSign } from './status-sign.tsx'
import { useWorkspace } from './workspace.ts'

interface Props {
  id: string
  anchor: HTMLElement
  onClose(): void
}

/** Who somebody is, and the way to write to them. */
export function PersonCard({ id, anchor, onClose }: Props) {
  const { people, viewer, act } = useWorkspace()
  const anchorRef = useRef(anchor)
  const card = useRef<HTMLElement>(null)
  const person = people.get(id)
  useEffect(() => card.current?.focus(), [])
  if (!person) return null
  const write = async () => {
    const { channel } = await act({ type: 'direct', with: [id] })
    if (channel) moveTo({ place: channel })
    onClose()
  }
  return (
    <Popup anchor={anchorRef}>
      <section
        ref={card}
        className="person-card"
        tabIndex={-1}
        aria-label={person.realName}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          onClose()
          anchor.focus()
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) onClose()
        }}
      >
        <Avatar person={person} size={64} />
        <div>
          <h3>{person.realName}</h3>
          <p>@{person.name}</p>
          {person.title && <p>{person.title}</p>}
          <p className="person-more">
            {[person.team, person.kind === 'member' ? '' : person.kind, person.tz].filter(Boolean).join(' · ')}
          </p>
          {person.status.text && (
            <p>
              <StatusSign person={person} /> {person.status.text}
            </p>
          )}
          {id === viewer.id ? (
            <StatusMenu />
          ) : (
            <button type="button" className="button" onClick={() => void write()}>
              Message
            </button>
          )}
        </div>
      </section>
    </Popup>
  )
}
