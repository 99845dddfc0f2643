import type { ConfirmationDialog, KnownBlock } from '@slack/types'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { ActionPlace, Chosen } from '../contract.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { chosenOf, collectValues, type Held, type InteractiveElement, keepHeld, type Values } from './element-values.ts'
import { useWorkspace } from './workspace.ts'

/** Where elements live together: one message, one modal or the Home tab. They share what is set, and what is under way. */
interface Surface {
  held: Held
  values(): Values
  hold(blockId: string, element: InteractiveElement, chosen: Chosen | null): void
  send(blockId: string, element: InteractiveElement, chosen: Chosen): void
  isBusy(blockId: string, element: InteractiveElement): boolean
  /** Asks first, if there is something to ask. */
  confirmed(confirm: ConfirmationDialog | undefined, then: () => void): void
  /** Validation errors by block_id. */
  errors: Record<string, string>
}

const SurfaceContext = createContext<Surface | null>(null)

/** The surface the component is drawn on. */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext)
  if (!surface) throw new Error('Drawn outside of a message, a modal or Home')
  return surface
}

interface Props {
  place: ActionPlace
  blocks: KnownBlock[]
  errors?: Record<string, string>
  children: ReactNode
}

const nothing = {}

/**
 * Gives the elements inside one memory. A changed message starts afresh; a changed view keeps what was typed, and so does
 * the one below a pushed view, as in Slack.
 */
export function SurfaceProvider({ place, blocks, errors = nothing, children }: Props) {
  const { act } = useWorkspace()
  const key = place.kind === 'message' ? JSON.stringify(blocks) : place.kind === 'view' ? place.viewId : 'home'
  const [memory, setMemory] = useState<Record<string, Held>>({})
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const [question, setQuestion] = useState<{ confirm: ConfirmationDialog; then: () => void } | null>(null)
  const [refusal, setRefusal] = useState({ key: '', text: '' })
  const held = memory[key] ?? nothing

  useEffect(() => {
    setMemory((before) => {
      const known = before[key] ?? nothing
      const kept = keepHeld(known, blocks)
      return kept === known ? before : { ...before, [key]: kept }
    })
  }, [key, blocks])

  const surface: Surface = {
    held,
    errors,
    values: () => collectValues(blocks, held),
    isBusy: (blockId, element) => busy.has(`${key} ${blockId} ${element.action_id}`),
    hold(blockId, element, chosen) {
      setMemory((before) => {
        const known = before[key] ?? {}
        const changed = { ...known, [blockId]: { ...known[blockId], [element.action_id ?? '']: chosen } }
        return { ...(place.kind === 'view' && before), [key]: changed }
      })
    },
    confirmed(confirm, then) {
      if (confirm) setQuestion({ confirm, then })
      else then()
    },
    async send(blockId, element, chosen) {
      const deed = `${key} ${blockId} ${element.action_id}`
      if (busy.has(deed)) return
      setRefusal({ key, text: '' })
      setBusy((before) => new Set(before).add(deed))
      const result = await act({
        type: 'action',
        where: place,
        blockId,
        actionId: element.action_id ?? '',
        chosen,
        values: collectValues(blocks, held),
      })
      setBusy((before) => new Set([...before].filter((other) => other !== deed)))
      if (!result.ok) setRefusal({ key, text: result.error ?? 'That did not work.' })
    },
  }

  return (
    <SurfaceContext value={surface}>
      {children}
      {refusal.text && refusal.key === key && (
        <p className="refusal" role="alert">
          {refusal.text}
        </p>
      )}
      {question && (
        <ConfirmDialog
          confirm={question.confirm}
          onAnswer={(yes) => {
            setQuestion(null)
            if (yes) question.then()
          }}
        />
      )}
    </SurfaceContext>
  )
}

/** What an element shows, and what choosing does: it is remembered, and sent at once unless it waits for a submit button. */
export function useElement(blockId: string, element: InteractiveElement, sends: boolean) {
  const surface = useSurface()
  return {
    chosen: chosenOf(surface.held, blockId, element),
    busy: surface.isBusy(blockId, element),
    choose(chosen: Chosen | null) {
      const confirm = 'confirm' in element ? element.confirm : undefined
      if (!sends || !chosen) return surface.hold(blockId, element, chosen)
      surface.confirmed(confirm, () => {
        surface.hold(blockId, element, chosen)
        surface.send(blockId, element, chosen)
      })
    },
    /** Remembers without sending, for a text that is still being typed. */
    hold: (chosen: Chosen | null) => surface.hold(blockId, element, chosen),
    /** Sends what is a deed and no state: a button, an overflow item. */
    press(chosen: Chosen) {
      if (surface.isBusy(blockId, element)) return
      const confirm = 'confirm' in element ? element.confirm : undefined
      surface.confirmed(confirm, () => surface.send(blockId, element, chosen))
    },
  }
}
