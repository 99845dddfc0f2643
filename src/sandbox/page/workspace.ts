import { createContext, useContext } from 'react'
import type { ActResult, Control, Conversation, PageAct, PageState, Person, Shortcut, UserGroup } from '../contract.ts'

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
/** An act whose `as` is filled in on the way: it is always the viewer. */
export type Act = Without<PageAct, 'as'>

/** What every part of the page may look up or do. */
export interface Workspace {
  state: PageState
  viewer: Person
  /** Everybody one can be: more than the viewer may see, if the viewer is a guest. */
  everybody: Person[]
  people: Map<string, Person>
  conversations: Map<string, Conversation>
  groups: Map<string, UserGroup>
  /** Resolves when the act was answered and the state after it has arrived. */
  act(act: Act): Promise<ActResult>
  /** The same for what no person does, but whoever holds the sandbox. */
  control(control: Control): Promise<ActResult>
  /** The workspace's present, in milliseconds: the last one heard of, moved on since. */
  now(): number
  /** Says something at the foot of the window. A refusal stays until it is closed. */
  notify(text: string, kind?: 'news' | 'refusal'): void
  /** Opens the little card about a person, next to what was clicked. */
  showPerson(id: string, anchor: HTMLElement): void
}

export const WorkspaceContext = createContext<Workspace | null>(null)

/** The workspace as the viewer sees it. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('Drawn outside of the page')
  return workspace
}

/** Looks everything up by id once per state. */
export function readWorkspace(
  state: PageState,
  given: Omit<Workspace, 'state' | 'people' | 'conversations' | 'groups'>,
): Workspace {
  return {
    state,
    ...given,
    people: new Map(state.people.map((person) => [person.id, person])),
    conversations: new Map(state.conversations.map((conversation) => [conversation.id, conversation])),
    groups: new Map(state.groups.map((group) => [group.id, group])),
  }
}

/** The bot user that stands for the app whose Home tab there is. */
export function appPerson(state: PageState): Person | undefined {
  return state.people.find((person) => person.id === state.home.app) ?? state.people.find(({ kind }) => kind === 'app')
}

/** The app's shortcuts that are started from anywhere. */
export function globalShortcuts({ shortcuts }: PageState): Shortcut[] {
  return shortcuts.filter(({ type }) => type === 'global')
}

/** True for channels, false for direct messages of two or more. */
export function isChannel({ kind }: Conversation): boolean {
  return kind === 'public' || kind === 'private' || kind === 'shared'
}

/** The people in a direct message besides the viewer; the viewer alone in a note to self. */
export function companions(conversation: Conversation, viewer: string): string[] {
  const others = conversation.members.filter((id) => id !== viewer)
  return others.length > 0 ? others : [viewer]
}

/** The direct message with the app, once there is one. */
export function appConversation(state: PageState): Conversation | undefined {
  const app = appPerson(state)
  return state.conversations.find(({ kind, members }) => kind === 'im' && app && members.includes(app.id))
}

/** Direct messages with an app or a bot are listed under Apps. */
export function isAppConversation(conversation: Conversation, workspace: Workspace): boolean {
  if (conversation.kind !== 'im') return false
  return companions(conversation, workspace.viewer.id).some((id) => {
    const kind = workspace.people.get(id)?.kind
    return kind === 'app' || kind === 'bot'
  })
}

/** "#general" or the other people's names. */
export function titleOf(conversation: Conversation): string {
  return isChannel(conversation) ? `#${conversation.name}` : conversation.name
}

/** True where the viewer has a composer. */
export function canWrite(conversation: Conversation, workspace: Workspace): boolean {
  return isInside(conversation, workspace) && !isAppConversation(conversation, workspace)
}

/** True where the viewer takes part, if only by reacting. */
export function isInside(conversation: Conversation, { viewer }: Workspace): boolean {
  return !conversation.archived && conversation.members.includes(viewer.id)
}

/** Whom one can be: those with a keyboard. */
export function canSpeak({ kind }: Person): boolean {
  return kind !== 'bot' && kind !== 'app' && kind !== 'deactivated'
}
