/** What people decide about their own part: each act is one transaction's worth of reading, deciding and writing. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { listAdmins } from '../workspace/admin-store.ts'
import { readStatus } from '../workspace/contact.ts'
import { standing, type WorkingHours } from '../workspace/participation.ts'
import { listAvoided, readParticipation, saveAvoided, saveParticipation } from '../workspace/participation-store.ts'
import { requestProfiles } from '../workspace/profile-jobs.ts'
import { getSetting } from '../workspace/settings-store.ts'
import { findMember } from '../workspace/store.ts'
import { findTeam, saveTeamClaims } from '../workspace/team-store.ts'
import { type PauseUntil, pauseEnd } from './command.ts'

export const FEEDBACK = 'home.feedback'
/** Enough for one of them to be at work. */
const ADMINS_TOLD = 5
export const MOST_AVOIDED = 50

export interface FeedbackJob {
  workspaceId: string
  from: string
  /** Slack markup. */
  text: string
  to: string
}

export type MayJoin = 'may join' | 'joined before' | 'no guests' | 'not known'

/** Whether somebody can join check-ins: guests as the workspace decided, those of a single channel never. */
export async function mayJoin(tenant: Tenant, member: string): Promise<MayJoin> {
  const found = await findMember(tenant, member)
  switch (found?.kind) {
    case 'member':
      break
    case 'guest':
      if (!(await getSetting(tenant, 'check-ins.guests'))) return 'no guests'
      break
    case 'single-channel guest':
      return 'no guests'
    default:
      return 'not known'
  }
  return (await readParticipation(tenant, member)).joined ? 'joined before' : 'may join'
}

/** Joins check-ins. `team` is what they say of themselves, where nothing stronger is known. */
export async function join(tenant: Tenant, platform: Platform, member: string, team: string | null): Promise<MayJoin> {
  const may = await mayJoin(tenant, member)
  if (may !== 'may join') return may
  const now = instant(platform.clock)
  await saveParticipation(tenant, member, { joined: true, pausedUntil: null, skipsNext: false }, now)
  if (team !== null) await saveTeamClaims(tenant, 'self', [{ memberId: member, team }], now)
  await requestProfiles(platform, tenant, `joined ${now.toISOString()}`, member)
  return may
}

export type PartOutcome = 'done' | 'not joined'

export async function leave(tenant: Tenant, platform: Platform, member: string): Promise<PartOutcome> {
  return await ofThoseWhoJoined(tenant, member, { joined: false }, platform)
}

export type PauseOutcome = { kind: 'paused'; until: Date | 'until I say so' } | { kind: 'not joined' | 'over' }

/** From now on nothing comes, also of what is planned already, until the pause ends. */
export async function pause(
  tenant: Tenant,
  platform: Platform,
  member: string,
  until: PauseUntil,
): Promise<PauseOutcome> {
  const zone = (await findMember(tenant, member))?.tz ?? null
  const end = pauseEnd(until, instant(platform.clock), zone)
  if (end === null) return { kind: 'over' }
  const outcome = await ofThoseWhoJoined(tenant, member, { pausedUntil: end }, platform)
  return outcome === 'done' ? { kind: 'paused', until: end } : { kind: outcome }
}

export async function resume(tenant: Tenant, platform: Platform, member: string): Promise<PartOutcome> {
  return await ofThoseWhoJoined(tenant, member, { pausedUntil: null, skipsNext: false }, platform)
}

/** Leaves the next round out, or, with false, takes part in it after all. */
export async function skip(tenant: Tenant, platform: Platform, member: string, skips: boolean): Promise<PartOutcome> {
  return await ofThoseWhoJoined(tenant, member, { skipsNext: skips }, platform)
}

async function ofThoseWhoJoined(
  tenant: Tenant,
  member: string,
  change: Parameters<typeof saveParticipation>[2],
  platform: Platform,
): Promise<PartOutcome> {
  const now = instant(platform.clock)
  if (standing(await readParticipation(tenant, member), now) === 'not joined') return 'not joined'
  await saveParticipation(tenant, member, change, now)
  return 'done'
}

/** Working days and hours, and whether a status in Slack counts, can be said before joining. */
export async function saveHours(
  tenant: Tenant,
  platform: Platform,
  member: string,
  change: { hours: WorkingHours; readsStatus: boolean },
): Promise<void> {
  await saveParticipation(tenant, member, change, instant(platform.clock))
  if (!change.readsStatus) return
  const { workspaceId } = tenant
  tenant.afterCommit(() =>
    platform.background.run('workspace.read-status', () => readStatus(platform, workspaceId, member)),
  )
}

/** Adds people to those somebody does not want to meet. */
export async function avoid(
  tenant: Tenant,
  platform: Platform,
  member: string,
  people: string[],
): Promise<{ kind: 'saved'; avoided: string[] } | { kind: 'too many' }> {
  const avoided = [...new Set([...(await listAvoided(tenant, member)), ...people])].filter((id) => id !== member)
  if (avoided.length > MOST_AVOIDED) return { kind: 'too many' }
  await saveAvoided(tenant, member, avoided, instant(platform.clock))
  return { kind: 'saved', avoided }
}

export type TeamOutcome = { kind: 'saved'; name: string | null } | { kind: 'an admin set it'; name: string }

/** What somebody says of their own team; what an admin set holds against it. */
export async function sayTeam(
  tenant: Tenant,
  platform: Platform,
  member: string,
  name: string | null,
): Promise<TeamOutcome> {
  const now = await findTeam(tenant, member)
  if (now?.source === 'admin') return { kind: 'an admin set it', name: now.name }
  await saveTeamClaims(tenant, 'self', [{ memberId: member, team: name }], instant(platform.clock))
  return { kind: 'saved', name }
}

/** Passes what somebody thinks of Small Acts on to the admins. `request` makes it itself: twice is once. */
export async function giveFeedback(
  tenant: Tenant,
  platform: Platform,
  feedback: { request: string; from: string; text: string },
): Promise<'passed on' | 'nobody to tell'> {
  const admins = await listAdmins(tenant, [], ADMINS_TOLD)
  if (admins.length === 0) return 'nobody to tell'
  const { workspaceId } = tenant
  const jobs = admins.map((to) => {
    const data: FeedbackJob = { workspaceId, from: feedback.from, text: feedback.text, to }
    return { id: naturalId(FEEDBACK, workspaceId, feedback.request, to), data }
  })
  await platform.queue.enqueue(tenant, FEEDBACK, jobs)
  return 'passed on'
}
