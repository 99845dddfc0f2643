import { useCallback, useState } from 'react'
import type { ActResult } from '../contract.ts'
import type { Act } from './workspace.ts'

/** Where one writes: a conversation, or a thread in it. */
export interface Spot {
  channel: string
  threadTs?: string | undefined
}

/** What stands in a composer. */
interface Draft {
  text: string
  /** The command or message that is on its way. */
  sending: boolean
  /** Why it was not sent; the text is kept. */
  error: string
}

export interface Drafts {
  of(spot: Spot): Draft
  write(spot: Spot, text: string): void
  /** Sends the text: outside of threads a line that begins with a slash is a command. */
  send(spot: Spot): Promise<void>
}

const empty: Draft = { text: '', sending: false, error: '' }
const keyOf = ({ channel, threadTs = '' }: Spot) => `${channel} ${threadTs}`

/** One draft per conversation and thread, kept while one looks at others. */
export function useDrafts(act: (act: Act) => Promise<ActResult>): Drafts {
  const [drafts, setDrafts] = useState<Record<string, Draft>>({})
  const change = useCallback((spot: Spot, part: Partial<Draft>) => {
    const key = keyOf(spot)
    setDrafts((before) => ({ ...before, [key]: { ...(before[key] ?? empty), ...part } }))
  }, [])
  const of = (spot: Spot) => drafts[keyOf(spot)] ?? empty

  return {
    of,
    write: (spot, text) => change(spot, { text, error: '' }),
    async send(spot) {
      const { text, sending } = of(spot)
      if (sending || text.trim() === '') return
      change(spot, { sending: true, error: '' })
      const result = await act(actFor(spot, text))
      if (result.ok) change(spot, empty)
      else change(spot, { sending: false, error: result.error ?? 'That could not be sent.' })
    },
  }
}

function actFor({ channel, threadTs }: Spot, text: string): Act {
  if (threadTs) return { type: 'message', channel, text: text.trim(), threadTs }
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text)
  if (command) return { type: 'command', channel, command: command[1] ?? '', text: (command[2] ?? '').trimEnd() }
  return { type: 'message', channel, text: text.trim() }
}
