import { useCallback, useState } from 'react'
import type { ActResult } from '../contract.ts'
import type { Act } from './workspace.ts'

/** What stands in a conversation's composer. */
interface Draft {
  text: string
  /** The command or message that is on its way. */
  sending: boolean
  /** Why it was not sent; the text is kept. */
  error: string
}

export interface Drafts {
  of(channel: string): Draft
  write(channel: string, text: string): void
  /** Sends the text: a line that begins with a slash is a command. */
  send(channel: string): Promise<void>
}

const empty: Draft = { text: '', sending: false, error: '' }

/** One draft per conversation, kept while one looks at others. */
export function useDrafts(act: (act: Act) => Promise<ActResult>): Drafts {
  const [drafts, setDrafts] = useState<Record<string, Draft>>({})
  const change = useCallback((channel: string, part: Partial<Draft>) => {
    setDrafts((before) => ({ ...before, [channel]: { ...(before[channel] ?? empty), ...part } }))
  }, [])

  return {
    of: (channel) => drafts[channel] ?? empty,
    write: (channel, text) => change(channel, { text, error: '' }),
    async send(channel) {
      const { text, sending } = drafts[channel] ?? empty
      if (sending || text.trim() === '') return
      change(channel, { sending: true, error: '' })
      const result = await act(actFor(channel, text))
      if (result.ok) change(channel, empty)
      else change(channel, { sending: false, error: result.error ?? 'That could not be sent.' })
    },
  }
}

function actFor(channel: string, text: string): Act {
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text)
  if (command) return { type: 'command', channel, command: command[1] ?? '', text: (command[2] ?? '').trimEnd() }
  return { type: 'message', channel, text: text.trim() }
}
