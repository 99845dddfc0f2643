import { type ReactNode, useEffect, useState } from 'react'
import type { Conversation } from '../contract.ts'
import { useAddress } from './address.ts'
import { Announcements } from './announcements.tsx'
import { Composer } from './composer.tsx'
import { ConversationIcon } from './conversation-icon.tsx'
import type { Drafts } from './drafts.ts'
import { PeopleIcon, SharedIcon } from './icons.tsx'
import { MembersDialog } from './members-dialog.tsx'
import { MessageList } from './message-list.tsx'
import { companions, isAppConversation, isChannel, useWorkspace } from './workspace.ts'

interface Props {
  conversation: Conversation
  drafts: Drafts
  /** What stands above the composer, where there is one. */
  children?: ReactNode
}

/** A channel or a direct message: its head, its messages, its composer. */
export function ConversationPane({ conversation, drafts, children }: Props) {
  const { people, viewer } = useWorkspace()
  const [showsMembers, setShowsMembers] = useState(false)
  const { name, topic, members } = conversation
  const companion = people.get(companions(conversation, viewer.id)[0] ?? '')
  return (
    <>
      <header className="pane-head">
        <h2>
          <ConversationIcon conversation={conversation} size={24} />
          <span>{name}</span>
          {conversation.kind === 'shared' && <SharedIcon />}
        </h2>
        <p className="pane-topic">{conversation.kind === 'im' ? companion?.title : topic}</p>
        <button
          type="button"
          className="pane-members"
          aria-label={`Show ${members.length} members`}
          onClick={() => setShowsMembers(true)}
        >
          <PeopleIcon /> {members.length}
        </button>
      </header>
      {showsMembers && <MembersDialog conversation={conversation} onClose={() => setShowsMembers(false)} />}
      <ConversationBody conversation={conversation} drafts={drafts}>
        {children}
      </ConversationBody>
    </>
  )
}

/** The messages and the composer, without a head: also the app's Messages tab. */
export function ConversationBody({ conversation, drafts, children }: Props) {
  useReading(conversation)
  const { message } = useAddress()
  return (
    <>
      <MessageList conversation={conversation} linked={message} />
      <Announcements messages={conversation.messages.filter(({ threadTs }) => threadTs === null)} />
      <Foot conversation={conversation} drafts={drafts}>
        {children}
      </Foot>
    </>
  )
}

function Foot({ conversation, drafts, children }: Props) {
  const workspace = useWorkspace()
  const { viewer, act } = workspace
  if (conversation.archived) return <p className="pane-closed">This channel is archived. Nothing more can be posted.</p>
  if (isAppConversation(conversation, workspace)) {
    return <p className="pane-closed">Sending messages to this app has been turned off.</p>
  }
  if (isChannel(conversation) && !conversation.members.includes(viewer.id)) {
    return (
      <div className="pane-closed">
        <p>
          You are viewing <b>#{conversation.name}</b>
        </p>
        <button
          type="button"
          className="button primary"
          onClick={() => void act({ type: 'join', channel: conversation.id, user: viewer.id })}
        >
          Join channel
        </button>
      </div>
    )
  }
  return (
    <>
      {children}
      <Composer conversation={conversation} drafts={drafts} />
    </>
  )
}

/** Tells the sandbox that the conversation is being looked at, as long as the window is. */
function useReading({ id, unread }: Conversation) {
  const { act } = useWorkspace()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `act` is another one at every state
  useEffect(() => {
    if (unread === 0) return
    const read = () => {
      if (document.visibilityState === 'visible') void act({ type: 'read', channel: id })
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [id, unread])
}
