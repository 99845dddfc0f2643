import { useEffect, useState } from 'react'
import type { RequestContents, RequestRecord } from '../contract.ts'
import { fetchContents, fetchRequests } from './sandbox-calls.ts'

const everyMs = 1000

/** The last requests, newest first, looked for every second while the window is; null before the first answer. */
export function useRequests(): RequestRecord[] | null {
  const [records, setRecords] = useState<RequestRecord[] | null>(null)
  useEffect(() => {
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      clearTimeout(timer)
      if (document.visibilityState === 'hidden') return
      try {
        const found = await fetchRequests()
        // An unchanged list stays the same one, so that nothing is drawn again.
        if (!over)
          setRecords((before) => (before?.[0]?.id === found[0]?.id && before?.length === found.length ? before : found))
      } catch {
        // The sandbox is away for the moment, as the top bar says.
      }
      if (!over) timer = setTimeout(() => void look(), everyMs)
    }
    void look()
    document.addEventListener('visibilitychange', look)
    return () => {
      over = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return records
}

/** What one request said and was answered; null until that is here, or if it is kept no longer. */
export function useContents(id: number | null): RequestContents | null {
  const [found, setFound] = useState<{ id: number; contents: RequestContents } | null>(null)
  useEffect(() => {
    if (id === null) return
    let over = false
    fetchContents(id).then(
      (contents) => {
        if (!over) setFound({ id, contents })
      },
      () => {
        if (!over) setFound({ id, contents: { request: null, response: 'This request is kept no longer.' } })
      },
    )
    return () => {
      over = true
    }
  }, [id])
  return found?.id === id ? found.contents : null
}
