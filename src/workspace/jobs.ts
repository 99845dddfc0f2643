import { inWorkspace } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { Platform } from '../platform/platform.ts'
import { RetryAfter } from '../platform/queue.ts'
import type { Slack } from '../platform/slack.ts'
import { SlackFailure } from '../platform/slack-failure.ts'
import { memberOf, userGroupOf } from './member.ts'
import { keepChannels, saveChannel, saveMembers, saveUserGroup } from './store.ts'

const SYNC = 'workspace.sync'

interface SyncJob {
  workspaceId: string
}

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  platform.queue.work<SyncJob>({ name: SYNC, retryLimit: 20 }, (job) => sync(platform, job))
}

/** Has the directory read anew. `occasion` keeps one reading apart from another. */
export async function requestSync(platform: Platform, workspaceId: string, occasion: string): Promise<void> {
  await platform.queue.send(SYNC, { id: naturalId(SYNC, workspaceId, occasion), data: { workspaceId } })
}

/** Reads who is here, in which groups, and where the app is. Each part replaces what was known. */
async function sync(platform: Platform, { workspaceId }: SyncJob): Promise<void> {
  const slack = platform.slackOf(workspaceId)
  try {
    const members = await syncMembers(platform, slack, workspaceId)
    const groups = await syncGroups(platform, slack, workspaceId)
    const channels = await syncChannels(platform, slack, workspaceId)
    platform.log.info({ workspace: workspaceId, members, groups, channels }, 'workspace.synced')
  } catch (error) {
    if (error instanceof SlackFailure && error.retryAfterSeconds !== null)
      throw new RetryAfter(error.retryAfterSeconds, error)
    throw error
  }
}

async function syncMembers(platform: Platform, slack: Slack, workspaceId: string): Promise<number> {
  let count = 0
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page = await slack.users(cursor)
    const members = page.items.map((user) => memberOf(user, workspaceId))
    await inWorkspace(platform.jobsDb, workspaceId, (tenant) => saveMembers(tenant, members))
    count += members.length
    cursor = page.next
  }
  return count
}

/** Free plans have no user groups, and say so with one of these. */
const NO_GROUPS = ['plan_upgrade_required', 'paid_teams_only', 'missing_scope']

async function syncGroups(platform: Platform, slack: Slack, workspaceId: string): Promise<number> {
  try {
    const groups = await slack.userGroups()
    for (const group of groups) {
      await inWorkspace(platform.jobsDb, workspaceId, (tenant) => saveUserGroup(tenant, userGroupOf(group)))
    }
    return groups.length
  } catch (error) {
    if (error instanceof SlackFailure && NO_GROUPS.includes(error.code)) return 0
    throw error
  }
}

async function syncChannels(platform: Platform, slack: Slack, workspaceId: string): Promise<number> {
  const found: string[] = []
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page = await slack.channels(cursor)
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
    cursor = page.next
  }
  await inWorkspace(platform.jobsDb, workspaceId, (tenant) => keepChannels(tenant, found))
  return found.length
}
