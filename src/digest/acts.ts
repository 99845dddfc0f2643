/** What an admin does about digests. Whether somebody is one is asked by whoever calls. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { Message } from '../platform/slack.ts'
import { getSetting } from '../workspace/settings-store.ts'
import * as ledger from './delivery-store.ts'
import * as messages from './messages.ts'
import { monthAt, monthBefore, monthNamed } from './month.ts'
import { countsSince } from './month-store.ts'
import { POST, type PostJob } from './posting-jobs.ts'

export const SHOW = 'digest.show'

/** Shows somebody a month, once for each time they ask. */
export interface ShowJob {
  workspaceId: string
  month: string
  zone: string
  to: string
  /** Says that the others do not get it now. */
  isTest: boolean
}

/** Has a month that is over sent to an admin; without a name it is the last one. Answers what they hear at once. */
export async function askForDigest(
  tenant: Tenant,
  platform: Platform,
  { request, to, month: name, isTest }: { request: string; to: string; month: string | null; isTest: boolean },
): Promise<Message> {
  const zone = await getSetting(tenant, 'workspace.zone')
  const current = monthAt(instant(platform.clock), zone)
  const month = name === null ? monthBefore(current) : monthNamed(name, zone)
  if (!month) return messages.noSuchMonth()
  if (month.from >= current.from) return messages.notOver(month.name)
  const since = await countsSince(tenant)
  if (since >= month.until) return messages.beforeCounting(since, month.name)
  const { workspaceId } = tenant
  const data: ShowJob = { workspaceId, month: month.name, zone, to, isTest }
  await platform.queue.enqueue(tenant, SHOW, [{ id: naturalId(SHOW, workspaceId, request), data }])
  return messages.onItsWay(month.name)
}

/** Posts a digest once more that perhaps, or certainly, did not arrive. False when that was done before. */
export async function postAgain(tenant: Tenant, platform: Platform, deliveryId: string): Promise<boolean> {
  const delivery = /^[0-9a-f-]{36}$/.test(deliveryId) ? await ledger.findDelivery(tenant, deliveryId) : null
  if (!delivery || !(await ledger.sendAgain(tenant, delivery))) return false
  const data: PostJob = { workspaceId: tenant.workspaceId, deliveryId }
  await platform.queue.enqueue(tenant, POST, [{ id: naturalId(POST, deliveryId, String(delivery.attempt + 1)), data }])
  return true
}
