import type { Conversation } from '../contract.ts'
import { Avatar } from './avatar.tsx'
import { companions, isChannel, useWorkspace } from './workspace.ts'

/** What stands above the first message. */
export function ConversationStart({ conversation }: { conversation: Conversation }) {
  const { people, viewer } = useWorkspace()
  if (isChannel(conversation)) {
    return (
      <div className="conversation-start">
        <h3>{conversation.kind === 'private' ? conversation.name : `# ${conversation.name}`}</h3>
        <p>
          This is the very beginning of the <b>#{conversation.name}</b> channel.
          {conversation.topic && ` ${conversation.topic}`}
        </p>
      </div>
    )
  }
  const others = companions(conversation, viewer.id).flatMap((id) => people.get(id) ?? [])
  return (
    <div className="conversation-start">
      <div className="start-faces">
        {others.slice(0, 4).map((person) => (
          <Avatar key={person.id} person={person} size={56} />
        ))}
      </div>
      <h3>{conversation.name}</h3>
      <p>
        {others.length === 1 && others[0]?.title && `${others[0].title}. `}
        This is the very beginning of your direct messages with {others.map(({ realName }) => realName).join(', ')}.
      </p>
    </div>
  )
}
