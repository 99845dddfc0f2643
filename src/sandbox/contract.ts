/**
 * What the sandbox's page and its Slack side say to each other, as JSON over loopback HTTP.
 *
 *   GET  /                      the page (and its assets)
 *   GET  /page/people           -> Person[]: whom one can be
 *   GET  /page/state?as=U1      -> PageState: everything that person can see, nothing else
 *   GET  /page/changes          -> server-sent events; each `data: {"version": n}` says "fetch the state again"
 *   POST /page/act              PageAct -> ActResult
 *   GET  /page/requests         -> RequestRecord[]: the last ones both ways, newest first, without their contents
 *   GET  /page/requests/ID      -> RequestContents
 *   POST /page/control          Control -> ActResult: what no person does, but whoever holds the sandbox
 */

export interface Person {
  id: string
  /** The handle after the @. */
  name: string
  realName: string
  title: string
  /** The team's name, or '' for nobody's. */
  team: string
  tz: string
  kind: 'member' | 'guest' | 'single-channel guest' | 'bot' | 'app' | 'deactivated' | 'stranger'
  isAdmin: boolean
  /** 0..359, for the square that stands in for a picture. */
  hue: number
  /** What they say about themselves just now: an emoji with its colons and a text, both '' for nothing. */
  status: { emoji: string; text: string }
}

export interface Conversation {
  id: string
  /** 'public' and 'private' are channels; 'shared' is a public one open to another organisation. */
  kind: 'public' | 'private' | 'shared' | 'im' | 'mpim'
  /** The channel's name without #; for direct messages the other people's real names. */
  name: string
  topic: string
  members: string[]
  archived: boolean
  /** Newest last. */
  messages: Message[]
  unread: number
}

export interface Message {
  ts: string
  /** User id of the author; the app's messages carry its bot user's id. */
  user: string
  text: string
  blocks: Record<string, unknown>[]
  edited: boolean
  /** Seen by the viewer alone. */
  ephemeral: boolean
  /** The ts of the message this one is a reply to; null in the channel itself. */
  threadTs: string | null
  /** What was replied, for a message that has a thread. */
  thread: { replies: number; people: string[]; lastTs: string } | null
  /** In the order in which they were first used. */
  reactions: { name: string; users: string[] }[]
  files: { id: string; name: string; content: string }[]
}

export interface UserGroup {
  id: string
  handle: string
  name: string
  users: string[]
}

export interface SlashCommand {
  command: string
  description: string
  usageHint: string
}

/** A shortcut of the app: 'global' ones are started from anywhere, 'message' ones from a message. */
export interface Shortcut {
  callbackId: string
  type: 'global' | 'message'
  name: string
  description: string
}

/** An open modal: Slack's view object plus its id and hash. */
export interface OpenView {
  id: string
  view: Record<string, unknown>
  /** Validation errors by block_id, after a submission the app refused with response_action 'errors'. */
  errors: Record<string, string>
  /** How many modals are open, this one included: more than one shows "back" instead of "close". */
  depth: number
}

export interface PageState {
  version: number
  /** `domain` is what stands before .slack.com in a permalink. */
  workspace: { id: string; name: string; domain: string }
  viewer: string
  people: Person[]
  groups: UserGroup[]
  commands: SlashCommand[]
  shortcuts: Shortcut[]
  conversations: Conversation[]
  /** Top of the viewer's modal stack, if any. */
  modal: OpenView | null
  /** The Home tab the app last published for the viewer. */
  home: { app: string; view: Record<string, unknown> | null }
  /** The workspace's present, in milliseconds since the epoch, and how far it is ahead of the real one. */
  clock: { now: number; ahead: number }
  /** Whether Slack's own rate limits are in force. */
  rateLimits: boolean
  /** Whether the workspace has the app, and where a browser finds the app's own page. */
  installation: { installed: boolean; page: string | null }
  /** What the app would like to be allowed, and whether it is. */
  optionalScopes: { scope: string; granted: boolean }[]
}

