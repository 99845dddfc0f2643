import type { Person } from '../contract.ts'
import { withEmoji } from './emoji.ts'

/** The emoji of what somebody says about themselves just now; the text is behind it. */
export function StatusSign({ person }: { person: Person | undefined }) {
  const { emoji, text } = person?.status ?? { emoji: '', text: '' }
  if (!emoji && !text) return null
  return (
    <span className="status-sign" role="img" aria-label={text || emoji} title={text || emoji}>
      {withEmoji(emoji || ':speech_balloon:')}
    </span>
  )
}
