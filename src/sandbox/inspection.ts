/** What a test, or whoever holds the sandbox, can look at. */
import type { Lookup, Named } from './lookup.ts'
import { findDirect } from './slack/direct.ts'
import type { SlackMessage } from './slack/state.ts'
import { homeOf, modalsOf } from './slack/view-store.ts'
import type { World } from './slack/world.ts'

export function inspection(world: World, { person, channel }: Lookup) {
  const { state } = world
  // Copies, so that what a test holds stays as it was seen; of no more than was asked for.
  const those = (which: (message: SlackMessage) => boolean) =>
    structuredClone(Object.values(state.messages).flat().filter(which))
  const messages = (name: Named, only?: { app: boolean }) => {
    const { id } = channel(name)
    return those((m) => m.channel === id && m.ephemeralTo === null && (!only?.app || m.user === state.app.botUser))
  }
  return {
    messages,
    ephemerals: (name: Named, where?: Named) => {
      const [whom, there] = [person(name).id, where && channel(where).id]
      return those((m) => m.ephemeralTo === whom && (!there || m.channel === there))
    },
    directMessages(name: Named) {
      const found = findDirect(world, [person(name).id, state.app.botUser])
      return found ? messages(found.id) : []
    },
    view: (name: Named) => structuredClone(modalsOf(world, person(name).id).at(-1) ?? null),
    home: (name: Named) => structuredClone(homeOf(world, person(name).id) ?? null),
    notified: (message: SlackMessage) => new Set(message.notified),
  }
}
