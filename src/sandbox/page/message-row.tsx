import type { KnownBlock } from '@slack/types'
import { useState } from 'react'
import type { Conversation, Message } from '../contract.ts'
import { Avatar } from './avatar.tsx'
import { Blocks } from './blocks.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { CloseIcon, EyeIcon, TrashIcon } from './icons.tsx'
import { MrkdwnText } from './mrkdwn-text.tsx'
import { SurfaceProvider } from './surface.tsx'
import { exactTime, millisOf, timeOfDay } from './time.ts'
import { useWorkspace } from './workspace.ts'

interface Props {
  message: Message
  conversation: Conversation
  /** Stands right under a message of the same person: no face, no name. */
  follows: boolean
}

/** One message. */
export function MessageRow({ message, conversation, follows }: Props) {
  const { people, viewer, showPerson } = useWorkspace()
  const author = people.get(message.user)
  const name = author?.realName ?? 'Somebody'
  const at = millisOf(message.ts)
  const time = (
    <time className="message-time" title={exactTime(at, viewer.tz)}>
      {timeOfDay(at, viewer.tz)}
    </time>
  )
  const blocks = message.blocks as unknown as KnownBlock[]
  const isApp = author?.kind === 'app' || author?.kind === 'bot'

  return (
    <article
      className={`message ${follows ? 'message-follows' : ''} ${message.ephemeral ? 'message-ephemeral' : ''}`}
      aria-label={`${name}, ${timeOfDay(at, viewer.tz)}`}
      data-testid="message"
      data-ts={message.ts}
      data-user={message.user}
      data-ephemeral={message.ephemeral}
    >
      {message.ephemeral && (
        <p className="message-only-you">
          <EyeIcon /> Only visible to you
        </p>
      )}
      <div className="message-side">{follows ? time : <Avatar person={author} />}</div>
      <div className="message-main">
        {!follows && (
          <p className="message-head">
            <button
              type="button"
              className="message-author"
              onClick={(event) => showPerson(message.user, event.currentTarget)}
            >
              {name}
            </button>
            {isApp && <span className="app-badge">APP</span>}
            {time}
          </p>
        )}
        <SurfaceProvider place={{ kind: 'message', channel: conversation.id, ts: message.ts }} blocks={blocks}>
          {blocks.length > 0 ? <Blocks blocks={blocks} /> : <MrkdwnText text={message.text} />}
        </SurfaceProvider>
        {message.edited && <span className="message-edited">(edited)</span>}
      </div>
      <DeleteButton message={message} conversation={conversation} />
    </article>
  )
}

/** People delete their own messages, admins anybody's; what was shown to the viewer alone just goes. */
function DeleteButton({ message, conversation }: { message: Message; conversation: Conversation }) {
  const { viewer, act } = useWorkspace()
  const [asking, setAsking] = useState(false)
  if (!message.ephemeral && message.user !== viewer.id && !viewer.isAdmin) return null
  const label = message.ephemeral ? 'Dismiss message' : 'Delete message'
  const remove = () => act({ type: 'delete', channel: conversation.id, ts: message.ts })
  return (
    <div className="message-tools">
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={() => (message.ephemeral ? void remove() : setAsking(true))}
      >
        {message.ephemeral ? <CloseIcon /> : <TrashIcon />}
      </button>
      {asking && (
        <ConfirmDialog
          confirm={{
            title: { type: 'plain_text', text: 'Delete message' },
            text: {
              type: 'plain_text',
              text: 'Are you sure you want to delete this message? This cannot be undone.',
            },
            confirm: { type: 'plain_text', text: 'Delete' },
            style: 'danger',
          }}
          onAnswer={(yes) => {
            setAsking(false)
            if (yes) void remove()
          }}
        />
      )}
    </div>
  )
}
