import type { KnownBlock } from '@slack/types'
import { useEffect } from 'react'
import { moveTo } from './address.ts'
import { Avatar } from './avatar.tsx'
import { Blocks } from './blocks.tsx'
import { ConversationBody } from './conversation-pane.tsx'
import type { Drafts } from './drafts.ts'
import { SurfaceProvider } from './surface.tsx'
import { appConversation, appPerson, useWorkspace } from './workspace.ts'

/** The app's own place, with its Home and Messages tabs. */
export function AppPane({ tab, drafts }: { tab: 'home' | 'messages'; drafts: Drafts }) {
  const { state } = useWorkspace()
  const app = appPerson(state)
  const messages = appConversation(state)
  return (
    <>
      <header className="pane-head pane-head-app">
        <h2>
          <Avatar person={app} size={24} />
          <span>{app?.realName}</span>
          <span className="app-badge">APP</span>
        </h2>
      </header>
      <div className="tabs" role="tablist" aria-label={app?.realName}>
        {(['home', 'messages'] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`tab-${one}`}
            aria-selected={tab === one}
            aria-controls="app-panel"
            onClick={() => moveTo({ place: one })}
          >
            {one === 'home' ? 'Home' : 'Messages'}
            {one === 'messages' && messages && messages.unread > 0 && <span className="badge">{messages.unread}</span>}
          </button>
        ))}
      </div>
      <div className="tab-panel" role="tabpanel" id="app-panel" aria-labelledby={`tab-${tab}`}>
        {tab === 'home' && <Home />}
        {tab === 'messages' && messages && (
          <ConversationBody key={messages.id} conversation={messages} drafts={drafts} />
        )}
        {tab === 'messages' && !messages && (
          <p className="pane-empty">Nothing here yet. What {app?.realName} writes to you will be here.</p>
        )}
      </div>
    </>
  )
}

function Home() {
  const { state, viewer, act } = useWorkspace()
  const { view } = state.home

  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once per person, not per state
  useEffect(() => {
    void act({ type: 'home.open' })
  }, [viewer.id])

  const blocks = (view?.blocks ?? []) as KnownBlock[]
  return (
    <section className="home" aria-label="Home" data-testid="home">
      {view ? (
        <SurfaceProvider key={viewer.id} place={{ kind: 'home' }} blocks={blocks}>
          <Blocks blocks={blocks} />
        </SurfaceProvider>
      ) : (
        <p className="pane-empty">The app has not drawn this page yet.</p>
      )}
    </section>
  )
}
