import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'

interface Props {
  /** What the popup hangs on. */
  anchor: RefObject<HTMLElement | null>
  className?: string
  align?: 'start' | 'end'
  /** Opens upwards even where there is room below. */
  above?: boolean
  children: ReactNode
}

const gap = 4
const margin = 8

/** Floats next to its anchor, inside the window, and stays there while things scroll. */
export function Popup({ anchor, className = '', align = 'start', above = false, children }: Props) {
  const box = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const settle = () => {
      const from = anchor.current?.getBoundingClientRect()
      const element = box.current
      if (!from || !element) return
      const below = window.innerHeight - from.bottom - gap - margin
      const over = from.top - gap - margin
      const upwards = above || (below < Math.min(element.scrollHeight, 320) && over > below)
      element.style.minWidth = `${Math.min(from.width, window.innerWidth - 2 * margin)}px`
      element.style.maxHeight = `${Math.min(upwards ? over : below, 420)}px`
      const { width, height } = element.getBoundingClientRect()
      const left = align === 'end' ? from.right - width : from.left
      element.style.left = `${Math.max(margin, Math.min(left, window.innerWidth - width - margin))}px`
      element.style.top = `${upwards ? from.top - gap - height : from.bottom + gap}px`
    }
    settle()
    window.addEventListener('resize', settle)
    window.addEventListener('scroll', settle, true)
    return () => {
      window.removeEventListener('resize', settle)
      window.removeEventListener('scroll', settle, true)
    }
  })

  return (
    <div ref={box} className={`popup ${className}`}>
      {children}
    </div>
  )
}
