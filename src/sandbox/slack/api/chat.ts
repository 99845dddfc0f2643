import { findDirect, openDirect } from '../direct.ts'
import { nextTs } from '../ids.ts'
import { addMessage, findReal, messageJson, readContent, removeMessage, rewriteMessage } from '../message-store.ts'
import { Refusal } from '../refusal.ts'
import type { SlackChannel, SlackMessage } from '../state.ts'
import { repliesTo, threadAt } from '../threads.ts'
import { isMember, isPublic, type World } from '../world.ts'
import { type Args, isTs, type Method, string } from './method.ts'
import { requireScope } from './scopes.ts'

const content = { text: 'string', blocks: 'json' } as const

export const chat: Record<string, Method> = {
  'chat.postMessage': {
    scope: 'chat:write',
    tier: 'posting',
    // reply_broadcast is not taken: the page would not show it as Slack does.
    takes: {
      channel: 'string',
      thread_ts: 'string',
      ...content,
      unfurl_links: 'boolean',
      unfurl_media: 'boolean',
      mrkdwn: 'boolean',
    },
    needs: ['channel'],
    run(world, args) {
      const said = readContent(world, args)
      const channel = writableChannel(world, string(args, 'channel'))
      const thread = threadNamed(world, channel, args)
      const message = addMessage(world, channel, { ...said, user: world.state.app.botUser, thread })
      return { channel: channel.id, ts: message.ts, message: messageJson(world, message) }
    },
  },
  'chat.postEphemeral': {
    scope: 'chat:write',
    tier: 4,
    takes: { channel: 'string', user: 'string', thread_ts: 'string', ...content },
    needs: ['channel', 'user'],
    run(world, args) {
      const said = readContent(world, args)
      const id = string(args, 'channel')
      // Unlike chat.postMessage it opens nothing.
      if (world.state.people[id]) throw new Refusal('channel_not_found')
      const channel = writableChannel(world, id)
      const user = string(args, 'user')
      if (!isMember(channel, user)) throw new Refusal('user_not_in_channel')
      const thread = threadNamed(world, channel, args)
      // Slack takes it, and shows it to nobody: there has to be a thread already.
      if (thread && repliesTo(world, thread).length === 0) return { message_ts: nextTs(world.state, world.clock) }
      const from = { ...said, user: world.state.app.botUser, thread }
      return { message_ts: addMessage(world, channel, { ...from, ephemeralTo: user }).ts }
    },
  },
  'chat.update': {
    scope: 'chat:write',
    tier: 3,
    takes: { channel: 'string', ts: 'string', ...content },
    needs: ['channel', 'ts'],
    run(world, args) {
      const said = readContent(world, args)
      const message = ownMessage(world, args, 'cant_update_message')
      rewriteMessage(world, message, said, true)
      return { channel: message.channel, ts: message.ts, text: message.text, message: messageJson(world, message) }
    },
  },
  'chat.delete': {
    scope: 'chat:write',
    tier: 3,
    takes: { channel: 'string', ts: 'string' },
    needs: ['channel', 'ts'],
    run(world, args) {
      const message = ownMessage(world, args, 'cant_delete_message')
      removeMessage(world, message)
      return { channel: message.channel, ts: message.ts }
    },
  },
}

/** Where the app may write. A person's id means the direct message with them, which is opened if need be. */
function writableChannel(world: World, id: string): SlackChannel {
  const { state, manifest } = world
  const channel = state.people[id] ? directWith(world, id) : state.channels[id]
  if (!channel) throw new Refusal('channel_not_found')
  if (!isMember(channel, state.app.botUser)) {
    throw new Refusal(isPublic(channel) && !channel.archived ? 'not_in_channel' : 'channel_not_found')
  }
  if (channel.archived) throw new Refusal('is_archived')
  if (channel.kind === 'im') {
    if (!manifest.messagesTab) throw new Refusal('messages_tab_disabled')
    const gone = channel.members.some((member) => state.people[member]?.kind === 'deactivated')
    if (gone) throw new Refusal('channel_not_found')
  }
  return channel
}

function directWith(world: World, user: string): SlackChannel {
  const { state } = world
  const kind = state.people[user]?.kind
  if (kind === 'bot' || kind === 'app') throw new Refusal('cannot_dm_bot')
  if (kind === 'deactivated') throw new Refusal('user_not_found')
  if (kind === 'stranger') throw new Refusal('channel_not_found')
  const people = [user, state.app.botUser]
  const found = findDirect(world, people)
  if (found) return found
  if (!world.manifest.messagesTab) throw new Refusal('messages_tab_disabled')
  requireScope(world, 'im:write')
  return openDirect(world, people)
}

/** The first message of the thread to reply to, or null. */
function threadNamed(world: World, channel: SlackChannel, args: Args): SlackMessage | null {
  const ts = string(args, 'thread_ts')
  if (ts === '') return null
  if (!isTs(ts)) throw new Refusal('invalid_thread_ts', [`[ERROR] ${ts} is not a valid thread_ts`])
  const thread = threadAt(world, channel, ts)
  if (!thread) throw new Refusal('thread_not_found')
  return thread
}

/** A real message of the app's. Neither a person's id nor an ephemeral message is accepted. */
function ownMessage(world: World, args: Args, foreign: string): SlackMessage {
  const { state } = world
  const channel = state.channels[string(args, 'channel')]
  const isThere = channel !== undefined && isMember(channel, state.app.botUser)
  if (!channel || (!isThere && !isPublic(channel))) throw new Refusal('channel_not_found')
  const message = findReal(world, channel.id, string(args, 'ts'))
  if (!message) throw new Refusal('message_not_found')
  if (message.user !== state.app.botUser || !isThere) throw new Refusal(foreign)
  if (channel.archived) throw new Refusal('is_archived')
  return message
}
