import { emojiNamed } from '../page/emoji.ts'
import { sendEvent } from './events.ts'
import type { SlackMessage } from './state.ts'
import { isMember, type World } from './world.ts'

/** How many emoji there may be under a message, and how many of them one person may have chosen. */
const MOST_EMOJI = 50
const MOST_OF_ONE = 23

/** Slack's error codes. */
export type ReactionProblem = 'invalid_name' | 'already_reacted' | 'too_many_reactions' | 'too_many_emoji'

/** Why a reaction can't be added, or null. */
export function reactionProblem({ reactions }: SlackMessage, user: string, name: string): ReactionProblem | null {
  const isKnown = /^[a-z0-9_+-]+(::skin-tone-[2-6])?$/.test(name) && typeof emojiNamed(name) === 'string'
  if (!isKnown) return 'invalid_name'
  const same = reactions.find((reaction) => reaction.name === name)
  if (same?.users.includes(user)) return 'already_reacted'
  if (reactions.filter(({ users }) => users.includes(user)).length >= MOST_OF_ONE) return 'too_many_reactions'
  return !same && reactions.length >= MOST_EMOJI ? 'too_many_emoji' : null
}

/** Adds somebody's reaction, which `reactionProblem` has nothing against. Resolves when the app has been told. */
export async function addReaction(world: World, message: SlackMessage, user: string, name: string): Promise<void> {
  const same = message.reactions.find((reaction) => reaction.name === name)
  if (same) same.users.push(user)
  else message.reactions.push({ name, users: [user] })
  world.changed()
  await tell(world, 'reaction_added', message, user, name)
}

/** Takes somebody's reaction back. Resolves when the app has been told. */
export async function removeReaction(world: World, message: SlackMessage, user: string, name: string): Promise<void> {
  message.reactions = message.reactions
    .map((one) => (one.name === name ? { name, users: one.users.filter((other) => other !== user) } : one))
    .filter(({ users }) => users.length > 0)
  world.changed()
  await tell(world, 'reaction_removed', message, user, name)
}

/** The app hears of reactions where it is. */
async function tell(world: World, type: string, message: SlackMessage, user: string, name: string): Promise<void> {
  const { channels, app } = world.state
  const channel = channels[message.channel]
  if (!channel || !isMember(channel, app.botUser)) return
  const item = { type: 'message', channel: message.channel, ts: message.ts }
  await sendEvent(world, type, { user, reaction: name, item_user: message.user, item })
}
