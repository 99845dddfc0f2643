import { useEffect } from 'react'
import type { Conversation, Message } from '../contract.ts'
import { moveTo } from './address.ts'
import { Announcements } from './announcements.tsx'
import { Composer } from './composer.tsx'
import type { Drafts } from './drafts.ts'
import { CloseIcon } from './icons.tsx'
import { follows } from './message-list.tsx'
import { MessageRow } from './message-row.tsx'
import { MessageScroll } from './message-scroll.tsx'
import { counted } from './time.ts'
import { canWrite, titleOf, useWorkspace } from './workspace.ts'

interface Props {
  conversation: Conversation
  /** The message the thread hangs on. */
  parent: Message
  drafts: Drafts
  /** The `ts` a link led to, or ''. */
  linked: string
}

/** A thread, beside its conversation; on a phone instead of it. */
export function ThreadPane({ conversation, parent, drafts, linked }: Props) {
  const workspace = useWorkspace()
  const replies = conversation.messages.filter(({ threadTs }) => threadTs === parent.ts)
  const count = replies.filter(({ ephemeral }) => !ephemeral).length
  const title = titleOf(conversation)
  const close = () => moveTo({ thread: '' })

  // Back to the message it hangs on, unless something else has been turned to.
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return
      document.querySelector<HTMLElement>(`.pane article[data-ts="${parent.ts}"]`)?.focus({ preventScroll: true })
    },
    [parent.ts],
  )

  return (
    <aside
      className="thread-pane"
      aria-label={`Thread in ${title}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close()
      }}
    >
      <header className="pane-head">
        <h2>
          <span>Thread</span>
        </h2>
        <p className="pane-topic">{title}</p>
        <button type="button" className="dialog-close" aria-label="Close thread" onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <MessageScroll label={`Thread in ${title}`} last={replies.at(-1)}>
        <MessageRow
          message={parent}
          conversation={conversation}
          follows={false}
          inThread
          linked={false}
          tabStop={replies.length === 0}
        />
        {count > 0 && <p className="thread-line">{counted(count, 'reply', 'replies')}</p>}
        {replies.map((message, index) => (
          <MessageRow
            key={`${message.ts}${message.ephemeral}`}
            message={message}
            conversation={conversation}
            follows={follows(message, replies[index - 1])}
            inThread
            linked={message.ts === linked}
            tabStop={index === replies.length - 1}
          />
        ))}
      </MessageScroll>
      <Announcements messages={replies} />
      {canWrite(conversation, workspace) && (
        <Composer conversation={conversation} threadTs={parent.ts} drafts={drafts} />
      )}
    </aside>
  )
}
