/** What a test, or whoever holds the sandbox, can look at. */
import type { Lookup, Named } from './lookup.ts'
import { findDirect } from './slack/direct.ts'
import type { SlackMessage } from './slack/state.ts'
import { homeOf, modalsOf } from './slack/view-store.ts'
import type { World } from './slack/world.ts'

export function inspection(world: World, { person, channel }: Lookup) {
  const { state } = world
  // Copies, so that what a test holds stays as it was seen.
  const all = () => structuredClone(Object.values(state.messages).flat())
  const messages = (name: Named, only?: { app: boolean }) =>
    all().filter(
      (m) => m.channel === channel(name).id && m.ephemeralTo === null && (!only?.app || m.user === state.app.botUser),
    )
  return {
    messages,
    ephemerals: (name: Named, where?: Named) =>
      all().filter((m) => m.ephemeralTo === person(name).id && (!where || m.channel === channel(where).id)),
    directMessages(name: Named) {
      const found = findDirect(world, [person(name).id, state.app.botUser])
      return found ? messages(found.id) : []
    },
    view: (name: Named) => structuredClone(modalsOf(world, person(name).id).at(-1) ?? null),
    home: (name: Named) => structuredClone(homeOf(world, person(name).id) ?? null),
    notified: (message: SlackMessage) => new Set(message.notified),
  }
}
