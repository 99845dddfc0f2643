import type { Conversation, PageState, Person } from '../contract.ts'
import { globalShortcuts, isChannel } from './workspace.ts'

/** The beginning of a command, a mention or a channel that is being typed. */
export interface Trigger {
  kind: 'command' | 'person' | 'channel'
  /** What was typed after the sign. */
  query: string
  /** Where the sign stands, and where the query ends. */
  start: number
  end: number
}

/** Something that could complete it. */
export interface Completion {
  /** What is written, the sign included. */
  text: string
  label: string
  detail: string
  person?: Person
  /** The callback_id of the shortcut it starts, instead of being written. */
  shortcut?: string
}

const most = 8
const broadcasts = [
  { name: 'here', detail: 'Notify every online member in this channel.' },
  { name: 'channel', detail: 'Notify everyone in this channel.' },
  { name: 'everyone', detail: 'Notify everyone in your workspace.' },
]

/** What is being typed right before the caret, if it can be completed. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(0, caret)
  const command = /^\/(\S*)$/.exec(before)
  if (command) return { kind: 'command', query: command[1] ?? '', start: 0, end: caret }
  const mention = /(?:^|[\s(])([@#])([\p{L}\p{N}._'-]*)$/u.exec(before)
  if (!mention) return null
  const query = mention[2] ?? ''
  return { kind: mention[1] === '@' ? 'person' : 'channel', query, start: caret - query.length - 1, end: caret }
}

/** The best few completions. In a thread there are no commands, but shortcuts. */
export function completionsFor(trigger: Trigger, state: PageState, inThread = false): Completion[] {
  const query = trigger.query.toLowerCase()
  return allOf(trigger.kind, state)
    .filter(({ shortcut }) => trigger.kind !== 'command' || !inThread || shortcut)
    .map((completion) => ({ completion, rank: rankOf(completion, query) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ completion }) => completion)
}

/** The text with the completion in place of what was typed, and where the caret goes. */
export function complete(text: string, trigger: Trigger, completion: Completion): { text: string; caret: number } {
  const before = `${text.slice(0, trigger.start)}${completion.text} `
  return { text: before + text.slice(trigger.end).replace(/^ /, ''), caret: before.length }
}

function allOf(kind: Trigger['kind'], state: PageState): Completion[] {
  if (kind === 'command') {
    const commands = state.commands.map(({ command, description, usageHint }) => ({
      text: command,
      label: usageHint ? `${command} ${usageHint}` : command,
      detail: description,
    }))
    const shortcuts = globalShortcuts(state).map(({ callbackId, name, description }) => ({
      text: `/${name}`,
      label: name,
      detail: description,
      shortcut: callbackId,
    }))
    return [...commands, ...shortcuts]
  }
  if (kind === 'channel') {
    return state.conversations.filter(nameable).map(({ name, topic }) => ({
      text: `#${name}`,
      label: `#${name}`,
      detail: topic,
    }))
  }
  // One seldom means oneself.
  const viewerLast = (one: Person, other: Person) => Number(one.id === state.viewer) - Number(other.id === state.viewer)
  return [
    ...state.people
      .filter((person) => person.kind !== 'deactivated')
      .sort(viewerLast)
      .map((person) => ({ text: `@${person.name}`, label: person.realName, detail: `@${person.name}`, person })),
    ...state.groups.map(({ handle, name, users }) => ({
      text: `@${handle}`,
      label: name,
      detail: `@${handle} · ${users.length} people`,
    })),
    ...broadcasts.map(({ name, detail }) => ({ text: `@${name}`, label: `@${name}`, detail })),
  ]
}

function nameable(conversation: Conversation): boolean {
  return isChannel(conversation) && !conversation.archived
}

/** 0 if it is the handle, 1 if the handle begins with it, 2 if another word does, 3 if it does not fit. */
function rankOf({ text, label }: Completion, query: string): number {
  const handle = text.slice(1).toLowerCase()
  if (handle === query) return 0
  if (handle.startsWith(query)) return 1
  const words = label.toLowerCase().split(/[\s.@#/-]+/)
  return words.some((word) => word.startsWith(query)) ? 2 : 3
}
