import type { App } from '@slack/bolt'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { SlackUser, SlackUserGroup } from '../platform/slack.ts'
import { forgetChannel, updateChannel } from './channel-store.ts'
import { requestSync } from './jobs.ts'
import { learnUsers } from './learning.ts'
import { userGroupOf } from './member.ts'
import { saveUserGroup } from './store.ts'
import { renewTeams } from './teams.ts'

/**
 * Keeps the directory up to date between two readings. In HTTP mode Slack hears "received" only once a listener is
 * done, and sends the event again when it failed; each of them is harmless twice.
 */
export function register(app: App, platform: Platform): void {
  const store = (workspaceId: string | undefined, work: (tenant: Tenant) => Promise<void>) =>
    inWorkspace(platform.db, workspaceId ?? '', work)

  const learn = (workspaceId: string | undefined, user: SlackUser) =>
    store(workspaceId, (tenant) => learnUsers(tenant, [user], instant(platform.clock)))
  app.event('team_join', ({ event, context }) => learn(context.teamId, event.user as SlackUser))
  app.event('user_change', ({ event, context }) => learn(context.teamId, event.user as SlackUser))

  const saveGroup = (workspaceId: string | undefined, group: SlackUserGroup) =>
    store(workspaceId, async (tenant) => {
      await saveUserGroup(tenant, userGroupOf(group))
      await renewTeams(tenant, instant(platform.clock))
    })
  app.event('subteam_created', ({ event, context }) => saveGroup(context.teamId, event.subteam as SlackUserGroup))
  app.event('subteam_updated', ({ event, context }) => saveGroup(context.teamId, event.subteam as SlackUserGroup))

  // What changed comes as a difference, whose order is not certain: the whole is read again.
  app.event('subteam_members_changed', async ({ body, context }) => {
    await requestSync(platform, context.teamId ?? '', 'groups', body.event_id)
  })

  // Whether the channel is public and ours alone is not in the event.
  app.event('member_joined_channel', async ({ event, body, context }) => {
    if (event.user === context.botUserId) await requestSync(platform, context.teamId ?? '', 'channels', body.event_id)
  })
  app.event('channel_unarchive', async ({ body, context }) => {
    await requestSync(platform, context.teamId ?? '', 'channels', body.event_id)
  })

  app.event('member_left_channel', async ({ event, context }) => {
    if (event.user === context.botUserId) await store(context.teamId, (tenant) => forgetChannel(tenant, event.channel))
  })
  app.event('channel_archive', ({ event, context }) =>
    store(context.teamId, (tenant) => updateChannel(tenant, event.channel, { isArchived: true })),
  )
  app.event('channel_deleted', ({ event, context }) =>
    store(context.teamId, (tenant) => forgetChannel(tenant, event.channel)),
  )
  app.event('channel_shared', ({ event, context }) =>
    store(context.teamId, (tenant) => updateChannel(tenant, event.channel, { isShared: true })),
  )
  app.event('channel_unshared', ({ event, context }) =>
    store(context.teamId, (tenant) => updateChannel(tenant, event.channel, { isShared: event.is_ext_shared === true })),
  )
}
