/** What people do with kudos after giving them: each act is one transaction's worth of reading, deciding and writing. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { insertCard } from './delivery-store.ts'
import { cardId, DELIVER, type DeliverJob, kudosChannel } from './giving.ts'
import * as store from './store.ts'

export const UNDO_MINUTES = 5

export const RETRACT = 'kudos.retract'

export interface RetractJob {
  workspaceId: string
  kudosId: string
}

export type WithdrawOutcome = 'withdrawn' | 'withdrawn before' | 'too late' | 'not yours'

/** Takes a kudos back: from now on it counts nowhere, and what was posted is removed. */
export async function withdraw(
  tenant: Tenant,
  platform: Platform,
  request: { kudosId: string; giver: string; withinMinutes: number | null },
): Promise<WithdrawOutcome> {
  const kudos = await store.findKudos(tenant, request.kudosId)
  if (kudos?.giver !== request.giver) return 'not yours'
  if (kudos.withdrawn) return 'withdrawn before'
  const now = instant(platform.clock)
  const age = now.getTime() - kudos.givenAt.getTime()
  if (request.withinMinutes !== null && age > request.withinMinutes * 60_000) return 'too late'
  if (!(await store.markWithdrawn(tenant, kudos.id, request.giver, now))) return 'withdrawn before'
  await retract(tenant, platform, kudos.id, 'withdrawn')
  return 'withdrawn'
}

/** Has what was posted of a withdrawn kudos removed. `occasion` keeps one occasion's job apart from another's. */
export async function retract(tenant: Tenant, platform: Platform, kudosId: string, occasion: string): Promise<void> {
  const data: RetractJob = { workspaceId: tenant.workspaceId, kudosId }
  await platform.queue.enqueue(tenant, RETRACT, [{ id: naturalId(RETRACT, kudosId, occasion), data }])
}

export type PostOutcome = { kind: 'posted'; channel: string } | { kind: 'withdrawn' | 'no channel' | 'not yours' }

/** Shows a kudos that was said in private in the kudos channel, because its giver says so. Twice is once. */
export async function postCard(
  tenant: Tenant,
  platform: Platform,
  request: { kudosId: string; giver: string; responseUrl: string },
): Promise<PostOutcome> {
  const kudos = await store.findKudos(tenant, request.kudosId)
  if (kudos?.giver !== request.giver) return { kind: 'not yours' }
  if (kudos.withdrawn) return { kind: 'withdrawn' }
  const channel = await kudosChannel(tenant)
  if (!channel) return { kind: 'no channel' }
  const id = cardId(kudos.id, channel)
  if (await insertCard(tenant, { id, kudosId: kudos.id, channel })) {
    const { responseUrl } = request
    const data: DeliverJob = { workspaceId: tenant.workspaceId, kudosId: kudos.id, deliveries: [id], responseUrl }
    await platform.queue.enqueue(tenant, DELIVER, [{ id, data }])
  }
  return { kind: 'posted', channel }
}
