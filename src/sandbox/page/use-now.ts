import { useEffect, useState } from 'react'
import { useWorkspace } from './workspace.ts'

/** The workspace's present in milliseconds; the component draws again every `everyMs`, and whenever the clock was moved. */
export function useNow(everyMs = 30_000): number {
  const { now } = useWorkspace()
  const [, setTicks] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now()
}
