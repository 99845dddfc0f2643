/** How often Slack lets an app call, per workspace and method: what we allow ourselves, a little below it. */
import { naturalId } from './natural-key.ts'

export interface SlackLimit {
  /** What is counted together. */
  kind: string
  /** Between two calls at an even pace. */
  everyMs: number
  /** How far ahead of that pace calls may run. */
  aheadMs: number
}

/** So many calls a minute at an even pace, and so many at once: together no more than Slack takes within a minute. */
const perMinute = (kind: string, calls: number, atOnce: number): SlackLimit => {
  const everyMs = 60_000 / calls
  return { kind, everyMs, aheadMs: everyMs * (atOnce - 1) }
}

const TIERS = { 2: [20, 2], 3: [40, 15], 4: [80, 30] } as const

/** Slack's tiers, as each method's page gives them: 20, 50 and 100 a minute, and a little more. What is not here answers somebody who waits, and is never held back. */
const TIER_OF: Record<string, keyof typeof TIERS> = {
  'users.list': 2,
  'usergroups.list': 2,
  'chat.update': 3,
  'chat.delete': 3,
  'conversations.info': 3,
  'conversations.open': 3,
  'team.profile.get': 3,
  'users.conversations': 3,
  'users.info': 4,
  'users.profile.get': 4,
  'views.publish': 4,
}

/** Somebody looks at what the call changes, right now. */
export const someoneWaits = (method: string): boolean => method.startsWith('views.')

/** chat.postMessage: "several hundred messages per minute" a workspace, one a second in a channel. */
const POSTS = [285, 12] as const
/** A little slower, because a call arrives some time after its turn. */
const CHANNEL_EVERY_MS = 1_050

/**
 * The limits that a call of this method falls under; none for what is not held back. `rate` is how much of them is ours
 * (Config.slackRate).
 */
export function limitsOf(method: string, channel?: string, rate = 1): SlackLimit[] {
  return published(method, channel).map((limit) => ({ ...limit, everyMs: limit.everyMs / rate }))
}

function published(method: string, channel: string | undefined): SlackLimit[] {
  if (method === 'chat.postMessage') {
    const posting = perMinute(method, ...POSTS)
    if (!channel) return [posting]
    // A person's direct messages, to Slack, are a channel as well; what is spent is no record of who was written to.
    return [posting, { kind: `${method} ${naturalId(channel)}`, everyMs: CHANNEL_EVERY_MS, aheadMs: 0 }]
  }
  const tier = TIER_OF[method]
  if (!tier) return []
  const [calls, atOnce] = TIERS[tier]
  return [perMinute(method, calls, atOnce)]
}
