import type { ReactNode } from 'react'
import { insideOf } from './permalink.ts'
import { useWorkspace } from './workspace.ts'

/** A link in a text: one to a message of this workspace opens it here, any other one opens a new tab. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  const { state } = useWorkspace()
  const inside = insideOf(href, state.workspace.domain)
  if (inside) return <a href={inside}>{children}</a>
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  )
}
