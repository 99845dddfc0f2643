/** What somebody can have done with all that is kept about them: it is given to them, or erased. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { Platform } from '../platform/platform.ts'
import type { MessagePlace } from '../platform/slack.ts'

export const ERASE = 'own-data.erase'
export const TAKE_AWAY = 'own-data.take-away'
export const EXPORT = 'own-data.export'

export interface EraseJob {
  workspaceId: string
  member: string
  /** The kudos they wrote go as well. */
  written: boolean
}

export interface TakeAwayJob {
  workspaceId: string
  places: MessagePlace[]
}

export interface ExportJob {
  workspaceId: string
  member: string
  /** Keeps one export apart from another. */
  request: string
  /** Which message of it comes next, from 0 on. */
  part: number
  /** A hash of what the messages before were parts of; null before the first. */
  of: string | null
}

/** Has everything about somebody sent to them. `request` makes it itself: twice is once. */
export async function askForExport(
  tenant: Tenant,
  { queue }: Pick<Platform, 'queue'>,
  { member, request }: Pick<ExportJob, 'member' | 'request'>,
): Promise<void> {
  await enqueuePart(tenant, { queue }, { workspaceId: tenant.workspaceId, member, request, part: 0, of: null })
}

export async function enqueuePart(tenant: Tenant, { queue }: Pick<Platform, 'queue'>, job: ExportJob): Promise<void> {
  await queue.enqueue(tenant, EXPORT, [{ id: exportId(job), data: job }])
}

/** The job's own id. */
export const exportId = (job: ExportJob): string =>
  naturalId(EXPORT, job.workspaceId, job.member, job.request, String(job.part), job.of ?? '')

/** Has everything about somebody erased. `request` makes it itself: twice is once. */
export async function askForErasure(
  tenant: Tenant,
  { queue }: Pick<Platform, 'queue'>,
  { member, written, request }: Pick<EraseJob, 'member' | 'written'> & { request: string },
): Promise<void> {
  const { workspaceId } = tenant
  const data: EraseJob = { workspaceId, member, written }
  await queue.enqueue(tenant, ERASE, [{ id: naturalId(ERASE, workspaceId, member, request), data }])
}
