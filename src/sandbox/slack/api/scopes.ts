import { Refusal } from '../refusal.ts'
import type { SlackChannel } from '../state.ts'
import type { World } from '../world.ts'

/** What the app was given: everything the manifest asks for, and of what it calls optional, what was agreed to. */
export function grantedScopes({ manifest, state }: World): string[] {
  return [...manifest.scopes, ...manifest.optionalScopes.filter((scope) => state.granted.includes(scope))]
}

/** Throws missing_scope unless the app was given the scope. */
export function requireScope(world: World, needed: string): void {
  const granted = grantedScopes(world)
  if (granted.includes(needed)) return
  throw new Refusal('missing_scope', [], { needed, provided: granted.join(',') })
}

const READS = { public_channel: 'channels:read', private_channel: 'groups:read', im: 'im:read', mpim: 'mpim:read' }

export type ConversationType = keyof typeof READS

export const isConversationType = (type: string): type is ConversationType => Object.hasOwn(READS, type)

export const typeOf = ({ kind }: SlackChannel): ConversationType =>
  kind === 'im' || kind === 'mpim' ? kind : kind === 'private' ? 'private_channel' : 'public_channel'

/** Each kind of conversation has its own scope for reading. */
export const requireRead = (world: World, type: ConversationType): void => requireScope(world, READS[type])
