/**
 * What the sandbox's page and its Slack side say to each other, as JSON over loopback HTTP.
 *
 *   GET  /                      the page (and its assets)
 *   GET  /page/people           -> Person[]: whom one can be
 *   GET  /page/state?as=U1      -> PageState: everything that person can see, nothing else
 *   GET  /page/changes          -> server-sent events; each `data: {"version": n}` says "fetch the state again"
 *   POST /page/act              PageAct -> ActResult
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
  /** Seen by the viewer alone, gone after the sandbox restarts. */
  ephemeral: boolean
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

/** An open modal: Slack's view object plus its id and hash. */
export interface OpenView {
  id: string
  view: Record<string, unknown>
  /** Validation errors by block_id, after a submission the app refused with response_action 'errors'. */
  errors: Record<string, string>
}

export interface PageState {
  version: number
  workspace: { id: string; name: string }
  viewer: string
  people: Person[]
  groups: UserGroup[]
  commands: SlashCommand[]
  conversations: Conversation[]
  /** Top of the viewer's modal stack, if any. */
  modal: OpenView | null
  /** The Home tab the app last published for the viewer. */
  home: { app: string; view: Record<string, unknown> | null }
}

/** What the person at the keyboard does. `as` is always the viewer. */
export type PageAct =
  | { type: 'message'; as: string; channel: string; text: string }
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
  | { type: 'home.open'; as: string }
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
