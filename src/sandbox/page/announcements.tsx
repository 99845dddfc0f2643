import { useEffect, useRef, useState } from 'react'
import type { Message } from '../contract.ts'
import { spokenText } from './spoken-text.ts'
import { useWorkspace } from './workspace.ts'

/** Says what others write, and what the viewer alone is told or told anew, to those who listen to the page. */
export function Announcements({ messages }: { messages: Message[] }) {
  const { people, viewer, conversations } = useWorkspace()
  const known = useRef<Set<string> | null>(null)
  const [said, setSaid] = useState('')

  // biome-ignore lint/correctness/useExhaustiveDependencies: names change nothing of what was said
  useEffect(() => {
    const fresh = messages.filter((message) => !known.current?.has(keyOf(message)) && message.user !== viewer.id)
    const isFirstLook = known.current === null
    known.current = new Set(messages.map(keyOf))
    const last = fresh.at(-1)
    if (isFirstLook || !last) return
    const name = people.get(last.user)?.realName ?? 'Somebody'
    const text = spokenText(last.text, {
      person: (id) => people.get(id)?.realName,
      channel: (id) => conversations.get(id)?.name,
    })
    setSaid(`${last.ephemeral ? 'Only visible to you: ' : ''}${name}: ${text}`)
  }, [messages])

  return (
    <p className="sr-only" role="status" aria-label="New messages" data-testid="announcement">
      {said}
    </p>
  )
}

/** An answer seen by the viewer alone may change in place, as after Undo, and is news again. */
function keyOf({ ts, text, ephemeral }: Message): string {
  return ephemeral ? `${ts} ${text}` : ts
}
