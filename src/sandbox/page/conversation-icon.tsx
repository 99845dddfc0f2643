import type { Conversation } from '../contract.ts'
import { Avatar } from './avatar.tsx'
import { ArchiveIcon, HashIcon, LockIcon } from './icons.tsx'
import { companions, useWorkspace } from './workspace.ts'

/** #, a lock, a face, or how many faces. */
export function ConversationIcon({ conversation, size = 20 }: { conversation: Conversation; size?: number }) {
  const { people, viewer } = useWorkspace()
  if (conversation.archived) return <ArchiveIcon />
  if (conversation.kind === 'public' || conversation.kind === 'shared') return <HashIcon />
  if (conversation.kind === 'private') return <LockIcon />
  const others = companions(conversation, viewer.id)
  if (others.length > 1) {
    return (
      <span className="count-square" aria-hidden="true">
        {others.length}
      </span>
    )
  }
  return <Avatar person={people.get(others[0] ?? '')} size={size} />
}
