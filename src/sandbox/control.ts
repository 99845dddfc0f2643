/** What whoever holds the sandbox does to it, as far as no person of the workspace could. */
import { z } from 'zod'
import type { ShiftedClock } from '../platform/clock.ts'
import { JUMPS, landing } from './clock-jumps.ts'
import type { ActResult, Control } from './contract.ts'
import type { World } from './slack/world.ts'

/** What the app has to do about it. */
export interface Controls {
  /** The workspace's clock is moved on: the app's queue has to follow. */
  onClockMoved(ms: number): Promise<void>
  /** Everything is to be as at the very first start. Rejects with what went wrong. */
  onStartOver(): Promise<void>
}

const control = z.discriminatedUnion('type', [
  z.object({ type: z.literal('clock'), to: z.enum(JUMPS as [(typeof JUMPS)[number]]), tz: z.string() }),
  z.object({ type: z.literal('rate limits'), on: z.boolean() }),
  z.object({ type: z.literal('scope'), scope: z.string(), on: z.boolean() }),
  z.object({ type: z.literal('uninstall') }),
  z.object({ type: z.literal('start over') }),
])

/** Reads a control as it came; null for anything else. */
export function readControl(json: unknown): Control | null {
  const read = control.safeParse(json)
  return read.success ? (read.data as Control) : null
}

export function createController(
  world: World,
  clock: ShiftedClock | null,
  controls: Partial<Controls> & { uninstall(): Promise<void> },
) {
  let startingOver: Promise<ActResult> | null = null

  async function moveClock(to: (typeof JUMPS)[number], tz: string): Promise<ActResult> {
    if (!clock) return { ok: false, error: 'This workspace’s clock can’t be moved.' }
    const now = clock.now()
    let ms: number
    try {
      ms = landing(to, now, tz) - now
    } catch {
      return { ok: false, error: `Nobody knows the zone ${tz}.` }
    }
    clock.moveOn(ms)
    world.changed()
    await controls.onClockMoved?.(ms)
    return { ok: true }
  }

  function grant(scope: string, on: boolean): ActResult {
    const { state, manifest } = world
    if (!manifest.optionalScopes.includes(scope)) return { ok: false, error: `${scope} is no optional scope.` }
    state.granted = [...state.granted.filter((other) => other !== scope), ...(on ? [scope] : [])]
    world.changed()
    return { ok: true }
  }

  async function startOver(): Promise<ActResult> {
    if (!controls.onStartOver) return { ok: false, error: 'This workspace can’t start over.' }
    try {
      await controls.onStartOver()
      return { ok: true }
    } catch (error) {
      world.onProblem(`Starting over failed: ${error instanceof Error ? error.stack : error}`)
      return { ok: false, error: 'That did not work: the app did not start again. Stop the sandbox and start it anew.' }
    }
  }

  return async (wanted: Control): Promise<ActResult> => {
    switch (wanted.type) {
      case 'clock':
        return await moveClock(wanted.to, wanted.tz)
      case 'rate limits':
        world.state.rateLimits = wanted.on
        world.changed()
        return { ok: true }
      case 'scope':
        return grant(wanted.scope, wanted.on)
      case 'uninstall':
        if (!world.state.installed) return { ok: false, error: 'It is not installed.' }
        await controls.uninstall()
        return { ok: true }
      case 'start over':
        // Pressed twice, it happens once.
        startingOver ??= startOver().finally(() => {
          startingOver = null
        })
        return await startingOver
    }
  }
}
