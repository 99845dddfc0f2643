import type { SlackChannel, SlackGroup, SlackPerson, SlackState } from './slack/state.ts'

/** Finds things by id or by the name people use: 'ann' or '@ann', 'general' or '#general'. Throws when there is none. */
export interface Lookup {
  person(name: string): SlackPerson
  channel(name: string): SlackChannel
  group(name: string): SlackGroup
}

export function lookupIn(state: SlackState): Lookup {
  return {
    person: (name) => find('Nobody', state.people, name, (person) => person.name === name.replace(/^@/, '')),
    channel: (name) => find('No channel', state.channels, name, (channel) => channel.name === name.replace(/^#/, '')),
    group: (name) => find('No user group', state.groups, name, (group) => group.handle === name.replace(/^@/, '')),
  }
}

function find<T>(none: string, all: Record<string, T>, name: string, isCalled: (one: T) => boolean): T {
  const found = all[name] ?? Object.values(all).find(isCalled)
  if (!found) throw new Error(`${none} here is called ${name}`)
  return found
}
