import { inWorkspace } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { Page, SlackChannel } from '../platform/slack.ts'
import { orLater, SlackFailure } from '../platform/slack-failure.ts'
import { learnUsers } from './learning.ts'
import { userGroupOf } from './member.ts'
import { keepChannels, saveChannel, saveUserGroup } from './store.ts'
import { renewTeams } from './teams.ts'

/** What is read anew, each by a queue of its own. */
type Part = 'members' | 'groups' | 'channels'

interface SyncJob {
  workspaceId: string
  /** Keeps one reading apart from another. */
  occasion: string
  /** Where to go on. A page is a job, so that a rate limit costs a wait and never what was read before. */
  cursor: string | null
}

const queueOf = (part: Part) => `workspace.sync-${part}`
const RETRIES = 50

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  const parts = { members: syncMembers, groups: syncGroups, channels: syncChannels }
  for (const [part, sync] of Object.entries(parts)) {
    platform.queue.work<SyncJob>({ name: queueOf(part as Part), retryLimit: RETRIES }, async (job) => {
      try {
        await sync(platform, job)
      } catch (error) {
        throw orLater(error)
      }
    })
  }
}

/** Has a part of the directory read anew; once for each occasion. */
export async function requestSync(
  platform: Platform,
  workspaceId: string,
  part: Part,
  occasion: string,
): Promise<void> {
  await enqueuePage(platform, part, { workspaceId, occasion, cursor: null })
}

async function enqueuePage(platform: Platform, part: Part, job: SyncJob): Promise<void> {
  const id = naturalId(queueOf(part), job.workspaceId, job.occasion, job.cursor ?? 'first')
  await platform.queue.send(queueOf(part), { id, data: job })
}

async function syncMembers(platform: Platform, job: SyncJob): Promise<void> {
  const page = await platform.slackOf(job.workspaceId).users(job.cursor)
  await inWorkspace(platform.jobsDb, job.workspaceId, (tenant) =>
    learnUsers(tenant, page.items, instant(platform.clock)),
  )
  if (page.next) await enqueuePage(platform, 'members', { ...job, cursor: page.next })
  platform.log.info(
    { workspace: job.workspaceId, members: page.items.length, more: page.next !== null },
    'workspace.synced',
  )
}

/** Free plans have no user groups, and say so with one of these. */
const NO_GROUPS = ['plan_upgrade_required', 'paid_teams_only', 'missing_scope']

/** One call brings all of them. */
async function syncGroups(platform: Platform, { workspaceId }: SyncJob): Promise<void> {
  try {
    const groups = await platform.slackOf(workspaceId).userGroups()
    for (const group of groups) {
      await inWorkspace(platform.jobsDb, workspaceId, (tenant) => saveUserGroup(tenant, userGroupOf(group)))
    }
    await inWorkspace(platform.jobsDb, workspaceId, (tenant) => renewTeams(tenant, instant(platform.clock)))
    platform.log.info({ workspace: workspaceId, groups: groups.length }, 'workspace.synced')
  } catch (error) {
    if (!(error instanceof SlackFailure && NO_GROUPS.includes(error.code))) throw error
  }
}

/** All pages in one go: which channels the app is no longer in shows only at the end, and they are few. */
async function syncChannels(platform: Platform, { workspaceId }: SyncJob): Promise<void> {
  const slack = platform.slackOf(workspaceId)
  const found: string[] = []
  let page: Page<SlackChannel> = { items: [], next: null }
  do {
    page = await slack.channels(page.next)
    const channels = page.items.filter((channel) => !channel.is_private)
    await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
      for (const channel of channels) {
        await saveChannel(tenant, {
          id: channel.id,
          isShared: channel.is_ext_shared === true || channel.is_pending_ext_shared === true,
          isArchived: channel.is_archived === true,
        })
      }
    })
    found.push(...channels.map((channel) => channel.id))
  } while (page.next)
  await inWorkspace(platform.jobsDb, workspaceId, (tenant) => keepChannels(tenant, found))
  platform.log.info({ workspace: workspaceId, channels: found.length }, 'workspace.synced')
}
