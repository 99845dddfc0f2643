import type { Clock } from '../../platform/clock.ts'
import type { RateLimits } from './api/rate-limits.ts'
import type { AppLink } from './app-link.ts'
import type { Manifest } from './manifest.ts'
import type { OAuthCode } from './oauth.ts'
import type { Sockets } from './sockets.ts'
import type { SlackChannel, SlackPerson, SlackState } from './state.ts'

/** What every part of the sandbox's Slack works on. Only `state` outlives the process. */
export interface World {
  state: SlackState
  clock: Clock
  manifest: Manifest
  /** Counts the app's calls; asked only while `state.rateLimits` says so. */
  rates: RateLimits
  /** The way to the app. */
  link: AppLink
  /** Where the app connects to in Socket Mode; null when it is off. */
  sockets: Sockets | null
  /** Of "Add to Slack": the codes that were given out, and tokens for a whole organisation. */
  oauthCodes: Map<string, OAuthCode>
  organisationTokens: Set<string>
  /** The sandbox's own address, without a slash at the end. */
  url(): string
  /** Says that something can be seen now that could not be seen before. */
  changed(): void
  /** For the operator's eyes: a sentence. */
  onProblem(problem: string): void
}

export function isMember(channel: SlackChannel, user: string): boolean {
  return channel.members.includes(user)
}

export const isDirect = ({ kind }: SlackChannel): boolean => kind === 'im' || kind === 'mpim'

/** Public to the workspace, shared with another organisation or not. */
export const isPublic = ({ kind }: SlackChannel): boolean => kind === 'public' || kind === 'shared'

/** People with a keyboard. */
export const canAct = ({ kind }: SlackPerson): boolean => !['bot', 'app', 'deactivated'].includes(kind)

/** A channel's name as payloads tell it. */
export function payloadName({ kind, name }: SlackChannel): string {
  if (kind === 'im') return 'directmessage'
  return kind === 'private' ? 'privategroup' : name
}
