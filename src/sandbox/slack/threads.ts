import type { SlackChannel, SlackMessage } from './state.ts'
import type { World } from './world.ts'

/** The real replies to a message, oldest first. What one person alone saw is none. */
export function repliesTo({ state }: World, { channel, ts }: SlackMessage): SlackMessage[] {
  const all = state.messages[channel] ?? []
  return all.filter(({ threadTs, ephemeralTo }) => threadTs === ts && ephemeralTo === null)
}

/**
 * The first message of the thread that a `thread_ts` names; undefined when there is no such message. A reply's ts leads
 * to the thread it is in. A thread whose first message was deleted still takes replies.
 */
export function threadAt({ state }: World, channel: SlackChannel, ts: string): SlackMessage | undefined {
  const real = (state.messages[channel.id] ?? []).filter(({ ephemeralTo }) => ephemeralTo === null)
  const named = real.find((message) => message.ts === ts)
  return named?.threadTs ? real.find((message) => message.ts === named.threadTs) : named
}

/** What was replied to a message, or null where nobody has. People are in the order in which they came. */
export function threadOf(world: World, message: SlackMessage) {
  const replies = repliesTo(world, message)
  const last = replies.at(-1)
  return last
    ? { replies: replies.length, people: [...new Set(replies.map(({ user }) => user))], lastTs: last.ts }
    : null
}
