import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PageState } from '../contract.ts'
import { moveTo, useAddress } from './address.ts'
import { fetchPeople, openStateFeed, postAct, type StateFeed } from './state-feed.ts'
import { canSpeak, readWorkspace, type Workspace, WorkspaceContext } from './workspace.ts'
import { WorkspaceView } from './workspace-view.tsx'

/** The whole page: finds out who is looking, keeps the state fresh, and draws it. */
export function Page() {
  const { as, place } = useAddress()
  const viewerId = useViewer(as)
  const feed = useRef<StateFeed | null>(null)
  const [state, setState] = useState<PageState | null>(null)
  const [connected, setConnected] = useState(true)
  const [card, setCard] = useState<{ id: string; anchor: HTMLElement } | null>(null)

  useEffect(() => {
    if (!viewerId) return
    const opened = openStateFeed(viewerId, { state: setState, connection: setConnected })
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

  const workspace = useMemo(() => {
    const viewer = state?.people.find(({ id }) => id === state.viewer)
    return state && viewer ? readWorkspace(state, viewer, act, (id, anchor) => setCard({ id, anchor })) : null
  }, [state, act])

  if (!workspace) return <Waiting connected={connected} />
  return (
    <WorkspaceContext value={workspace}>
      <WorkspaceView
        key={workspace.viewer.id}
        place={place}
        connected={connected}
        card={card}
        onCardClose={() => setCard(null)}
      />
    </WorkspaceContext>
  )
}

/** The person in the address or the one remembered, if there is such a person; else the first who is nobody special. */
function useViewer(wanted: string): string {
  const [ids, setIds] = useState<string[]>([])
  const [fallback, setFallback] = useState('')
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined
    fetchPeople().then(
      (everybody) => {
        const people = everybody.filter(canSpeak)
        const ordinary = people.find(({ kind, isAdmin }) => kind === 'member' && !isAdmin) ?? people[0]
        setIds(people.map(({ id }) => id))
        setFallback(ordinary?.id ?? '')
      },
      () => {
        retry = setTimeout(() => setAttempt(attempt + 1), 1000)
      },
    )
    return () => clearTimeout(retry)
  }, [attempt])

  const viewer = ids.includes(wanted) ? wanted : fallback
  useEffect(() => {
    if (viewer && new URL(window.location.href).searchParams.get('as') !== viewer) moveTo({ as: viewer }, true)
  })
  return viewer
}

function Waiting({ connected }: { connected: boolean }) {
  return (
    <main className="waiting">
      <span className="spinner" />
      <p role="status">{connected ? 'Opening the workspace…' : 'The sandbox does not answer. Trying again…'}</p>
    </main>
  )
}
