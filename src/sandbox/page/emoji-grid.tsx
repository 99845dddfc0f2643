import type { KeyboardEvent } from 'react'
import type { Message } from '../contract.ts'
import { emojiNamed, offeredReactions } from './emoji.ts'

const columns = 8
const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }

/** A few emoji to react with, and those the message has already; the arrow keys move among them. */
export function EmojiGrid({ reactions, onPick }: { reactions: Message['reactions']; onPick(name: string): void }) {
  const others = reactions.map(({ name }) => name).filter((name) => !offeredReactions.includes(name))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons[here + step]?.focus()
  }
  return (
    <fieldset className="emoji-grid" aria-label="Reactions" onKeyDown={onKeyDown}>
      {[...others, ...offeredReactions].map((name) => (
        <button key={name} type="button" aria-label={name} title={`:${name}:`} onClick={() => onPick(name)}>
          {emojiNamed(name) ?? `:${name}:`}
        </button>
      ))}
    </fieldset>
  )
}
