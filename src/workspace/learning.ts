import type { Tenant } from '../platform/database.ts'
import type { SlackUser } from '../platform/slack.ts'
import { awayUntil } from './away.ts'
import { memberOf } from './member.ts'
import { saveAway } from './participant-store.ts'
import { saveMembers } from './store.ts'

/** Keeps what Slack told of some people, by event or by list: as little of it as memberOf takes. */
export async function learnUsers(tenant: Tenant, users: SlackUser[], now: Date): Promise<void> {
  const news = await saveMembers(
    tenant,
    users.map((user) => memberOf(user, tenant.workspaceId)),
  )
  const told = users.filter(({ id }) => news.has(id))
  await saveAway(
    tenant,
    told.map(({ id, profile }) => ({ id, until: awayUntil(profile ?? {}, now) })),
  )
}
