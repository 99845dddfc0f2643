/** Telling the admins what went wrong with prompts: one message, however many there were. */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { Platform } from '../platform/platform.ts'
import { isGone, orLater } from '../platform/slack-failure.ts'
import { listAdmins } from '../workspace/admin-store.ts'
import { notice } from './messages.ts'
import { gatherUntold, listNoticed } from './notice-store.ts'

export const TELL = 'prompts.tell'

export interface TellJob {
  workspaceId: string
  noticeId: string
  to: string
}

/** Enough for one of them to be at work. */
const ADMINS_TOLD = 5

/** Has the admins told of what they have not heard yet. Whatever of it is told belongs to this one notice for good. */
export async function lookForUntold(tenant: Tenant, platform: Platform, now: Date): Promise<void> {
  const { workspaceId } = tenant
  const noticeId = naturalId(TELL, workspaceId, String(now.getTime()))
  if (!(await gatherUntold(tenant, noticeId))) return
  const admins = await listAdmins(tenant, [], ADMINS_TOLD)
  if (admins.length === 0) platform.log.warn({ workspace: workspaceId }, `${TELL}.nobody`)
  const jobs = admins.map((to) => {
    const data: TellJob = { workspaceId, noticeId, to }
    return { id: naturalId(TELL, noticeId, to), data }
  })
  await platform.queue.enqueue(tenant, TELL, jobs)
}

export async function tellAdmin(platform: Platform, { workspaceId, noticeId, to }: TellJob): Promise<void> {
  const posts = await inWorkspace(platform.jobsDb, workspaceId, (tenant) => listNoticed(tenant, noticeId))
  if (posts.length === 0) return
  try {
    await platform.slackOf(workspaceId).post(to, notice(noticeId, posts))
  } catch (error) {
    if (!isGone(error)) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId }, `${TELL}.not-told`)
  }
}
