/** What an admin does about digests. Whether somebody is one is asked by whoever calls. */
import type { Tenant } from '../platform/database.ts'
import { isNaturalId, naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { Message, Modal } from '../platform/slack.ts'
import { listScopes } from '../workspace/profile-store.ts'
import { FILES } from '../workspace/scopes.ts'
import { getSetting } from '../workspace/settings-store.ts'
import { csvOf } from './csv.ts'
import * as ledger from './delivery-store.ts'
import * as messages from './messages.ts'
import { monthAt, monthBefore, monthNamed } from './month.ts'
import { countsSince, findFigures } from './month-store.ts'
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

export const EXPORT = 'digest.export'

/** Gives somebody the figures of a month as a file. */
export interface ExportJob {
  workspaceId: string
  month: string
  to: string
}

/** Has the figures of a month that was told sent to an admin, and answers what they see meanwhile. */
export async function exportFigures(
  tenant: Tenant,
  platform: Platform,
  { request, to, month }: { request: string; to: string; month: string },
): Promise<Modal | Message | null> {
  const figures = await findFigures(tenant, month)
  if (!figures) return null
  if (!(await listScopes(tenant)).includes(FILES)) return messages.exported(figures.month, csvOf(figures))
  const { workspaceId } = tenant
  const data: ExportJob = { workspaceId, month, to }
  await platform.queue.enqueue(tenant, EXPORT, [{ id: naturalId(EXPORT, workspaceId, request), data }])
  return messages.fileOnItsWay(figures.month)
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
  // What was told stays so, whatever was taken back since.
  if (since >= month.until && !(await findFigures(tenant, month.name))) {
    return messages.beforeCounting(since, month.name)
  }
  const { workspaceId } = tenant
  const data: ShowJob = { workspaceId, month: month.name, zone, to, isTest }
  await platform.queue.enqueue(tenant, SHOW, [{ id: naturalId(SHOW, workspaceId, request), data }])
  return messages.onItsWay(month.name)
}

/** Posts a digest once more that perhaps, or certainly, did not arrive. False when that was done before. */
export async function postAgain(tenant: Tenant, platform: Platform, deliveryId: string): Promise<boolean> {
  const delivery = isNaturalId(deliveryId) ? await ledger.findDelivery(tenant, deliveryId) : null
  if (!delivery || !(await ledger.sendAgain(tenant, delivery))) return false
  const data: PostJob = { workspaceId: tenant.workspaceId, deliveryId }
  await platform.queue.enqueue(tenant, POST, [{ id: naturalId(POST, deliveryId, String(delivery.attempt + 1)), data }])
  return true
}
