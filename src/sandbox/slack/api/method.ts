import type { World } from '../world.ts'
import type { Tier } from './rate-limits.ts'

export type Args = Record<string, unknown>

/** Slack's answer beside ok: true. */
export type Reply = Record<string, unknown>

/** How an argument is written: objects come as JSON in forms. */
export type ArgumentType = 'string' | 'boolean' | 'integer' | 'json'

export interface Method {
  /** Whose token it takes; the bot's where nothing is said. */
  token?: 'app' | 'none'
  /** Needed whatever the arguments are; what depends on them, `run` checks. */
  scope: string | null
  tier: Tier
  takes: Record<string, ArgumentType>
  needs: string[]
  run(world: World, args: Args): Reply
}

/** True for what is written like a message's ts: seconds, a point and six digits. */
export const isTs = (value: string): boolean => /^\d{10}\.\d{6}$/.test(value)

export const string = (args: Args, name: string): string => (args[name] as string | undefined) ?? ''
