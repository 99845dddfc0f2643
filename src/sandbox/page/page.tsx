import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PageState, Person } from '../contract.ts'
import { moveTo, useAddress } from './address.ts'
import { NoticeBar, useNotice } from './notice-bar.tsx'
import { fetchPeople, postAct, postControl } from './sandbox-calls.ts'
import { openStateFeed, type StateFeed } from './state-feed.ts'
import { canSpeak, readWorkspace, type Workspace, WorkspaceContext } from './workspace.ts'
import { WorkspaceView } from './workspace-view.tsx'

/** The whole page: finds out who is looking, keeps the state fresh, and draws it. */
export function Page() {
  const address = useAddress()
  const { as } = address
  const { viewerId, everybody } = useViewer(as)
  const feed = useRef<StateFeed | null>(null)
  const [seen, setSeen] = useState<{ state: PageState; at: number } | null>(null)
  const { notice, notify, dismiss } = useNotice()
  const [connected, setConnected] = useState(true)
  const [card, setCard] = useState<{ id: string; anchor: HTMLElement } | null>(null)

  useEffect(() => {
    if (!viewerId) return
    const opened = openStateFeed(viewerId, {
      state: (state) => setSeen({ state, at: performance.now() }),
      connection: setConnected,
    })
    feed.current = opened
    return () => opened.close()
  }, [viewerId])

  const act = useCallback<Workspace['act']>(
    async (deed) => {
      const result = await postAct({ ...deed, as: viewerId })
      // The answer is drawn before the act counts as done, so that a button is busy until its effect is there.
      await feed.current?.refresh()
      return result
    },
    [viewerId],
  )

  const control = useCallback<Workspace['control']>(async (wanted) => {
    const result = await postControl(wanted)
    await feed.current?.refresh()
    return result
  }, [])

  const workspace = useMemo(() => {
    if (!seen) return null
    const { state, at } = seen
    const viewer = state.people.find(({ id }) => id === state.viewer)
    const showPerson: Workspace['showPerson'] = (id, anchor) => setCard({ id, anchor })
    const now = () => state.clock.now + performance.now() - at
    return viewer ? readWorkspace(state, { viewer, everybody, act, control, now, notify, showPerson }) : null
  }, [seen, everybody, act, control, notify])

  if (!workspace) return <Waiting connected={connected} />
  return (
    <WorkspaceContext value={workspace}>
      <WorkspaceView
        key={workspace.viewer.id}
        address={address}
        connected={connected}
        card={card}
        onCardClose={() => setCard(null)}
      />
      <NoticeBar notice={notice} onDismiss={dismiss} />
    </WorkspaceContext>
  )
}

/** The person in the address or the one remembered, if there is such a person; else the first who is nobody special. */
function useViewer(wanted: string): { viewerId: string; everybody: Person[] } {
  const [everybody, setEverybody] = useState<Person[]>([])
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined
    fetchPeople().then(
      (people) => setEverybody(people.filter(canSpeak)),
      () => {
        retry = setTimeout(() => setAttempt(attempt + 1), 1000)
      },
    )
    return () => clearTimeout(retry)
  }, [attempt])

  const ordinary = everybody.find(({ kind, isAdmin }) => kind === 'member' && !isAdmin)
  const viewer = everybody.find(({ id }) => id === wanted) ?? ordinary ?? everybody[0]
  const viewerId = viewer?.id ?? ''
  useEffect(() => {
    const named = new URL(window.location.href).searchParams.get('as')
    if (viewerId && named !== viewerId) moveTo({ as: viewerId }, true)
  })
  return { viewerId, everybody }
}

function Waiting({ connected }: { connected: boolean }) {
  return (
    <main className="waiting">
      <span className="spinner" />
      <p role="status">{connected ? 'Opening the workspace…' : 'The sandbox does not answer. Trying again…'}</p>
    </main>
  )
}
