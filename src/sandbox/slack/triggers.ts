import { freshTriggerId, freshUrlKey } from './ids.ts'
import { Refusal } from './refusal.ts'
import type { Trigger } from './state.ts'
import type { World } from './world.ts'

const TRIGGER_MS = 3000
const RESPONSE_URL_MS = 30 * 60_000
const KEPT_MS = 60 * 60_000

/** A trigger_id for what the person just did: good once, for 3 seconds. */
export function issueTrigger({ state, clock }: World, user: string, view: string | null = null): string {
  forgetOld(state.triggers, clock.now())
  const id = freshTriggerId()
  state.triggers[id] = { user, issuedAt: clock.now(), exchanged: false, view }
  return id
}

/** Uses a trigger up. Throws Slack's refusal when that can't be. */
export function exchangeTrigger({ state, clock }: World, id: unknown): Trigger {
  // Not what every object has: what is found here is written into.
  const trigger = typeof id === 'string' && Object.hasOwn(state.triggers, id) ? state.triggers[id] : undefined
  if (!trigger) throw new Refusal('invalid_trigger_id')
  if (trigger.exchanged) throw new Refusal('exchanged_trigger_id')
  if (clock.now() - trigger.issuedAt > TRIGGER_MS) throw new Refusal('expired_trigger_id')
  trigger.exchanged = true
  return trigger
}

/** A response_url for what the person just did; `original` is the message that was clicked. */
export function issueResponseUrl(world: World, user: string, channel: string, original: { ts: string } | null): string {
  const { state, clock } = world
  forgetOld(state.responseUrls, clock.now())
  const key = freshUrlKey()
  state.responseUrls[key] = { user, channel, issuedAt: clock.now(), uses: 0, original }
  return `${world.url()}/response/${key}`
}

/** True while the URL may still be used. */
export const isFresh = (issuedAt: number, now: number): boolean => now - issuedAt <= RESPONSE_URL_MS

function forgetOld(issued: Record<string, { issuedAt: number }>, now: number): void {
  for (const [key, { issuedAt }] of Object.entries(issued)) {
    if (now - issuedAt > KEPT_MS) delete issued[key]
  }
}