/** What the person at the keyboard does. `as` is always the viewer. */
export type PageAct =
  | { type: 'message'; as: string; channel: string; text: string; threadTs?: string }
  | { type: 'command'; as: string; channel: string; command: string; text: string }
  /** A click or a choice in a message, a modal or Home. `action` is the element as drawn; `value` what was chosen. */
  | {
      type: 'action'
      as: string
      where: ActionPlace
      blockId: string
      actionId: string
      chosen: Chosen
      /** What else is set in the same message, modal or Home; left out, elements hold what they came with. */
      values?: Record<string, Record<string, Chosen>>
    }
  | { type: 'submit'; as: string; viewId: string; values: Record<string, Record<string, Chosen>> }
  | { type: 'close'; as: string; viewId: string }
  /** `message` with a message shortcut, and only then. */
  | { type: 'shortcut'; as: string; callbackId: string; message?: { channel: string; ts: string } }
  /** Adds the person's reaction, or takes it back. `name` is an emoji's, without colons. */
  | { type: 'react'; as: string; channel: string; ts: string; name: string }
  | { type: 'home.open'; as: string }
  /** `hours` is how long it stays, 0 for as long as one likes. Without emoji and text the status is taken away. */
  | { type: 'status'; as: string; emoji: string; text: string; hours: number }
  | { type: 'read'; as: string; channel: string }
  /** Opens (or finds) the direct message with these people. */
  | { type: 'direct'; as: string; with: string[] }
  | { type: 'delete'; as: string; channel: string; ts: string }
  | { type: 'join' | 'leave'; as: string; channel: string; user: string }

export type ActionPlace =
  | { kind: 'message'; channel: string; ts: string }
  | { kind: 'view'; viewId: string }
  | { kind: 'home' }

/** What an element was set to. A button has no choice of its own: its value is on the block. */
export type Chosen =
  | { type: 'button' }
  | { type: 'text'; value: string }
  | { type: 'option'; value: string }
  | { type: 'options'; values: string[] }
  | { type: 'users' | 'conversations'; ids: string[] }
  | { type: 'date' | 'time'; value: string }

export interface ActResult {
  ok: boolean
  /** A sentence in Slack's own manner when it failed, e.g. "/kudos failed with the error operation_timeout". */
  error?: string
  /** The conversation a 'direct' act opened. */
  channel?: string
}

/** What whoever holds the sandbox does to it. */
export type Control =
  /** Only ever forward. The app's clock and its queue's move along. Mornings and months are those of the viewer's zone. */
  | { type: 'clock'; to: '+1 hour' | '+1 day' | 'next monday 09:00' | 'end of the month'; tz: string }
  | { type: 'rate limits'; on: boolean }
  /** What whoever installed the app allows it: one of the manifest's optional scopes. */
  | { type: 'scope'; scope: string; on: boolean }
  /** Somebody removes the app from the workspace; it comes back by its own page. */
  | { type: 'uninstall' }
  /** The workspace and everything the app knows of it as they were at the very first start. */
  | { type: 'start over' }

/** A request that was made, to the app or by it. */
export interface RequestRecord {
  /** Counts up; never used again, not even after a start over. */
  id: number
  direction: 'to the app' | 'to Slack'
  /** 'command', 'block_actions', 'event', ... or 'api' and 'response_url'. */
  kind: string
  /** '/kudos', 'kudos.undo', 'app_home_opened', 'chat.postMessage', ... */
  name: string
  /** By the workspace's clock, in milliseconds. */
  at: number
  ms: number
  /** True when it went well: an ack in time, `ok: true`. */
  ok: boolean
  /** What it came to, in a word or two: '200', 'ratelimited', 'timeout'. */
  outcome: string
}

/** The JSON both ways. Never a token or a secret. */
export interface RequestContents {
  request: unknown
  response: unknown
}
