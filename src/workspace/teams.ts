import type { Tenant } from '../platform/database.ts'
import { getSetting } from './settings-store.ts'
import { renewGroupClaims } from './team-store.ts'

/** Brings everybody's team in line with the user groups that count as teams: after any change of either. */
export async function renewTeams(tenant: Tenant, now: Date): Promise<void> {
  await renewGroupClaims(tenant, await getSetting(tenant, 'teams.groups'), now)
}
