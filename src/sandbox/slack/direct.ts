import { freshId } from './ids.ts'
import type { SlackChannel } from './state.ts'
import type { World } from './world.ts'

/** The direct message of exactly these people, if there is one: the same people always get the same one. */
export function findDirect({ state }: World, people: string[]): SlackChannel | undefined {
  const wanted = [...new Set(people)].sort().join()
  return Object.values(state.channels).find(
    ({ kind, members }) => (kind === 'im' || kind === 'mpim') && [...members].sort().join() === wanted,
  )
}

/** Opens (or finds) the direct message of these people: two for an im, more for a group. */
export function openDirect(world: World, people: string[]): SlackChannel {
  const found = findDirect(world, people)
  if (found) return found
  const { state, clock } = world
  const members = [...new Set(people)]
  const isGroup = members.length > 2
  const handles = members.map((id) => state.people[id]?.name ?? id)
  const channel: SlackChannel = {
    // The ids of group messages begin like those of channels.
    id: freshId(isGroup ? 'C' : 'D'),
    kind: isGroup ? 'mpim' : 'im',
    name: isGroup ? `mpdm-${handles.join('--')}-1` : '',
    topic: '',
    members,
    archived: false,
    created: Math.floor(clock.now() / 1000),
    creator: members[0] ?? '',
  }
  state.channels[channel.id] = channel
  state.messages[channel.id] = []
  world.changed()
  return channel
}
