import { checkMessageBlocks, lengthOf } from './block-kit/check.ts'
import { unknownInitials } from './block-kit/initials.ts'
import { withIds } from './block-kit/walk.ts'
import { nextTs } from './ids.ts'
import { whoIsNotified } from './notified.ts'
import { Refusal } from './refusal.ts'
import type { Block, SlackChannel, SlackFile, SlackMessage } from './state.ts'
import { repliesTo, threadOf } from './threads.ts'
import type { World } from './world.ts'

export interface Content {
  text: string
  blocks: Block[]
}

const MAX_TEXT = 40_000
const MAX_BLOCKS_LENGTH = 13_200

/** Checks what an app wants to say. Throws the Refusal Slack would answer with. */
export function readContent(world: World, input: { text?: unknown; blocks?: unknown }): Content {
  const text = input.text ?? ''
  const blocks = input.blocks ?? []
  if (typeof text !== 'string')
    throw new Refusal('invalid_arguments', ['[ERROR] must provide a string [json-pointer:/text]'])
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format')
  if (text === '' && blocks.length === 0) throw new Refusal('no_text')
  if (text.length > MAX_TEXT) throw new Refusal('msg_too_long')
  const illFormed = checkMessageBlocks(blocks)
  const problems = illFormed.length > 0 ? illFormed : unknownInitials(world.state, blocks, '/blocks')
  if (problems.length > 0) {
    throw new Refusal(
      'invalid_blocks',
      problems.map((problem) => `[ERROR] ${problem}`),
      { errors: problems },
    )
  }
  if (lengthOf(blocks) > MAX_BLOCKS_LENGTH) throw new Refusal('msg_blocks_too_long')
  return { text, blocks: withIds(blocks) }
}

/** Writes a message into a channel, or as a reply to `thread`; with `ephemeralTo` only that person sees it. */
export function addMessage(
  world: World,
  channel: SlackChannel,
  from: Content & { user: string; ephemeralTo?: string; thread?: SlackMessage | null; files?: SlackFile[] },
): SlackMessage {
  const { user, text, blocks, ephemeralTo = null, thread = null, files } = from
  const followed = thread ? [thread, ...repliesTo(world, thread)] : []
  const message: SlackMessage = {
    channel: channel.id,
    ts: nextTs(world.state, world.clock),
    user,
    text,
    blocks,
    edited: false,
    ephemeralTo,
    notified: ephemeralTo ? [] : whoIsNotified(world.state, { channel, author: user, text, blocks, followed }),
    threadTs: thread?.ts ?? null,
    reactions: [],
    tombstone: false,
    ...(files && { files }),
  }
  const list = world.state.messages[channel.id] ?? []
  list.push(message)
  world.state.messages[channel.id] = list
  world.changed()
  return message
}

/** A message or an ephemeral message by its place. */
export function findMessage({ state }: World, channel: string, ts: string): SlackMessage | undefined {
  return state.messages[channel]?.find((message) => message.ts === ts)
}

/** A message that an app can refer to: no ephemeral one, and not what stands for a deleted one. */
export function findReal(world: World, channel: string, ts: string): SlackMessage | undefined {
  const found = findMessage(world, channel, ts)
  return found?.ephemeralTo === null && !found.tombstone ? found : undefined
}

/** Deletes a message. One with replies leaves a trace, which goes with the last of them. */
export function removeMessage(world: World, message: SlackMessage): void {
  world.changed()
  if (repliesTo(world, message).length > 0) {
    const nothing = { user: 'USLACKBOT', text: 'This message was deleted.', blocks: [], reactions: [], edited: false }
    Object.assign(message, nothing, { tombstone: true })
    return
  }
  const { messages } = world.state
  messages[message.channel] = (messages[message.channel] ?? []).filter((other) => other !== message)
  const parent = message.threadTs === null ? undefined : findMessage(world, message.channel, message.threadTs)
  if (parent?.tombstone) removeMessage(world, parent)
}

/** Gives a message new content. Nobody is notified again. */
export function rewriteMessage(world: World, message: SlackMessage, content: Content, edited: boolean): void {
  Object.assign(message, content, { edited: message.edited || edited })
  world.changed()
}

/** A message in the shape of payloads and of the Web API. */
export function messageJson(world: World, message: SlackMessage): Record<string, unknown> {
  const { app, team } = world.state
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(message.user === app.botUser && { bot_id: app.botId, app_id: app.id }),
    text: message.text,
    team: team.id,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.files && { files: message.files.map(({ id, name }) => ({ id, name })) }),
    ...(message.edited && { edited: { user: message.user, ts: message.ts } }),
    ...threadJson(world, message),
    ...(message.reactions.length > 0 && { reactions: reactionsJson(message) }),
  }
}

export const reactionsJson = ({ reactions }: SlackMessage) =>
  reactions.map(({ name, users }) => ({ name, users, count: users.length }))

function threadJson(world: World, message: SlackMessage): Record<string, unknown> {
  if (message.threadTs) {
    const parent = findMessage(world, message.channel, message.threadTs)
    return { thread_ts: message.threadTs, ...(parent && { parent_user_id: parent.user }) }
  }
  const thread = threadOf(world, message)
  if (!thread) return {}
  return {
    thread_ts: message.ts,
    reply_count: thread.replies,
    reply_users_count: thread.people.length,
    latest_reply: thread.lastTs,
    reply_users: thread.people,
    is_locked: false,
    subscribed: false,
  }
}
