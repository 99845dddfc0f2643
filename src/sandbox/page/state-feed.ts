import type { PageState } from '../contract.ts'

interface Listener {
  state(state: PageState): void
  connection(up: boolean): void
}

/** What one person can see, kept fresh: the sandbox says that something changed, and the state is fetched again. */
export interface StateFeed {
  /** Resolves when a state asked for after this call has arrived. */
  refresh(): Promise<void>
  close(): void
}

/**
 * Opens the feed for a person. Changes that come in faster than the state can be fetched are fetched once. A hidden
 * window lets go of its line: a browser keeps six to one place, and the seventh window would wait for ever.
 */
export function openStateFeed(viewer: string, listener: Listener): StateFeed {
  let closed = false
  let fetching: Promise<void> | null = null
  let queued: Promise<void> | null = null
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined

  const fetchState = async () => {
    try {
      const response = await fetch(`/page/state?as=${encodeURIComponent(viewer)}`)
      if (!response.ok) throw new Error(`The sandbox answered ${response.status}`)
      const state = (await response.json()) as PageState
      if (closed) return
      listener.state(state)
      listener.connection(true)
    } catch {
      if (!closed) listener.connection(false)
    }
  }

  const refresh = (): Promise<void> => {
    if (!fetching) {
      fetching = fetchState().finally(() => {
        fetching = null
      })
      return fetching
    }
    queued ??= fetching.then(() => {
      queued = null
      return refresh()
    })
    return queued
  }

  const connect = () => {
    if (source || closed || document.visibilityState === 'hidden') return
    source = new EventSource('/page/changes')
    // Whatever happened while the line was down is in the next state.
    source.onopen = () => void refresh()
    source.onmessage = () => void refresh()
    source.onerror = () => {
      listener.connection(false)
      // The browser reconnects by itself, except after an answer it takes for final.
      if (source?.readyState !== EventSource.CLOSED) return
      source = null
      retry = setTimeout(connect, 1000)
    }
  }
  const disconnect = () => {
    clearTimeout(retry)
    source?.close()
    source = null
  }
  const onVisibility = () => (document.visibilityState === 'hidden' ? disconnect() : connect())
  document.addEventListener('visibilitychange', onVisibility)
  connect()
  void refresh()

  return {
    refresh,
    close() {
      closed = true
      document.removeEventListener('visibilitychange', onVisibility)
      disconnect()
    },
  }
}
