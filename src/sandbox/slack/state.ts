import { z } from 'zod'
import type { Conversation, Person } from '../contract.ts'
import { freshClientId, freshSecret } from './ids.ts'

export type Block = Record<string, unknown> & { type: string; block_id?: string }

export interface SlackPerson extends Omit<Person, 'status'> {
  teamId: string
  locale: string
  isOwner: boolean
  status: Status
  /** What stands in the workspace's own profile fields, by their ids. */
  fields: Record<string, string>
  /** Seconds since the epoch, as Slack's user object has it. */
  updated: number
}

/** What somebody says about themselves for a while. */
export interface Status {
  /** With its colons, or ''. */
  emoji: string
  text: string
  /** Seconds since the epoch; 0 for one that stays. */
  expiration: number
}

export const NO_STATUS: Status = { emoji: '', text: '', expiration: 0 }

/** A field that every profile of the workspace has. */
export interface ProfileField {
  id: string
  label: string
}

export interface SlackGroup {
  id: string
  handle: string
  name: string
  users: string[]
  disabled: boolean
  created: number
  updated: number
}

export interface SlackChannel {
  id: string
  kind: Conversation['kind']
  name: string
  topic: string
  members: string[]
  archived: boolean
  created: number
  creator: string
}

export interface SlackMessage {
  channel: string
  ts: string
  user: string
  text: string
  blocks: Block[]
  edited: boolean
  /** The only person who sees it, or null for a real message. */
  ephemeralTo: string | null
  /** Who was notified when it was posted. */
  notified: string[]
  /** The ts of the message this one is a reply to. */
  threadTs: string | null
  /** In the order in which they were first used; never with nobody. */
  reactions: { name: string; users: string[] }[]
  /** True for what stands in the place of a deleted message that has replies. */
  tombstone: boolean
  files?: SlackFile[]
}

export interface SlackFile {
  id: string
  name: string
  content: string
}

export interface SlackView {
  id: string
  user: string
  hash: string
  view: ViewContent
  rootId: string
  previousId: string | null
  errors: Record<string, string>
}

/** What an app hands to views.open and its kin, checked. */
export interface ViewContent {
  type: 'modal' | 'home'
  blocks: Block[]
  callback_id?: string
  external_id?: string
  private_metadata?: string
  clear_on_close?: boolean
  notify_on_close?: boolean
  [property: string]: unknown
}

export interface Trigger {
  user: string
  issuedAt: number
  exchanged: boolean
  /** The modal it came from, for views.push. */
  view: string | null
}

export interface ResponseUrl {
  user: string
  channel: string
  issuedAt: number
  uses: number
  /** The message that was clicked; null for a command's, which has none. */
  original: { ts: string } | null
}

/** Goes up when a state that was written before can't be understood any more. */
export const SHAPE = 1

/** Everything the sandbox's Slack remembers: plain data, so that it can be written down and read back as it is. */
export interface SlackState {
  /** Which form the state is in. */
  shape: typeof SHAPE
  version: number
  lastTs: number
  team: { id: string; name: string; domain: string }
  app: AppIdentity
  /** Whether the workspace has the app. */
  installed: boolean
  /** Tokens the app once had. */
  revokedTokens: string[]
  /** The optional scopes of the manifest that whoever installed the app agreed to. */
  granted: string[]
  profileFields: ProfileField[]
  people: Record<string, SlackPerson>
  groups: Record<string, SlackGroup>
  channels: Record<string, SlackChannel>
  /** By channel, oldest first, ephemeral ones among them. */
  messages: Record<string, SlackMessage[]>
  /** The ts up to which each person has read each channel. */
  read: Record<string, Record<string, string>>
  views: Record<string, SlackView>
  /** Open modals by person, topmost last. */
  modals: Record<string, string[]>
  /** The published Home tab by person. */
  homes: Record<string, string>
  triggers: Record<string, Trigger>
  responseUrls: Record<string, ResponseUrl>
  /** Whether Slack's own rate limits are in force. */
  rateLimits: boolean
}

/** Who the app is, and what it shares with Slack. */
export interface AppIdentity {
  id: string
  name: string
  botId: string
  botUser: string
  botToken: string
  /** App-level, for Socket Mode. */
  appToken: string
  signingSecret: string
  verificationToken: string
  /** For "Add to Slack". */
  clientId: string
  clientSecret: string
}

const byId = <T extends z.ZodType>(of: T) => z.record(z.string(), of)
const named = z.looseObject({ id: z.string() })
const block = z.looseObject({ type: z.string() })

/** What came later than the first states has a default. */
const person = z.looseObject({
  id: z.string(),
  status: z.object({ emoji: z.string(), text: z.string(), expiration: z.number() }).default(NO_STATUS),
  fields: byId(z.string()).default({}),
})
const message = z.looseObject({
  channel: z.string(),
  ts: z.string(),
  user: z.string(),
  text: z.string(),
  blocks: z.array(block),
  threadTs: z.string().nullable().default(null),
  reactions: z.array(z.object({ name: z.string(), users: z.array(z.string()) })).default([]),
  tombstone: z.boolean().default(false),
})

const stored = z.looseObject({
  shape: z.literal(SHAPE),
  version: z.number(),
  lastTs: z.number(),
  team: z.looseObject({ id: z.string(), name: z.string(), domain: z.string() }),
  app: z.looseObject({
    id: z.string(),
    botUser: z.string(),
    botToken: z.string(),
    appToken: z.string(),
    signingSecret: z.string(),
    clientId: z.string().default(freshClientId),
    clientSecret: z.string().default(freshSecret),
  }),
  installed: z.boolean().default(true),
  revokedTokens: z.array(z.string()).default([]),
  granted: z.array(z.string()).default([]),
  profileFields: z.array(z.object({ id: z.string(), label: z.string() })).default([]),
  people: byId(person),
  groups: byId(named),
  channels: byId(z.looseObject({ id: z.string(), members: z.array(z.string()) })),
  messages: byId(z.array(message)),
  read: byId(byId(z.string())),
  views: byId(z.looseObject({ id: z.string(), user: z.string(), view: z.looseObject({ blocks: z.array(block) }) })),
  modals: byId(z.array(z.string())),
  homes: byId(z.string()),
  triggers: byId(z.looseObject({ user: z.string(), issuedAt: z.number() })).default({}),
  responseUrls: byId(z.looseObject({ user: z.string(), issuedAt: z.number() })).default({}),
  rateLimits: z.boolean().default(false),
})

/** A state that was written down, out of its JSON; null when that is something else, or in a form of another time. */
export function readState(json: unknown): SlackState | null {
  const read = stored.safeParse(json)
  return read.success ? (read.data as unknown as SlackState) : null
}
