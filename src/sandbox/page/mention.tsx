import { LockIcon } from './icons.tsx'
import { useWorkspace } from './workspace.ts'

/** @Ann, which opens the card about her; an id nobody here has is drawn as it came. */
export function UserMention({ id, label = '' }: { id: string; label?: string }) {
  const { people, viewer, showPerson } = useWorkspace()
  const person = people.get(id)
  if (!person) return <span className="mention">@{label || id}</span>
  return (
    <button
      type="button"
      className={`mention ${id === viewer.id ? 'mention-me' : ''}`}
      onClick={(event) => showPerson(id, event.currentTarget)}
    >
      @{person.realName}
    </button>
  )
}

/** #general, which leads there; a channel the viewer can't see stays nameless. */
export function ChannelMention({ id, label = '' }: { id: string; label?: string }) {
  const { conversations } = useWorkspace()
  const conversation = conversations.get(id)
  if (conversation) {
    return (
      <a className="mention" href={`#${id}`}>
        #{conversation.name}
      </a>
    )
  }
  return (
    <span className="mention">
      {label ? (
        `#${label}`
      ) : (
        <>
          <LockIcon size={13} /> private channel
        </>
      )}
    </span>
  )
}

/** @design, yellow for those who are in it. */
export function GroupMention({ id, label = '' }: { id: string; label?: string }) {
  const { groups, viewer } = useWorkspace()
  const group = groups.get(id)
  const name = group?.handle ?? label.replace(/^@/, '')
  return (
    <span
      className={`mention ${group?.users.includes(viewer.id) ? 'mention-me' : ''}`}
      title={group && `${group.name} · ${group.users.length} people`}
    >
      @{name || id}
    </span>
  )
}

/** @here, @channel, @everyone. */
export function BroadcastMention({ range }: { range: string }) {
  return <span className="mention mention-me">@{range}</span>
}
