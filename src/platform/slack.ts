import type { KnownBlock, ModalView } from '@slack/types'

/** A message as every `messages.ts` builds it: `text` is what notifications and screen readers say. */
export interface Message {
  text: string
  blocks: KnownBlock[]
}

/** Where a message is. `channel` is the id Slack returned (D... for a direct message), never a user's. */
export interface MessagePlace {
  channel: string
  ts: string
}

/** A modal as every `messages.ts` builds it. `metadata` comes back with what is submitted, at most 3000 characters. */
export interface Modal {
  callbackId: string
  title: string
  /** What the button says that submits it; without one there is nothing to submit. */
  submit?: string
  close: string
  blocks: KnownBlock[]
  metadata?: string
}

/** An answer through a response_url. */
export interface Answer extends Message {
  replaceOriginal?: boolean
}

export interface SlackIdentity {
  workspaceId: string
  botUserId: string
  botId: string
  /** What the token may do. */
  scopes: string[]
}

/** One page of a list, and the cursor of the next one (null after the last). */
export interface Page<T> {
  items: T[]
  next: string | null
}

/** The parts of Slack's user object that the product looks at. */
export interface SlackUser {
  id: string
  team_id?: string
  deleted?: boolean
  is_bot?: boolean
  is_app_user?: boolean
  is_workflow_bot?: boolean
  is_connector_bot?: boolean
  is_stranger?: boolean
  is_invited_user?: boolean
  is_restricted?: boolean
  is_ultra_restricted?: boolean
  is_admin?: boolean
  is_owner?: boolean
  tz?: string
  locale?: string
  updated?: number
  /** Looked at for those alone who want their status to count. */
  profile?: { status_emoji?: string; status_text?: string; status_expiration?: number }
}

export interface SlackUserGroup {
  id: string
  name?: string
  date_update?: number
  date_delete?: number
  users?: string[]
}

/** A field of its own that a workspace has in every profile. */
export interface ProfileField {
  id: string
  label: string
}

export interface SlackChannel {
  id: string
  is_archived?: boolean
  is_private?: boolean
  /** The app is in it. */
  is_member?: boolean
  is_ext_shared?: boolean
  is_pending_ext_shared?: boolean
}

/**
 * Slack's Web API, as much of it as the product uses. Every method throws SlackFailure and nothing else; none of them
 * retries: jobs do, with the delay the failure asks for.
 */
export interface Slack {
  identify(): Promise<SlackIdentity>
  /** Gives the token back: it is good for nothing afterwards. */
  revoke(): Promise<void>
  /** Posts to a channel, into a thread of it, or, given a user's id, to the direct message with that person. */
  post(channel: string, message: Message, threadTs?: string | null): Promise<MessagePlace>
  /** Opens the group message of the app with these people, at most seven: its channel, the same one each time. */
  openGroup(people: string[]): Promise<string>
  /** The address of a message, as people open it. */
  permalink(place: MessagePlace): Promise<string>
  /** Deletes a message of ours. One that is gone already counts as deleted. */
  remove(place: MessagePlace): Promise<void>
  update(place: MessagePlace, message: Message): Promise<void>
  /** Opens a modal for the person whose trigger it is: within 3 s of what they did, once. */
  openModal(trigger: string, modal: Modal): Promise<void>
  /** Gives a modal that is open other content; with `hash` only as long as that is what it has. Its hash afterwards. */
  updateModal(viewId: string, modal: Modal, hash?: string): Promise<string>
  publishHome(userId: string, blocks: KnownBlock[]): Promise<void>
  /** Answers through a response_url: 5 times, for 30 minutes. */
  answer(responseUrl: string, answer: Answer): Promise<void>
  /** Puts a file into a conversation, given its id: D... for a direct message. Needs files:write. */
  upload(channel: string, file: { name: string; title: string; content: string }): Promise<void>
  user(id: string): Promise<SlackUser>
  users(cursor: string | null): Promise<Page<SlackUser>>
  /** The fields that every profile of the workspace has, in their order. Needs users.profile:read, as the next does. */
  profileFields(): Promise<ProfileField[]>
  /** What stands in one of those fields of somebody's profile; '' for nothing. One call a person. */
  profileField(userId: string, fieldId: string): Promise<string>
  /** Those that were disabled are among them. */
  userGroups(): Promise<SlackUserGroup[]>
  /** What Slack says of one channel; a private one the app is not in counts as gone. */
  channel(id: string): Promise<SlackChannel>
  /** The public channels the app is in. */
  channels(cursor: string | null): Promise<Page<SlackChannel>>
}

/** A modal as Slack takes it, also in the answer to a submission. */
export function modalView({ callbackId, title, submit, close, blocks, metadata }: Modal): ModalView {
  const plain = (text: string) => ({ type: 'plain_text' as const, text })
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain(title),
    ...(submit ? { submit: plain(submit) } : {}),
    close: plain(close),
    blocks,
    ...(metadata ? { private_metadata: metadata } : {}),
  }
}
