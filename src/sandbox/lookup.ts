import type { SlackChannel, SlackGroup, SlackPerson, SlackState } from './slack/state.ts'

/** An id, the name people use ('ann' or '@ann', 'general' or '#general'), or the thing itself. */
export type Named = string | { id: string }

/** Finds things however they are named. Throws when there is none. */
export interface Lookup {
  person(named: Named): SlackPerson
  channel(named: Named): SlackChannel
  group(named: Named): SlackGroup
}

export function lookupIn(state: SlackState): Lookup {
  return {
    person: (named) => find('Nobody', state.people, named, (person, name) => person.name === name.replace(/^@/, '')),
    channel: (named) => find('No channel', state.channels, named, (one, name) => one.name === name.replace(/^#/, '')),
    group: (named) =>
      find('No user group', state.groups, named, (group, name) => group.handle === name.replace(/^@/, '')),
  }
}

function find<T>(none: string, all: Record<string, T>, named: Named, isCalled: (one: T, name: string) => boolean): T {
  const name = typeof named === 'string' ? named : named.id
  const found = all[name] ?? Object.values(all).find((one) => isCalled(one, name))
  if (!found) throw new Error(`${none} here is called ${name}`)
  return found
}
