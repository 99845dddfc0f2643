import type { PageAct } from '../contract.ts'
import { useWorkspace } from './workspace.ts'

type Target = Extract<PageAct, { type: 'shortcut' }>['message']

/** Starts a shortcut of the app; a message shortcut on its message. What goes wrong is said at the foot of the window. */
export function useShortcut(): (callbackId: string, message?: Target) => Promise<void> {
  const { act, notify } = useWorkspace()
  return async (callbackId, message) => {
    const result = await act({ type: 'shortcut', callbackId, ...(message && { message }) })
    if (!result.ok) notify(result.error ?? 'That did not work.', 'refusal')
  }
}
