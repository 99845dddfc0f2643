/** Teams from a field of profiles: Slack is asked about one person at a time, and only about those in check-ins. */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { listJoined } from './participant-store.ts'
import { saveProfileFields, saveScopes } from './profile-store.ts'
import { PROFILES } from './scopes.ts'
import { getSetting } from './settings-store.ts'
import { teamName } from './team.ts'
import { saveTeamClaims, type TeamClaim } from './team-store.ts'

const READ = 'workspace.read-profiles'
/** People a job asks about. What comes after is the next job's, so that no wait costs what was read. */
const BATCH = 20

interface ReadJob {
  workspaceId: string
  /** Keeps one reading apart from another. */
  occasion: string
  /** This person alone; null for everybody, by id, after the one given. */
  only: string | null
  after: string | null
}

export function register(platform: Platform): void {
  platform.queue.work<ReadJob>({ name: READ, retryLimit: 50 }, (job) => readProfiles(platform, job))
}

/** Has the chosen field read anew, of everybody in check-ins or of one person, in the tenant's transaction. */
export async function requestProfiles(
  platform: Platform,
  tenant: Tenant,
  occasion: string,
  only: string | null = null,
): Promise<void> {
  if ((await getSetting(tenant, 'teams.field')) === null) return
  const { workspaceId } = tenant
  await platform.queue.enqueue(tenant, READ, [jobOf({ workspaceId, occasion, only, after: null })])
}

const jobOf = (job: ReadJob) => ({
  id: naturalId(READ, job.workspaceId, job.occasion, job.only ?? 'everybody', job.after ?? 'first'),
  data: job,
})

async function readProfiles(platform: Platform, job: ReadJob): Promise<void> {
  const { workspaceId, occasion, only } = job
  const { field, ids } = await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => ({
    field: await getSetting(tenant, 'teams.field'),
    ids: only ? [only] : await listJoined(tenant, job.after, BATCH),
  }))
  if (field === null || ids.length === 0) return
  const { claims, failure } = await readClaims(platform, workspaceId, field, ids)
  if (failure instanceof SlackFailure && failure.code === 'missing_scope') {
    platform.log.warn({ workspace: workspaceId }, `${READ}.missing-scope`)
    return
  }
  const last = claims.at(-1)?.memberId
  if (last === undefined) throw orLater(failure)
  await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    // Another field may have been chosen meanwhile.
    if ((await getSetting(tenant, 'teams.field')) !== field) return
    await saveTeamClaims(tenant, 'field', claims, instant(platform.clock))
    if (only === null) await platform.queue.enqueue(tenant, READ, [jobOf({ workspaceId, occasion, only, after: last })])
  })
  platform.log.info({ workspace: workspaceId, people: claims.length }, READ)
}

/** As many as Slack answers for, and what ended it. */
async function readClaims(
  platform: Platform,
  workspaceId: string,
  field: string,
  ids: string[],
): Promise<{ claims: TeamClaim[]; failure: unknown }> {
  const slack = platform.slackOf(workspaceId)
  const claims: TeamClaim[] = []
  for (const memberId of ids) {
    try {
      claims.push({ memberId, team: teamName(await slack.profileField(memberId, field)) })
    } catch (failure) {
      if (!isGone(failure)) return { claims, failure }
      claims.push({ memberId, team: null })
    }
  }
  return { claims, failure: null }
}

/** Looks what the app was granted, and if profiles are among it, which fields there are. Throws SlackFailure. */
export async function syncGranted(platform: Platform, workspaceId: string, occasion: string): Promise<void> {
  const slack = platform.slackOf(workspaceId)
  const { scopes } = await slack.identify()
  const fields = scopes.includes(PROFILES) ? await slack.profileFields() : []
  await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    await saveScopes(tenant, scopes)
    await saveProfileFields(tenant, fields)
    if (scopes.includes(PROFILES)) await requestProfiles(platform, tenant, occasion)
  })
}
