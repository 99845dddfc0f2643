import { groupJson, userJson } from './api/objects.ts'
import { grantedScopes } from './api/scopes.ts'
import type { Delivery } from './app-link.ts'
import { sendEvent } from './events.ts'
import { freshId } from './ids.ts'
import { NO_STATUS, type SlackChannel, type SlackGroup, type SlackPerson } from './state.ts'
import { isDirect, isMember, isPublic, type World } from './world.ts'

const seconds = ({ clock }: World) => Math.floor(clock.now() / 1000)

/** Somebody new joins the workspace. */
export async function addPerson(
  world: World,
  given: Pick<SlackPerson, 'name' | 'realName'> & Partial<SlackPerson>,
): Promise<SlackPerson> {
  const person: SlackPerson = {
    id: freshId('U'),
    title: '',
    team: '',
    tz: 'Europe/Berlin',
    kind: 'member',
    isAdmin: false,
    isOwner: false,
    hue: 200,
    teamId: world.state.team.id,
    locale: 'en-US',
    status: NO_STATUS,
    fields: {},
    ...given,
    updated: seconds(world),
  }
  world.state.people[person.id] = person
  world.changed()
  await sendEvent(world, 'team_join', { user: userJson(world, person, true) })
  return person
}

/** Somebody's profile, role or account changes; kind 'deactivated' means they left. */
export async function changePerson(
  world: World,
  person: SlackPerson,
  change: Partial<SlackPerson>,
): Promise<Delivery | null> {
  Object.assign(person, change, { updated: Math.max(seconds(world), person.updated + 1) })
  world.changed()
  return sendEvent(world, 'user_change', { user: userJson(world, person, true), cache_ts: seconds(world) })
}

export async function addGroup(
  world: World,
  given: { handle: string; name: string; users: string[] },
): Promise<SlackGroup> {
  const now = seconds(world)
  const group: SlackGroup = { id: freshId('S'), ...given, disabled: false, created: now, updated: now }
  world.state.groups[group.id] = group
  world.changed()
  await sendEvent(world, 'subteam_created', { subteam: groupJson(world, group, true) })
  return group
}

/** A user group gets other members, another name, or is disabled. */
export async function changeGroup(
  world: World,
  group: SlackGroup,
  change: Partial<Pick<SlackGroup, 'handle' | 'name' | 'users' | 'disabled'>>,
): Promise<void> {
  const before = { ...group }
  Object.assign(group, change, { updated: seconds(world) })
  world.changed()
  const added = group.users.filter((user) => !before.users.includes(user))
  const removed = before.users.filter((user) => !group.users.includes(user))
  if (added.length + removed.length > 0) {
    await sendEvent(world, 'subteam_members_changed', {
      subteam_id: group.id,
      team_id: world.state.team.id,
      date_previous_update: before.updated,
      date_update: group.updated,
      added_users: added,
      added_users_count: added.length,
      removed_users: removed,
      removed_users_count: removed.length,
    })
  }
  await sendEvent(world, 'subteam_updated', { subteam: groupJson(world, group, true) })
}

/** Puts somebody (or the app) into a channel. The app hears of channels it is in. */
export async function joinChannel(world: World, channel: SlackChannel, user: string, inviter?: string): Promise<void> {
  if (isMember(channel, user)) return
  channel.members.push(user)
  // What was said before one came is not news.
  const last = world.state.messages[channel.id]?.at(-1)?.ts ?? '0'
  world.state.read[user] = { ...world.state.read[user], [channel.id]: last }
  world.changed()
  const appIsThere = isMember(channel, world.state.app.botUser)
  if (appIsThere) await membershipEvent(world, 'member_joined_channel', channel, { user, ...(inviter && { inviter }) })
}

/** Takes somebody (or the app) out of a channel; `silently` when Slack forgets to tell the app, as it does. */
export async function leaveChannel(world: World, channel: SlackChannel, user: string, silently = false): Promise<void> {
  if (!isMember(channel, user)) return
  const appWasThere = isMember(channel, world.state.app.botUser)
  channel.members = channel.members.filter((member) => member !== user)
  world.changed()
  if (!silently && appWasThere) await membershipEvent(world, 'member_left_channel', channel, { user })
}

async function membershipEvent(world: World, type: string, channel: SlackChannel, content: object): Promise<void> {
  const { state } = world
  if (isDirect(channel) || (!isPublic(channel) && !grantedScopes(world).includes('groups:read'))) return
  const place = { channel: channel.id, channel_type: isPublic(channel) ? 'C' : 'G', team: state.team.id }
  await sendEvent(world, type, { ...content, ...place })
}

export type ChannelChange = 'archive' | 'unarchive' | 'delete' | 'share' | 'unshare'

/** What an admin does to a channel. Only public ones are told of: others need scopes of their own. */
export async function changeChannel(world: World, channel: SlackChannel, change: ChannelChange): Promise<void> {
  const { state } = world
  const wasPublic = isPublic(channel)
  if (!wasPublic && change === 'share') throw new Error('The sandbox shares public channels only')
  if (change === 'archive') channel.archived = true
  if (change === 'unarchive') channel.archived = false
  if (change === 'share') channel.kind = 'shared'
  if (change === 'unshare') channel.kind = 'public'
  if (change === 'delete') {
    delete state.channels[channel.id]
    delete state.messages[channel.id]
  }
  world.changed()
  if (wasPublic) await sendEvent(world, EVENT_OF[change], { channel: channel.id, ...CONTENT_OF[change] })
}

const EVENT_OF: Record<ChannelChange, string> = {
  archive: 'channel_archive',
  unarchive: 'channel_unarchive',
  delete: 'channel_deleted',
  share: 'channel_shared',
  unshare: 'channel_unshared',
}

const CONTENT_OF: Record<ChannelChange, object> = {
  archive: { user: 'USLACKBOT' },
  unarchive: { user: 'USLACKBOT' },
  delete: {},
  share: { connected_team_id: 'T0ELSEWHERE' },
  unshare: { previously_connected_team_id: 'T0ELSEWHERE', is_ext_shared: false },
}
