import { Fragment, memo, useLayoutEffect, useRef, useState } from 'react'
import type { Conversation, Message } from '../contract.ts'
import { ConversationStart } from './conversation-start.tsx'
import { MessageRow } from './message-row.tsx'
import { dayOf, millisOf } from './time.ts'
import { titleOf, useWorkspace } from './workspace.ts'

/** Messages of one person that follow each other this fast share one name. */
const together = 5 * 60_000
/** So near to the bottom one is still at the bottom. */
const nearBottom = 80

/**
 * The messages, newest at the bottom, where the view stays unless one scrolls up. Kept as drawn while one types: a
 * draft changes nothing here, and hundreds of messages take longer to draw than a key to press.
 */
export const MessageList = memo(function MessageList({ conversation }: { conversation: Conversation }) {
  const { viewer } = useWorkspace()
  const list = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const sticks = useRef(true)
  const { messages, unread } = conversation
  const last = messages.at(-1)
  // Looking at it makes it read, but the line stays until one goes elsewhere.
  const [firstNew] = useState(() => {
    const fromOthers = messages.filter(({ user, ephemeral }) => user !== viewer.id && !ephemeral)
    return unread > 0 ? fromOthers.at(-unread)?.ts : undefined
  })

  useLayoutEffect(() => {
    const { current: element } = list
    if (!element || !content.current) return
    const settle = () => {
      if (sticks.current) element.scrollTop = element.scrollHeight
    }
    settle()
    // Whatever grows (a message, an opened menu, a smaller window) must not push the newest line out of sight.
    const observer = new ResizeObserver(settle)
    observer.observe(content.current)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // What one has written oneself, or is told alone, is shown wherever one has scrolled to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per message
  useLayoutEffect(() => {
    if (!list.current || !(last?.ephemeral || last?.user === viewer.id)) return
    list.current.scrollTop = list.current.scrollHeight
  }, [last?.ts])

  return (
    <div
      ref={list}
      className="message-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable with the keyboard
      tabIndex={0}
      role="log"
      aria-live="polite"
      aria-label={`Messages in ${titleOf(conversation)}`}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        sticks.current = scrollHeight - scrollTop - clientHeight < nearBottom
      }}
    >
      <div ref={content} className="message-list">
        <ConversationStart conversation={conversation} />
        {messages.map((message, index) => {
          const before = messages[index - 1]
          const day = dayOf(millisOf(message.ts), viewer.tz)
          const newDay = !before || dayOf(millisOf(before.ts), viewer.tz) !== day
          return (
            <Fragment key={`${message.ts}${message.ephemeral}`}>
              {newDay && (
                <div className="day">
                  <span>{day}</span>
                </div>
              )}
              {message.ts === firstNew && <div className="new-line">New</div>}
              <MessageRow message={message} conversation={conversation} follows={!newDay && follows(message, before)} />
            </Fragment>
          )
        })}
      </div>
    </div>
  )
})

function follows(message: Message, before: Message | undefined): boolean {
  return (
    before !== undefined &&
    before.user === message.user &&
    !message.ephemeral &&
    !before.ephemeral &&
    millisOf(message.ts) - millisOf(before.ts) < together
  )
}
