import { Fragment, memo, useState } from 'react'
import type { Conversation, Message } from '../contract.ts'
import { ConversationStart } from './conversation-start.tsx'
import { MessageRow } from './message-row.tsx'
import { MessageScroll } from './message-scroll.tsx'
import { dayName, millisOf } from './time.ts'
import { useNow } from './use-now.ts'
import { titleOf, useWorkspace } from './workspace.ts'

/** Messages of one person that follow each other this fast share one name. */
const together = 5 * 60_000

interface Props {
  conversation: Conversation
  /** The `ts` a link led to, or ''. */
  linked: string
}

/**
 * The messages of a conversation, without the replies in its threads. Kept as drawn while one types: a draft changes
 * nothing here, and hundreds of messages take longer to draw than a key to press.
 */
export const MessageList = memo(function MessageList({ conversation, linked }: Props) {
  const { viewer } = useWorkspace()
  const now = useNow(60_000)
  const messages = conversation.messages.filter(({ threadTs }) => threadTs === null)
  const last = messages.at(-1)
  // Looking at it makes it read, but the line stays until one goes elsewhere.
  const [firstNew] = useState(() => {
    const fromOthers = messages.filter(({ user, ephemeral }) => user !== viewer.id && !ephemeral)
    return conversation.unread > 0 ? fromOthers.at(-conversation.unread)?.ts : undefined
  })

  return (
    <MessageScroll label={`Messages in ${titleOf(conversation)}`} last={last}>
      <ConversationStart conversation={conversation} />
      {messages.map((message, index) => {
        const before = messages[index - 1]
        const day = dayName(millisOf(message.ts), now, viewer.tz)
        const newDay = !before || dayName(millisOf(before.ts), now, viewer.tz) !== day
        return (
          <Fragment key={`${message.ts}${message.ephemeral}`}>
            {newDay && (
              <div className="day">
                <span>{day}</span>
              </div>
            )}
            {message.ts === firstNew && <div className="new-line">New</div>}
            <MessageRow
              message={message}
              conversation={conversation}
              follows={!newDay && follows(message, before)}
              linked={message.ts === linked}
              tabStop={message === last}
            />
          </Fragment>
        )
      })}
    </MessageScroll>
  )
})

/** True for a message that needs no name of its own, since the one before has it. */
export function follows(message: Message, before: Message | undefined): boolean {
  return (
    before !== undefined &&
    before.user === message.user &&
    !message.ephemeral &&
    !before.ephemeral &&
    millisOf(message.ts) - millisOf(before.ts) < together
  )
}
