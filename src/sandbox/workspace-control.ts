import type { Lookup, Named } from './lookup.ts'
import type { Delivery } from './slack/app-link.ts'
import {
  addGroup,
  addPerson,
  type ChannelChange,
  changeChannel,
  changeGroup,
  changePerson,
  joinChannel,
  leaveChannel,
} from './slack/directory.ts'
import { sendEvent } from './slack/events.ts'
import { freshId } from './slack/ids.ts'
import { removeApp, revokeToken } from './slack/oauth.ts'
import type { SlackChannel, SlackGroup, SlackPerson } from './slack/state.ts'
import type { World } from './slack/world.ts'

/**
 * What happens in a workspace without anybody clicking: each tells the app its events and resolves when that was tried.
 */
export interface WorkspaceControl {
  addPerson(person: Pick<SlackPerson, 'name' | 'realName'> & Partial<SlackPerson>): Promise<SlackPerson>
  /** { kind: 'deactivated' } is somebody leaving. */
  changePerson(person: Named, change: Partial<SlackPerson>): Promise<void>
  addGroup(group: { handle: string; name: string; users: string[] }): Promise<SlackGroup>
  changeGroup(group: Named, change: Partial<Pick<SlackGroup, 'handle' | 'name' | 'users' | 'disabled'>>): Promise<void>
  /** A new channel; the app is not in it unless its bot user is among the members. */
  addChannel(channel: Pick<SlackChannel, 'name'> & Partial<SlackChannel>): SlackChannel
  changeChannel(channel: Named, change: ChannelChange): Promise<void>
  join(channel: Named, user: Named): Promise<void>
  /** With `silently` the app is not told, as happens. */
  leave(channel: Named, user: Named, silently?: boolean): Promise<void>
  /** Somebody removes the app. */
  uninstall(): Promise<void>
  /** The app's token is taken away; with `silently` it is not told. */
  revokeToken(silently?: boolean): Promise<void>
  /** Any other event, if the manifest subscribes to it; null if not. */
  event(type: string, content: Record<string, unknown>): Promise<Delivery | null>
}

export function workspaceControl(world: World, find: Lookup): WorkspaceControl {
  const { state, clock } = world
  return {
    addPerson: (person) => addPerson(world, person),
    async changePerson(name, change) {
      await changePerson(world, find.person(name), change)
    },
    addGroup: (group) => addGroup(world, group),
    changeGroup: (name, change) => changeGroup(world, find.group(name), change),
    addChannel(given) {
      const channel: SlackChannel = {
        id: freshId('C'),
        kind: 'public',
        topic: '',
        members: [],
        archived: false,
        created: Math.floor(clock.now() / 1000),
        creator: given.members?.[0] ?? state.app.botUser,
        ...given,
      }
      state.channels[channel.id] = channel
      state.messages[channel.id] = []
      world.changed()
      return channel
    },
    changeChannel: (channel, change) => changeChannel(world, find.channel(channel), change),
    join: (channel, user) => joinChannel(world, find.channel(channel), find.person(user).id),
    leave: (channel, user, silently) => leaveChannel(world, find.channel(channel), find.person(user).id, silently),
    async uninstall() {
      removeApp(world)
      await sendEvent(world, 'tokens_revoked', { tokens: { oauth: [], bot: [state.app.botUser] } })
      await sendEvent(world, 'app_uninstalled', {})
    },
    async revokeToken(silently = false) {
      revokeToken(world)
      if (!silently) await sendEvent(world, 'tokens_revoked', { tokens: { oauth: [], bot: [state.app.botUser] } })
    },
    event: (type, content) => sendEvent(world, type, content),
  }
}
