import type { Tenant } from '../platform/database.ts'
import { NO_PERSON } from './member.ts'
import { getSetting, noteChange } from './settings-store.ts'
import { readKinds } from './store.ts'
import { endFieldClaims, findClaim, renewGroupClaims, saveTeamClaims } from './team-store.ts'

/** Brings everybody's team in line with the user groups that count as teams: after any change of either. */
export async function renewTeams(tenant: Tenant, now: Date): Promise<void> {
  await renewGroupClaims(tenant, await getSetting(tenant, 'teams.groups'), now)
}

/** Another profile field names the team, or none: what the old one said ends, but for people who are asked anew at once. */
export async function changeField(tenant: Tenant, now: Date): Promise<void> {
  const field = await getSetting(tenant, 'teams.field')
  await endFieldClaims(tenant, field === null ? 'everybody' : 'others', now)
}

/**
 * An admin sets people's team, or with null takes back what an admin set. Answers 'nobody', and sets none, when one of them is
 * no person here.
 */
export async function setTeam(
  tenant: Tenant,
  set: { people: string[]; team: string | null; by: string },
  now: Date,
): Promise<'set' | 'nobody'> {
  const { people, team, by } = set
  const kinds = await readKinds(tenant, people)
  const isNobody = (id: string) => {
    const kind = kinds.get(id)
    return kind === undefined || NO_PERSON[kind]
  }
  if (people.length === 0 || people.some(isNobody)) return 'nobody'
  const before = new Map<string, string | null>()
  for (const memberId of people) before.set(memberId, await findClaim(tenant, memberId, 'admin'))
  const changed = people.filter((memberId) => before.get(memberId) !== team)
  if (changed.length === 0) return 'set'
  const claims = changed.map((memberId) => ({ memberId, team }))
  await saveTeamClaims(tenant, 'admin', claims, now)
  for (const memberId of changed) {
    const of = (name: string | null) => [memberId, ...(name === null ? [] : [name])]
    await noteChange(tenant, {
      key: 'teams.person',
      previous: of(before.get(memberId) ?? null),
      value: of(team),
      by,
      at: now,
    })
  }
  return 'set'
}
