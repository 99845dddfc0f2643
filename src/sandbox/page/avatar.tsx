import type { CSSProperties } from 'react'
import type { Person } from '../contract.ts'
import { AppIcon } from './icons.tsx'

/** The square that stands in for a picture. Said by nobody: the name is always next to it. */
export function Avatar({ person, size = 36 }: { person: Person | undefined; size?: number }) {
  const style = { '--size': `${size}px`, '--hue': person?.hue ?? 0 } as CSSProperties
  const isApp = person?.kind === 'app'
  return (
    <span className={`avatar ${isApp ? 'avatar-app' : ''}`} style={style} aria-hidden="true">
      {isApp ? <AppIcon /> : initialsOf(person?.realName ?? '?')}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  const [first = '', last = ''] = words.length > 1 ? [words[0], words.at(-1)] : words
  return `${[...first][0] ?? '?'}${[...last][0] ?? ''}`.toUpperCase()
}
