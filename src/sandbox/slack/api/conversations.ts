import { findDirect, openDirect } from '../direct.ts'
import { Refusal } from '../refusal.ts'
import type { SlackChannel } from '../state.ts'
import { isMember, isPublic, type World } from '../world.ts'
import { type Args, type Method, string } from './method.ts'
import { channelJson } from './objects.ts'
import { pageOf } from './paging.ts'
import { type ConversationType, isConversationType, requireRead, requireScope, typeOf } from './scopes.ts'

const listing = { types: 'string', exclude_archived: 'boolean', cursor: 'string', limit: 'integer' } as const

export const conversations: Record<string, Method> = {
  'conversations.open': {
    scope: null,
    tier: 3,
    takes: { users: 'string', channel: 'string', return_im: 'boolean', prevent_creation: 'boolean' },
    needs: [],
    run: open,
  },
  'conversations.info': {
    scope: null,
    tier: 3,
    takes: { channel: 'string', include_num_members: 'boolean', include_locale: 'boolean' },
    needs: ['channel'],
    run(world, args) {
      const { num_members: members, ...channel } = channelJson(world, readable(world, args))
      return { channel: args.include_num_members ? { ...channel, num_members: members } : channel }
    },
  },
  'conversations.members': {
    scope: null,
    tier: 4,
    takes: { channel: 'string', cursor: 'string', limit: 'integer' },
    needs: ['channel'],
    run(world, args) {
      const { page, rest } = pageOf(readable(world, args).members, args, 100)
      return { members: page, ...rest }
    },
  },
  'conversations.list': {
    scope: null,
    tier: 2,
    takes: listing,
    needs: [],
    run: (world, args) =>
      list(world, args, (channel) => isPublic(channel) || isMember(channel, world.state.app.botUser)),
  },
  'users.conversations': {
    scope: null,
    tier: 3,
    takes: { ...listing, user: 'string' },
    needs: [],
    run(world, args) {
      const bot = world.state.app.botUser
      const user = string(args, 'user') || bot
      if (!world.state.people[user]) throw new Refusal('user_not_found')
      return list(world, args, (channel) => isMember(channel, user) && (isPublic(channel) || isMember(channel, bot)))
    },
  },
}

function list(world: World, args: Args, visible: (channel: SlackChannel) => boolean) {
  const types = (string(args, 'types') || 'public_channel').split(',').map((type) => type.trim())
  if (!types.every(isConversationType)) throw new Refusal('invalid_types')
  for (const type of types as ConversationType[]) requireRead(world, type)
  const all = Object.values(world.state.channels).filter((c) => types.includes(typeOf(c)) && visible(c))
  const { page, rest } = pageOf(all, args, 100)
  const channels = page.filter((channel) => !(args.exclude_archived && channel.archived))
  return { channels: channels.map((channel) => channelJson(world, channel)), ...rest }
}

/** A channel the app may look into: any public one, and others it is in. */
function readable(world: World, args: Args): SlackChannel {
  const channel = world.state.channels[string(args, 'channel')]
  if (!channel) throw new Refusal('channel_not_found')
  requireRead(world, typeOf(channel))
  if (!isPublic(channel) && !isMember(channel, world.state.app.botUser)) throw new Refusal('channel_not_found')
  return channel
}

function open(world: World, args: Args) {
  const { people, app, channels } = world.state
  const given = channels[string(args, 'channel')]
  if (args.channel !== undefined && !(given && isMember(given, app.botUser))) throw new Refusal('channel_not_found')
  if (given) return { no_op: true, already_open: true, channel: shown(world, given, args) }
  const users = [
    ...new Set(
      string(args, 'users')
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean),
    ),
  ]
  if (users.length === 0) throw new Refusal('users_list_not_supplied')
  if (users.length > 8) throw new Refusal('too_many_users')
  requireScope(world, users.length > 1 ? 'mpim:write' : 'im:write')
  for (const id of users) {
    const kind = people[id]?.kind
    if (!kind) throw new Refusal('user_not_found')
    if (kind === 'deactivated') throw new Refusal('user_disabled')
    if (kind === 'stranger') throw new Refusal('user_not_visible')
    if (id === app.botUser) throw new Refusal('invalid_user_combination')
    if (kind === 'bot') throw new Refusal('cannot_dm_bot')
    if (kind === 'single-channel guest' && users.length > 1) throw new Refusal('invalid_user_combination')
  }
  const members = [...users, app.botUser]
  const found = findDirect(world, members)
  if (!found && args.prevent_creation) throw new Refusal('channel_not_found')
  const channel = found ?? openDirect(world, members)
  return { ...(found && { no_op: true, already_open: true }), channel: shown(world, channel, args) }
}

const shown = (world: World, channel: SlackChannel, args: Args) =>
  args.return_im ? channelJson(world, channel) : { id: channel.id }
