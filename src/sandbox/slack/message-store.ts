import { checkMessageBlocks, lengthOf } from './block-kit/check.ts'
import { withIds } from './block-kit/walk.ts'
import { nextTs } from './ids.ts'
import { whoIsNotified } from './notified.ts'
import { Refusal } from './refusal.ts'
import type { Block, SlackChannel, SlackMessage } from './state.ts'
import type { World } from './world.ts'

export interface Content {
  text: string
  blocks: Block[]
}

const MAX_TEXT = 40_000
const MAX_BLOCKS_LENGTH = 13_200

/** Checks what an app wants to say. Throws the Refusal Slack would answer with. */
export function readContent(input: { text?: unknown; blocks?: unknown }): Content {
  const text = input.text ?? ''
  const blocks = input.blocks ?? []
  if (typeof text !== 'string')
    throw new Refusal('invalid_arguments', ['[ERROR] must provide a string [json-pointer:/text]'])
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format')
  if (text === '' && blocks.length === 0) throw new Refusal('no_text')
  if (text.length > MAX_TEXT) throw new Refusal('msg_too_long')
  const problems = checkMessageBlocks(blocks)
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

/** Writes a message into a channel; with `ephemeralTo` only that person sees it. */
export function addMessage(
  world: World,
  channel: SlackChannel,
  from: Content & { user: string; ephemeralTo?: string },
): SlackMessage {
  const { user, text, blocks, ephemeralTo = null } = from
  const message: SlackMessage = {
    channel: channel.id,
    ts: nextTs(world.state, world.clock),
    user,
    text,
    blocks,
    edited: false,
    ephemeralTo,
    notified: ephemeralTo ? [] : whoIsNotified(world.state, { channel, author: user, text, blocks }),
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

export function removeMessage(world: World, message: SlackMessage): void {
  const left = (world.state.messages[message.channel] ?? []).filter((other) => other !== message)
  world.state.messages[message.channel] = left
  world.changed()
}

/** Gives a message new content. Nobody is notified again. */
export function rewriteMessage(world: World, message: SlackMessage, content: Content, edited: boolean): void {
  Object.assign(message, content, { edited: message.edited || edited })
  world.changed()
}

/** A message in the shape of payloads and of the Web API. */
export function messageJson({ state }: World, message: SlackMessage): Record<string, unknown> {
  const { app, team } = state
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(message.user === app.botUser && { bot_id: app.botId, app_id: app.id }),
    text: message.text,
    team: team.id,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.edited && { edited: { user: message.user, ts: message.ts } }),
  }
}
