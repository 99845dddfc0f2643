/** The public channels that the app is in, and where it has said hello. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

declare module '../platform/database.ts' {
  interface Database {
    channel_greeting: { workspace_id: string; channel_id: string; greeted_at: Date }
    channel: { workspace_id: string; id: string; is_shared: boolean; is_archived: boolean }
  }
}

export interface Channel {
  id: string
  /** Open to another organisation. */
  isShared: boolean
  isArchived: boolean
}

/** Remembers that the app is in this public channel. */
export async function saveChannel({ trx, workspaceId }: Tenant, channel: Channel): Promise<void> {
  const values = { is_shared: channel.isShared, is_archived: channel.isArchived }
  await trx
    .insertInto('channel')
    .values({ workspace_id: workspaceId, id: channel.id, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(values))
    .execute()
}

/** Changes what is known of a channel the app is in; others are left alone. */
export async function updateChannel(
  { trx, workspaceId }: Tenant,
  id: string,
  change: { isShared: boolean } | { isArchived: boolean },
): Promise<void> {
  await trx
    .updateTable('channel')
    .set('isShared' in change ? { is_shared: change.isShared } : { is_archived: change.isArchived })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** The app is not in this channel any more. */
export async function forgetChannel({ trx, workspaceId }: Tenant, id: string): Promise<void> {
  await trx.deleteFrom('channel').where('workspace_id', '=', workspaceId).where('id', '=', id).execute()
}

/** True the first time: whoever gets it says hello in the channel. */
export async function claimGreeting({ trx, workspaceId }: Tenant, channel: string, now: Date): Promise<boolean> {
  const claimed = await trx
    .insertInto('channel_greeting')
    .values({ workspace_id: workspaceId, channel_id: channel, greeted_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Boolean(claimed.numInsertedOrUpdatedRows)
}

/** Nothing was said after all. */
export async function releaseGreeting({ trx, workspaceId }: Tenant, channel: string): Promise<void> {
  await trx
    .deleteFrom('channel_greeting')
    .where('workspace_id', '=', workspaceId)
    .where('channel_id', '=', channel)
    .execute()
}

/** Forgets every channel but these: what a full list from Slack means. */
export async function keepChannels({ trx, workspaceId }: Tenant, ids: string[]): Promise<void> {
  await trx
    .deleteFrom('channel')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`not (id = any(${ids}::text[]))`)
    .execute()
}

/** True for a public channel of this workspace alone, open, with the app in it: where a card may be shown. */
export async function canShowCards(tenant: Tenant, channelId: string): Promise<boolean> {
  const row = await tenant.trx
    .selectFrom('channel')
    .select('id')
    .where('workspace_id', '=', tenant.workspaceId)
    .where('id', '=', channelId)
    .where('is_shared', '=', false)
    .where('is_archived', '=', false)
    .executeTakeFirst()
  return row !== undefined
}

/** The public channels that the app is in and may show cards in; at most `limit`. */
export async function listOpenChannels({ trx, workspaceId }: Tenant, limit: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('channel')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('is_shared', '=', false)
    .where('is_archived', '=', false)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}
