import { useState } from 'react'
import type { Conversation, Message } from '../contract.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { CloseIcon, DotsIcon, SmileIcon, ThreadIcon } from './icons.tsx'
import { Menu } from './menu.tsx'
import { actionItems } from './message-action-items.tsx'
import { MessageSheet } from './message-sheet.tsx'
import { ReactionButton } from './reaction-button.tsx'
import { touches } from './touch.ts'
import { useMessageActions } from './use-message-actions.ts'
import { appPerson, useWorkspace } from './workspace.ts'

interface Props {
  message: Message
  conversation: Conversation
  /** Pointed at, or holding the keyboard's focus. */
  near: boolean
  /** In a thread's own pane there is no way into the thread. */
  inThread: boolean
}

/** What can be done with a message: a bar that floats over it, or on a touch screen three dots that open a sheet. */
export function MessageTools({ message, conversation, near, inThread }: Props) {
  const { state } = useWorkspace()
  const actions = useMessageActions(message, conversation)
  const [open, setOpen] = useState(false)
  const [sheet, setSheet] = useState(false)
  const [asking, setAsking] = useState(false)
  const { react, remove } = actions
  const reply = inThread ? null : actions.reply
  const items = actionItems(actions, appPerson(state)?.realName ?? '')
  const pick = (id: string) => {
    if (id === 'link') actions.copyLink?.()
    else if (id === 'delete') setAsking(true)
    else actions.runShortcut(id)
  }

  if (message.ephemeral) {
    return (
      (near || touches) && (
        <div className="message-tools">
          <button type="button" aria-label="Dismiss message" title="Dismiss message" onClick={() => remove?.()}>
            <CloseIcon />
          </button>
        </div>
      )
    )
  }
  if (items.length === 0) return null
  return (
    <>
      {touches && (
        <button
          type="button"
          className="message-dots"
          aria-label="Message actions"
          aria-haspopup="dialog"
          onClick={() => setSheet(true)}
        >
          <DotsIcon />
        </button>
      )}
      {sheet && (
        <MessageSheet
          items={items}
          reactions={message.reactions}
          onReact={react}
          onReply={reply}
          onPick={pick}
          onClose={() => setSheet(false)}
        />
      )}
      {!touches && (near || open) && (
        <div className="message-tools" role="toolbar" aria-label="Message actions">
          {react && (
            <ReactionButton reactions={message.reactions} onPick={react} onOpen={setOpen}>
              <SmileIcon />
            </ReactionButton>
          )}
          {reply && (
            <button type="button" aria-label="Reply in thread" title="Reply in thread" onClick={reply}>
              <ThreadIcon />
            </button>
          )}
          <Menu label="More actions" title="More actions" className="" items={items} onPick={pick} onOpen={setOpen}>
            <DotsIcon />
          </Menu>
        </div>
      )}
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
            if (yes) remove?.()
          }}
        />
      )}
    </>
  )
}
