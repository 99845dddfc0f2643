import type { KnownBlock } from '@slack/types'
import { useEffect, useRef, useState } from 'react'
import type { Conversation, Message } from '../contract.ts'
import { Avatar } from './avatar.tsx'
import { Blocks } from './blocks.tsx'
import { EyeIcon, TrashIcon } from './icons.tsx'
import { MessageFiles } from './message-files.tsx'
import { MessageTools } from './message-tools.tsx'
import { MrkdwnText } from './mrkdwn-text.tsx'
import { Reactions } from './reactions.tsx'
import { StatusSign } from './status-sign.tsx'
import { SurfaceProvider } from './surface.tsx'
import { ThreadBar } from './thread-bar.tsx'
import { exactTime, millisOf, timeOfDay } from './time.ts'
import { isTombstone } from './use-message-actions.ts'
import { useWorkspace } from './workspace.ts'

interface Props {
  message: Message
  conversation: Conversation
  /** Stands right under a message of the same person: no face, no name. */
  follows: boolean
  /** Drawn in the pane of its thread. */
  inThread?: boolean
  /** A link led here: it is brought into sight and lit up for a moment. */
  linked: boolean
  /** Whether Tab comes here; from one message to the next the arrow keys go. */
  tabStop: boolean
}

/** One message. */
export function MessageRow({ message, conversation, follows, inThread = false, linked, tabStop }: Props) {
  const { people, viewer } = useWorkspace()
  const row = useRef<HTMLElement>(null)
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const name = people.get(message.user)?.realName ?? 'Somebody'
  const at = millisOf(message.ts)
  const tombstone = isTombstone(message)
  const looks = [follows && 'message-follows', message.ephemeral && 'message-ephemeral', linked && 'is-linked']
  const blocks = message.blocks as unknown as KnownBlock[]

  useEffect(() => {
    if (linked) row.current?.scrollIntoView({ block: 'center' })
  }, [linked])

  return (
    <article
      ref={row}
      className={['message', ...looks].filter(Boolean).join(' ')}
      tabIndex={tabStop ? 0 : -1}
      aria-label={tombstone ? message.text : `${name}, ${timeOfDay(at, viewer.tz)}`}
      data-testid="message"
      data-ts={message.ts}
      data-user={message.user}
      data-ephemeral={message.ephemeral}
      onMouseEnter={() => setPointed(true)}
      onMouseLeave={() => setPointed(false)}
      onFocus={(event) => setFocused(event.target.matches(':focus-visible'))}
      onBlur={(event) => {
        // On the way from one thing in it to the next it is near all the time, or the tools would go from under the focus.
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false)
      }}
    >
      {/* First of what Tab comes to, though it floats above the rest. */}
      <MessageTools message={message} conversation={conversation} near={pointed || focused} inThread={inThread} />
      {message.ephemeral && (
        <p className="message-only-you">
          <EyeIcon /> Only visible to you
        </p>
      )}
      <MessageSide message={message} follows={follows} tombstone={tombstone} />
      <div className="message-main">
        {!follows && !tombstone && <MessageHead message={message} />}
        {tombstone ? (
          <p className="message-deleted">{message.text}</p>
        ) : (
          <SurfaceProvider place={{ kind: 'message', channel: conversation.id, ts: message.ts }} blocks={blocks}>
            {blocks.length > 0 ? <Blocks blocks={blocks} /> : <MrkdwnText text={message.text} />}
          </SurfaceProvider>
        )}
        {message.edited && <span className="message-edited">(edited)</span>}
        <MessageFiles files={message.files} />
        <Reactions message={message} conversation={conversation} />
        {!inThread && <ThreadBar message={message} />}
      </div>
    </article>
  )
}

function MessageHead({ message }: { message: Message }) {
  const { people, showPerson } = useWorkspace()
  const author = people.get(message.user)
  const isApp = author?.kind === 'app' || author?.kind === 'bot'
  return (
    <p className="message-head">
      <button
        type="button"
        className="message-author"
        onClick={(event) => showPerson(message.user, event.currentTarget)}
      >
        {author?.realName ?? 'Somebody'}
      </button>
      <StatusSign person={author} />
      {isApp && <span className="app-badge">APP</span>}
      <MessageTime message={message} />
    </p>
  )
}

function MessageSide({ message, follows, tombstone }: { message: Message; follows: boolean; tombstone: boolean }) {
  const { people } = useWorkspace()
  if (tombstone) {
    return (
      <div className="message-side">
        <span className="deleted-face">
          <TrashIcon />
        </span>
      </div>
    )
  }
  return (
    <div className="message-side">
      {follows ? <MessageTime message={message} /> : <Avatar person={people.get(message.user)} />}
    </div>
  )
}

function MessageTime({ message }: { message: Message }) {
  const { viewer } = useWorkspace()
  const at = millisOf(message.ts)
  return (
    <time className="message-time" title={exactTime(at, viewer.tz)}>
      {timeOfDay(at, viewer.tz)}
    </time>
  )
}
