import type { Message } from '../contract.ts'
import { moveTo } from './address.ts'
import { Avatar } from './avatar.tsx'
import { ago, counted, exactTime, millisOf } from './time.ts'
import { useNow } from './use-now.ts'
import { useWorkspace } from './workspace.ts'

/** So many faces fit before the number of replies. */
const mostFaces = 5

/** "2 replies" under a message that has a thread, and the way there. */
export function ThreadBar({ message }: { message: Message }) {
  const { thread, ts } = message
  if (!thread || thread.replies === 0) return null
  return <Bar thread={thread} onOpen={() => moveTo({ thread: ts })} />
}

function Bar({ thread, onOpen }: { thread: NonNullable<Message['thread']>; onOpen(): void }) {
  const { people, viewer } = useWorkspace()
  const now = useNow()
  const last = millisOf(thread.lastTs)
  return (
    <button type="button" className="thread-bar" onClick={onOpen}>
      {thread.people.slice(0, mostFaces).map((id) => (
        <Avatar key={id} person={people.get(id)} size={24} />
      ))}
      <span className="thread-count">{counted(thread.replies, 'reply', 'replies')}</span>
      <span className="thread-last" title={exactTime(last, viewer.tz)}>
        Last reply {ago(last, now)}
      </span>
    </button>
  )
}
