import { inWorkspace, type Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { LANES } from '../platform/queue.ts'
import type { Page, SlackChannel, SlackUser } from '../platform/slack.ts'
import { orLater, SlackFailure } from '../platform/slack-failure.ts'
import { keepChannels, saveChannel } from './channel-store.ts'
import { channelOf } from './channels.ts'
import { everyMinute } from './every-minute.ts'
import { learnUsers } from './learning.ts'
import { userGroupOf } from './member.ts'
import { register as registerProfiles, syncGranted } from './profile-jobs.ts'
import { beginReading, dailyReading, endReading, isReading } from './reading-store.ts'
import { listWorkspaces, saveUserGroup } from './store.ts'
import { renewTeams } from './teams.ts'

/** What is read anew, each by a queue of its own. */
type Part = 'members' | 'groups' | 'channels' | 'granted'

interface SyncJob {
  workspaceId: string
  /** Keeps one reading apart from another. */
  occasion: string
  /** Where to go on. A page is a job, so that a rate limit costs a wait and never what was read before. */
  cursor: string | null
}

const queueOf = (part: Part) => `workspace.sync-${part}`
const EVERYWHERE = 'workspace.sync-everywhere'
const RETRIES = 50

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  const parts = {
    members: (job: SyncJob) => syncMembers(platform, job),
    groups: (job: SyncJob) => syncGroups(platform, job),
    channels: (job: SyncJob) => syncChannels(platform, job),
    granted: ({ workspaceId, occasion }: SyncJob) => syncGranted(platform, workspaceId, occasion),
  }
  for (const [part, sync] of Object.entries(parts)) {
    platform.queue.work<SyncJob>({ name: queueOf(part as Part), retryLimit: RETRIES, lanes: LANES }, async (job) => {
      try {
        await sync(job)
      } catch (error) {
        throw orLater(error)
      }
    })
  }
  platform.queue.work<{ occasion: string }>({ name: EVERYWHERE, retryLimit: RETRIES }, async ({ occasion }) => {
    for (const workspace of await listWorkspaces(platform.jobsDb)) {
      await inWorkspace(platform.jobsDb, workspace, (tenant) => requestAll(platform, tenant, occasion))
    }
  })
  registerProfiles(platform)
  everyMinute(platform, 'workspace.sync', async (tenant, now) => {
    const occasion = await dailyReading(tenant, now)
    if (occasion !== null) await requestAll(platform, tenant, occasion)
  })
}

/** Has the directories of all workspaces read anew: a job, so that a start need not wait for how many there are. */
export async function requestEverywhere({ queue }: Platform, occasion: string): Promise<void> {
  await queue.send(EVERYWHERE, { id: naturalId(EVERYWHERE, occasion), data: { occasion } })
}

/** Has the whole directory read anew, in the tenant's transaction. */
export async function requestAll(platform: Platform, tenant: Tenant, occasion: string): Promise<void> {
  for (const part of ['channels', 'groups', 'granted'] as const) await enqueue(platform, tenant, part, occasion)
  const now = instant(platform.clock)
  if (await beginReading(tenant, occasion, now)) await enqueue(platform, tenant, 'members', occasion)
}

/** Has a part of the directory read anew; once for each occasion. */
export async function requestSync(
  platform: Platform,
  workspaceId: string,
  part: Exclude<Part, 'members'>,
  occasion: string,
): Promise<void> {
  await inWorkspace(platform.db, workspaceId, (tenant) => enqueue(platform, tenant, part, occasion))
}

async function enqueue(
  platform: Platform,
  tenant: Tenant,
  part: Part,
  occasion: string,
  cursor: string | null = null,
): Promise<void> {
  const { workspaceId } = tenant
  const id = naturalId(queueOf(part), workspaceId, occasion, cursor ?? 'first')
  await platform.queue.enqueue(tenant, queueOf(part), [{ id, data: { workspaceId, occasion, cursor } }])
}

async function syncMembers(platform: Platform, { workspaceId, occasion, cursor }: SyncJob): Promise<void> {
  const page = await readPage(platform, workspaceId, cursor)
  await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    const now = instant(platform.clock)
    // A cursor that waited too long is none any more: the list begins again.
    if (page === 'begin again') return await begin(`${occasion} again`)
    await learnUsers(tenant, page.items, now)
    if (page.next !== null) {
      if (await isReading(tenant, occasion)) await enqueue(platform, tenant, 'members', occasion, page.next)
      return
    }
    const next = await endReading(tenant, occasion, now)
    if (next !== null) await begin(next)

    async function begin(another: string) {
      await endReading(tenant, occasion, null)
      if (await beginReading(tenant, another, now)) await enqueue(platform, tenant, 'members', another)
    }
  })
  const members = page === 'begin again' ? 0 : page.items.length
  platform.log.info({ workspace: workspaceId, members, occasion }, 'workspace.synced')
}

async function readPage(
  platform: Platform,
  workspaceId: string,
  cursor: string | null,
): Promise<Page<SlackUser> | 'begin again'> {
  try {
    return await platform.slackOf(workspaceId).users(cursor)
  } catch (error) {
    if (error instanceof SlackFailure && error.code === 'invalid_cursor') return 'begin again'
    throw error
  }
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
      for (const channel of channels) await saveChannel(tenant, channelOf(channel))
    })
    found.push(...channels.map((channel) => channel.id))
  } while (page.next)
  await inWorkspace(platform.jobsDb, workspaceId, (tenant) => keepChannels(tenant, found))
  platform.log.info({ workspace: workspaceId, channels: found.length }, 'workspace.synced')
}
