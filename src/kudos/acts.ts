/** What people do with kudos after giving them: each act is one transaction's worth of reading, deciding and writing. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { type DeliveryKind, insertDeliveries, type NewDelivery } from './delivery-store.ts'
import { DELIVER } from './entering.ts'
import { kudosChannel } from './giving.ts'
import { cardId, type DeliverJob } from './new-kudos.ts'
import * as store from './store.ts'
import { shownRecipients } from './visibility.ts'
import * as writing from './writing-store.ts'

export const UNDO_MINUTES = 5

export const REDRAW = 'kudos.redraw'

export interface RedrawJob {
  workspaceId: string
  kudosId: string
  /** Which of what was posted; everything where nothing is said. */
  kinds?: DeliveryKind[]
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
  if (!(await writing.markWithdrawn(tenant, kudos.id, now))) return 'withdrawn before'
  await redraw(tenant, platform, kudos.id, 'withdrawn')
  return 'withdrawn'
}

/** Has what was posted of a kudos brought in line with how it stands. `occasion` keeps one job apart from another. */
export async function redraw(
  tenant: Tenant,
  platform: Platform,
  kudosId: string,
  occasion: string,
  kinds?: DeliveryKind[],
): Promise<void> {
  const data: RedrawJob = { workspaceId: tenant.workspaceId, kudosId, ...(kinds && { kinds }) }
  await platform.queue.enqueue(tenant, REDRAW, [{ id: naturalId(REDRAW, kudosId, occasion), data }])
}

/** Has something more posted about a kudos. False when all of it was before. */
export async function deliver(
  tenant: Tenant,
  platform: Platform,
  kudosId: string,
  deliveries: NewDelivery[],
  responseUrl: string | null,
): Promise<boolean> {
  const [first] = deliveries
  if (!first || !(await insertDeliveries(tenant, deliveries))) return false
  const ids = deliveries.map(({ id }) => id)
  const data: DeliverJob = { workspaceId: tenant.workspaceId, kudosId, deliveries: ids, responseUrl }
  await platform.queue.enqueue(tenant, DELIVER, [{ id: first.id, data }])
  return true
}

export type PostOutcome =
  | { kind: 'posted'; channel: string }
  | { kind: 'withdrawn' | 'no channel' | 'not yours' | 'private' }

/** Shows a kudos that was said in private in the kudos channel, because its giver says so. Twice is once. */
export async function postCard(
  tenant: Tenant,
  platform: Platform,
  request: { kudosId: string; giver: string; responseUrl: string | null },
): Promise<PostOutcome> {
  const kudos = await store.findKudos(tenant, request.kudosId)
  if (kudos?.giver !== request.giver) return { kind: 'not yours' }
  if (kudos.withdrawn) return { kind: 'withdrawn' }
  if (shownRecipients(kudos).length === 0) return { kind: 'private' }
  const target = await kudosChannel(tenant)
  if (!target) return { kind: 'no channel' }
  const card: NewDelivery = { id: cardId(kudos.id, target), kind: 'card', target, kudosId: kudos.id }
  await deliver(tenant, platform, kudos.id, [card], request.responseUrl)
  return { kind: 'posted', channel: target }
}

export type KeepPrivateOutcome = 'kept' | 'kept before' | 'not yours' | 'withdrawn'

/** A recipient does not want to be seen with a kudos: from now on no card names them, and no number shows it as theirs. */
export async function keepPrivate(
  tenant: Tenant,
  platform: Platform,
  request: { kudosId: string; member: string },
): Promise<KeepPrivateOutcome> {
  const kudos = await writing.holdKudos(tenant, request.kudosId, 'change')
  if (!kudos?.recipients.includes(request.member)) return 'not yours'
  if (kudos.withdrawn) return 'withdrawn'
  if (kudos.isPrivate || !(await writing.markKeptPrivate(tenant, kudos.id, request.member))) return 'kept before'
  await redraw(tenant, platform, kudos.id, `kept private by ${request.member}`)
  return 'kept'
}
