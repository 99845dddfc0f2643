import { type ReactNode, useId } from 'react'
import type { Conversation } from '../contract.ts'
import { moveTo } from './address.ts'
import { Avatar } from './avatar.tsx'
import { ConversationIcon } from './conversation-icon.tsx'
import { PlusIcon, SharedIcon } from './icons.tsx'
import { StatusSign } from './status-sign.tsx'
import { appConversation, appPerson, companions, isAppConversation, isChannel, useWorkspace } from './workspace.ts'

interface Props {
  place: string
  onNavigate(): void
  onNewMessage(): void
}

/** The workspace, its channels, the direct messages and the app. */
export function Sidebar({ place, onNavigate, onNewMessage }: Props) {
  const workspace = useWorkspace()
  const { state, viewer } = workspace
  const app = appPerson(state)
  const appMessages = appConversation(state)
  const channels = state.conversations.filter(isChannel)
  const joined = channels.filter(({ members, archived }) => members.includes(viewer.id) && !archived)
  const others = channels.filter((channel) => !joined.includes(channel))
  const direct = state.conversations.filter((one) => !isChannel(one) && one !== appMessages)
  const go = (to: string) => {
    moveTo({ place: to })
    onNavigate()
  }
  const row = (conversation: Conversation) => (
    <Row key={conversation.id} conversation={conversation} current={place === conversation.id} onOpen={go} />
  )

  return (
    <nav className="sidebar" aria-label="Conversations">
      <h1 className="workspace-name">{state.workspace.name}</h1>
      <div className="sidebar-lists">
        <List title="Channels">{joined.map(row)}</List>
        {others.length > 0 && <List title="Other channels">{others.map(row)}</List>}
        <List
          title="Direct messages"
          more={
            <button type="button" className="sidebar-more" aria-label="New message" onClick={onNewMessage}>
              <PlusIcon />
            </button>
          }
        >
          {direct.filter((one) => !isAppConversation(one, workspace)).map(row)}
        </List>
        <List title="Apps">
          <li>
            <button
              type="button"
              className={`sidebar-row ${appMessages?.unread ? 'is-unread' : ''}`}
              aria-current={place === 'home' || place === 'messages' || place === appMessages?.id ? 'page' : undefined}
              onClick={() => go(appMessages?.unread ? 'messages' : 'home')}
            >
              <Avatar person={app} size={20} />
              <span className="sidebar-label">{app?.realName ?? 'App'}</span>
              <Badge count={appMessages?.unread ?? 0} />
            </button>
          </li>
          {direct.filter((one) => isAppConversation(one, workspace)).map(row)}
        </List>
      </div>
    </nav>
  )
}

function List({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <div className="sidebar-title">
        <h2 id={id}>{title}</h2>
        {more}
      </div>
      <ul>{children}</ul>
    </section>
  )
}

function Row({
  conversation,
  current,
  onOpen,
}: {
  conversation: Conversation
  current: boolean
  onOpen(id: string): void
}) {
  const { viewer, people } = useWorkspace()
  const { id, name, kind, unread, members, archived } = conversation
  const outside = archived || (isChannel(conversation) && !members.includes(viewer.id))
  return (
    <li>
      <button
        type="button"
        className={`sidebar-row ${unread > 0 ? 'is-unread' : ''} ${outside ? 'is-outside' : ''}`}
        aria-current={current ? 'page' : undefined}
        onClick={() => onOpen(id)}
      >
        <ConversationIcon conversation={conversation} />
        <span className="sidebar-label">{name}</span>
        {kind === 'shared' && <SharedIcon />}
        {kind === 'im' && <StatusSign person={people.get(companions(conversation, viewer.id)[0] ?? '')} />}
        {!isChannel(conversation) && <Badge count={unread} />}
        {unread > 0 && isChannel(conversation) && <span className="sr-only">({unread} unread)</span>}
      </button>
    </li>
  )
}

function Badge({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <span className="badge">
      {count}
      <span className="sr-only"> unread</span>
    </span>
  )
}
