import type { Conversation, Person } from '../contract.ts'

export type Block = Record<string, unknown> & { type: string; block_id?: string }

export interface SlackPerson extends Person {
  teamId: string
  locale: string
  isOwner: boolean
  /** Seconds since the epoch, as Slack's user object has it. */
  updated: number
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

/** Everything the sandbox's Slack remembers: plain data, so that it can be written down and read back as it is. */
export interface SlackState {
  version: number
  lastTs: number
  team: { id: string; name: string; domain: string }
  app: AppIdentity
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
}

/** Who the app is, and what it shares with Slack. */
interface AppIdentity {
  id: string
  name: string
  botId: string
  botUser: string
  botToken: string
  signingSecret: string
  verificationToken: string
}
