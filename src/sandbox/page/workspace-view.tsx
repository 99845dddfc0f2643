import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Conversation } from '../contract.ts'
import { moveTo } from './address.ts'
import { AppPane } from './app-pane.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import { useDrafts } from './drafts.ts'
import { Modal } from './modal.tsx'
import { NewMessageDialog } from './new-message-dialog.tsx'
import { PersonCard } from './person-card.tsx'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'
import { WelcomeCard } from './welcome-card.tsx'
import { appConversation, appPerson, isChannel, titleOf, useWorkspace } from './workspace.ts'

interface Props {
  place: string
  connected: boolean
  card: { id: string; anchor: HTMLElement } | null
  onCardClose(): void
}

const welcomed = 'small-acts.sandbox.welcomed'

/** The workspace as one person sees it. */
export function WorkspaceView({ place: wanted, connected, card, onCardClose }: Props) {
  const { state, conversations, act } = useWorkspace()
  const drafts = useDrafts(act)
  const [drawer, setDrawer] = useState(false)
  const [writing, setWriting] = useState(false)
  const [welcome, setWelcome] = useState(() => localStorage.getItem(welcomed) === null)

  const tab = tabOf(wanted, appConversation(state))
  const conversation = tab ? undefined : (conversations.get(wanted) ?? firstConversation(state.conversations))
  const place = tab ?? conversation?.id ?? ''
  const title = tab ? appPerson(state)?.realName : conversation && titleOf(conversation)

  useEffect(() => {
    if (place && place !== wanted) moveTo({ place }, true)
  }, [place, wanted])
  useEffect(() => {
    document.title = `${title} · ${state.workspace.name} · Sandbox`
  }, [title, state.workspace.name])

  // biome-ignore lint/correctness/useExhaustiveDependencies: wherever one goes, the drawer has done its work
  useEffect(() => setDrawer(false), [place])

  const dismissWelcome = () => {
    localStorage.setItem(welcomed, 'yes')
    setWelcome(false)
  }

  return (
    <div className={`frame ${drawer ? 'drawer-open' : ''}`}>
      <TopBar connected={connected} drawerOpen={drawer} onDrawer={() => setDrawer(!drawer)} />
      <Sidebar place={place} onNavigate={() => setDrawer(false)} onNewMessage={() => setWriting(true)} />
      <button type="button" className="drawer-shade" aria-label="Hide conversations" onClick={() => setDrawer(false)} />
      <main className="pane" aria-label={title}>
        {tab && <AppPane tab={tab} drafts={drafts} />}
        {conversation && (
          <ConversationPane key={conversation.id} conversation={conversation} drafts={drafts}>
            {welcome && (
              <WelcomeCard
                onDismiss={dismissWelcome}
                onTry={(text) => {
                  drafts.write(conversation.id, text)
                  document.querySelector<HTMLElement>('.composer textarea')?.focus()
                }}
                onBecome={(as) => {
                  dismissWelcome()
                  moveTo({ as, place: 'messages' })
                }}
              />
            )}
          </ConversationPane>
        )}
      </main>
      {state.modal && <Modal open={state.modal} />}
      {writing && <NewMessageDialog onClose={() => setWriting(false)} />}
      {card &&
        // Under an open modal everything is out of reach, so there the card has to be inside it.
        createPortal(
          <PersonCard key={card.id} id={card.id} anchor={card.anchor} onClose={onCardClose} />,
          card.anchor.closest('dialog') ?? document.body,
        )}
    </div>
  )
}

/** The app's direct message is its Messages tab, whichever way one comes there. */
function tabOf(place: string, appMessages: Conversation | undefined): 'home' | 'messages' | null {
  if (place === 'home' || place === 'messages') return place
  return appMessages && place === appMessages.id ? 'messages' : null
}

function firstConversation(conversations: Conversation[]): Conversation | undefined {
  const channels = conversations.filter(isChannel)
  return channels.find(({ name }) => name === 'general') ?? channels[0] ?? conversations[0]
}
