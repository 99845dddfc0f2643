import { Refusal } from '../refusal.ts'
import type { SlackChannel } from '../state.ts'
import type { World } from '../world.ts'

/** Throws missing_scope unless the manifest asks for the scope. */
export function requireScope({ manifest }: World, needed: string): void {
  if (manifest.scopes.includes(needed)) return
  throw new Refusal('missing_scope', [], { needed, provided: manifest.scopes.join(',') })
}

const READS = { public_channel: 'channels:read', private_channel: 'groups:read', im: 'im:read', mpim: 'mpim:read' }

export type ConversationType = keyof typeof READS

export const isConversationType = (type: string): type is ConversationType => Object.hasOwn(READS, type)

export const typeOf = ({ kind }: SlackChannel): ConversationType =>
  kind === 'im' || kind === 'mpim' ? kind : kind === 'private' ? 'private_channel' : 'public_channel'

/** Each kind of conversation has its own scope for reading. */
export const requireRead = (world: World, type: ConversationType): void => requireScope(world, READS[type])
