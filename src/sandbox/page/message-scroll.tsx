import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react'
import type { Message } from '../contract.ts'
import { useWorkspace } from './workspace.ts'

/** So near to the bottom one is still at the bottom. */
const nearBottom = 80

interface Props {
  label: string
  /** The newest of what is shown. */
  last: Message | undefined
  children: ReactNode
}

/**
 * Where messages scroll: the view stays at the newest unless one scrolls up. Tab comes to the newest message; the arrow
 * keys go from there. New messages are said by Announcements, since a log would also say every tool that appears in it.
 */
export function MessageScroll({ label, last, children }: Props) {
  const { viewer } = useWorkspace()
  const list = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const sticks = useRef(true)
  const before = useRef(0)

  useLayoutEffect(() => {
    const { current: element } = list
    if (!element || !content.current) return
    const settle = () => {
      if (sticks.current) element.scrollTop = element.scrollHeight
    }
    settle()
    // Whatever grows (a message, an opened menu, a smaller window) must not push the newest line out of sight.
    const observer = new ResizeObserver(settle)
    observer.observe(content.current)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // What one has written oneself, or is told alone, is shown wherever one has scrolled to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per message
  useLayoutEffect(() => {
    if (!list.current || !(last?.ephemeral || last?.user === viewer.id)) return
    list.current.scrollTop = list.current.scrollHeight
  }, [last?.ts])

  return (
    <div
      ref={list}
      className="message-scroll"
      role="log"
      aria-live="off"
      aria-label={label}
      onKeyDown={moveAmongMessages}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        // Only who scrolls up leaves the bottom: one can also be far from it because a message has just come.
        if (scrollHeight - scrollTop - clientHeight < nearBottom) sticks.current = true
        else if (scrollTop < before.current) sticks.current = false
        before.current = scrollTop
      }}
    >
      <div ref={content} className="message-list">
        {children}
      </div>
    </div>
  )
}

/** With the focus on a message, the arrow keys, Home and End go to others. */
function moveAmongMessages(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event
  if (!(target instanceof HTMLElement) || !target.matches('article.message')) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('article.message')]
  const here = rows.indexOf(target)
  const to = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: rows.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  rows[to]?.focus()
}
