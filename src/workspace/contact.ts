import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { isGone } from '../platform/slack-failure.ts'
import { learnUsers } from './learning.ts'
import { findParticipants } from './participant-store.ts'
import { type NotNow, notNow } from './participation.ts'
import { getSetting } from './settings-store.ts'

/**
 * Whether somebody may be written to about check-ins right now: null, or why not. For jobs, at the moment of sending;
 * outside of any transaction, because Slack is asked about the status of those who switched that on. `begins` as in
 * `notNow`. Throws SlackFailure when Slack does not say: nobody is written to on a guess.
 */
export async function notNowIn(
  platform: Platform,
  workspaceId: string,
  memberId: string,
  { begins }: { begins: boolean },
): Promise<NotNow | null> {
  const now = instant(platform.clock)
  const look = () =>
    inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
      const [person] = await findParticipants(tenant, [memberId])
      if (!person) return { not: 'not joined' as const, asksSlack: false }
      const not = notNow(person, { now, guests: await getSetting(tenant, 'check-ins.guests'), begins })
      return { not, asksSlack: person.participation.readsStatus && (not === null || not === 'away') }
    })
  const known = await look()
  if (!known.asksSlack) return known.not
  await readStatus(platform, workspaceId, memberId)
  return (await look()).not
}

/** Asks Slack anew about one person, and until when they are away. Throws SlackFailure. */
export async function readStatus(platform: Platform, workspaceId: string, memberId: string): Promise<void> {
  try {
    const user = await platform.slackOf(workspaceId).user(memberId)
    await inWorkspace(platform.jobsDb, workspaceId, (tenant) => learnUsers(tenant, [user], instant(platform.clock)))
  } catch (error) {
    // Somebody Slack does not show to us is found out on sending, as everywhere else.
    if (!isGone(error)) throw error
  }
}
