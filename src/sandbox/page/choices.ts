import type { Person } from '../contract.ts'
import type { Choice } from './picker.tsx'

/** People to pick from, found by name, handle and team. Those who left are not offered. */
export function peopleChoices(people: Person[]): Choice[] {
  return people
    .filter(({ kind }) => kind !== 'deactivated')
    .map((person) => ({
      id: person.id,
      label: person.realName,
      detail: person.title || (person.kind === 'member' ? '' : person.kind),
      keywords: `${person.name} ${person.team}`,
      person,
    }))
}
