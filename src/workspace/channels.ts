import { inWorkspace } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { SlackChannel } from '../platform/slack.ts'
import { isGone } from '../platform/slack-failure.ts'
import { type Channel, forgetChannel, saveChannel, updateChannel } from './channel-store.ts'

/** What a card may do in a channel: nothing where the app is not, and nothing that another organisation would read. */
export type ChannelStanding = 'open' | 'not in it' | 'shared' | 'archived'

/** Slack's channel object as the product keeps it. */
export const channelOf = (channel: SlackChannel): Channel => ({
  id: channel.id,
  isShared: channel.is_ext_shared === true || channel.is_pending_ext_shared === true,
  isArchived: channel.is_archived === true,
})

/** Asks Slack how the app stands in a channel right now, and remembers it. Outside of any transaction. Throws SlackFailure. */
export async function lookAtChannel(platform: Platform, workspaceId: string, id: string): Promise<ChannelStanding> {
  const found = await platform
    .slackOf(workspaceId)
    .channel(id)
    .catch((error: unknown) => {
      if (isGone(error)) return null
      throw error
    })
  const channel = found && !found.is_private ? channelOf(found) : null
  const isThere = channel !== null && found?.is_member === true
  await inWorkspace(platform.db, workspaceId, async (tenant) => {
    if (isThere) await saveChannel(tenant, channel)
    // Nobody is a member of an archived channel; it may be opened again.
    else if (channel?.isArchived) await updateChannel(tenant, id, { isArchived: true })
    else await forgetChannel(tenant, id)
  })
  if (channel?.isArchived) return 'archived'
  if (!isThere) return 'not in it'
  return channel.isShared ? 'shared' : 'open'
}
