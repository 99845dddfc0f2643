import type { Conversation, Message } from '../contract.ts'
import { emojiNamed } from './emoji.ts'
import { SmileIcon } from './icons.tsx'
import { listed } from './listed.ts'
import { ReactionButton } from './reaction-button.tsx'
import { counted } from './time.ts'
import { useMessageActions } from './use-message-actions.ts'
import { useWorkspace } from './workspace.ts'

/** The reactions under a message: a click adds the viewer's own, or takes it back. */
export function Reactions({ message, conversation }: { message: Message; conversation: Conversation }) {
  const { people, viewer } = useWorkspace()
  const { react } = useMessageActions(message, conversation)
  if (message.reactions.length === 0) return null
  return (
    <fieldset className="reactions" aria-label="Reactions">
      {message.reactions.map(({ name, users }) => {
        const mine = users.includes(viewer.id)
        const names = users.filter((id) => id !== viewer.id).map((id) => people.get(id)?.realName ?? 'Somebody')
        const who = listed(mine ? [...names, names.length > 0 ? 'you' : 'You'] : names)
        return (
          <button
            key={name}
            type="button"
            className={`reaction ${mine ? 'is-mine' : ''}`}
            aria-pressed={mine}
            aria-disabled={react === null}
            aria-label={`${counted(users.length, 'person', 'people')} reacted with ${name}: ${who}`}
            title={`${who} reacted with :${name}:`}
            data-reaction={name}
            onClick={() => react?.(name)}
          >
            <span>{emojiNamed(name) ?? `:${name}:`}</span> {users.length}
          </button>
        )
      })}
      {react && (
        <ReactionButton className="reaction reaction-add" reactions={message.reactions} onPick={react}>
          <SmileIcon />
        </ReactionButton>
      )}
    </fieldset>
  )
}
