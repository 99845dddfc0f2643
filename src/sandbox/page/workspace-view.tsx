import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { type Address, moveTo } from './address.ts'
import { AppPane } from './app-pane.tsx'
import { ControlBar } from './control-bar.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import { useDrafts } from './drafts.ts'
import { Modal } from './modal.tsx'
import { NewMessageDialog } from './new-message-dialog.tsx'
import { PersonCard } from './person-card.tsx'
import { Sidebar } from './sidebar.tsx'
import { ThreadPane } from './thread-pane.tsx'
import { TopBar } from './top-bar.tsx'
import { usePlace } from './use-place.ts'
import { WelcomeCard } from './welcome-card.tsx'
import { isWelcomed, rememberWelcome } from './welcomed.ts'
import { appPerson, titleOf, useWorkspace } from './workspace.ts'

interface Props {
  address: Address
  connected: boolean
  card: { id: string; anchor: HTMLElement } | null
  onCardClose(): void
}

/** The workspace as one person sees it. */
export function WorkspaceView({ address, connected, card, onCardClose }: Props) {
  const { state, act } = useWorkspace()
  const drafts = useDrafts(act)
  const [drawer, setDrawer] = useState(false)
  const [controls, setControls] = useState(false)
  const [writing, setWriting] = useState(false)
  const [welcome, setWelcome] = useState(() => !isWelcomed())

  const { place, tab, conversation, thread } = usePlace(address)
  const title = tab ? appPerson(state)?.realName : conversation && titleOf(conversation)

  useEffect(() => {
    document.title = `${title} · ${state.workspace.name} · Sandbox`
  }, [title, state.workspace.name])

  // biome-ignore lint/correctness/useExhaustiveDependencies: wherever one goes, the drawer has done its work
  useEffect(() => setDrawer(false), [place])

  const dismissWelcome = () => {
    rememberWelcome()
    setWelcome(false)
  }

  return (
    <div className={`frame ${drawer ? 'drawer-open' : ''} ${thread ? 'has-thread' : ''}`}>
      <TopBar
        connected={connected}
        drawerOpen={drawer}
        controlsOpen={controls}
        onDrawer={() => setDrawer(!drawer)}
        onControls={() => setControls(!controls)}
      />
      <Sidebar place={place} onNavigate={() => setDrawer(false)} onNewMessage={() => setWriting(true)} />
      <button type="button" className="drawer-shade" aria-label="Hide conversations" onClick={() => setDrawer(false)} />
      <main className="pane" aria-label={title}>
        {tab && <AppPane tab={tab} drafts={drafts} />}
        {!tab && conversation && (
          <ConversationPane key={conversation.id} conversation={conversation} drafts={drafts}>
            {welcome && (
              <WelcomeCard
                onDismiss={dismissWelcome}
                onTry={(text) => {
                  drafts.write({ channel: conversation.id }, text)
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
      {conversation && thread && (
        <ThreadPane
          key={thread.ts}
          conversation={conversation}
          parent={thread}
          drafts={drafts}
          linked={address.message}
        />
      )}
      {controls && <ControlBar onClose={() => setControls(false)} />}
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
