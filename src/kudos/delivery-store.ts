/** The ledger: whatever is posted about a kudos has a row first. */
import type { Tenant } from '../platform/database.ts'
import type { MessagePlace } from '../platform/slack.ts'

export type DeliveryKind = 'card' | 'note'
/**
 * due: to be posted. sent: Slack has it. skipped: not wanted any more before it was posted. gone: its place is not
 * there for us. failed: given up, somebody must look. removed: it was posted and taken back.
 */
export type DeliveryState = 'due' | 'sent' | 'skipped' | 'gone' | 'failed' | 'removed'

declare module '../platform/database.ts' {
  interface Database {
    kudos_delivery: {
      workspace_id: string
      id: string
      kudos_id: string
      kind: DeliveryKind
      target: string
      state: DeliveryState
      channel: string | null
      ts: string | null
      problem: string | null
      settled_at: Date | null
    }
  }
}

export interface Delivery {
  id: string
  kind: DeliveryKind
  target: string
  state: DeliveryState
  channel: string | null
  ts: string | null
  /** Why it is not posted, or not yet; after a try without an answer it may be all the same. */
  problem: string | null
}

/** Everything posted or to be posted for a kudos, cards first. */
export async function listDeliveries({ trx, workspaceId }: Tenant, kudosId: string): Promise<Delivery[]> {
  return await trx
    .selectFrom('kudos_delivery')
    .select(['id', 'kind', 'target', 'state', 'channel', 'ts', 'problem'])
    .where('workspace_id', '=', workspaceId)
    .where('kudos_id', '=', kudosId)
    .orderBy('kind')
    .orderBy('id')
    .execute()
}

/** Adds a card to what is to be posted. False when it was there already. */
export async function insertCard(
  { trx, workspaceId }: Tenant,
  card: { id: string; kudosId: string; channel: string },
): Promise<boolean> {
  const result = await trx
    .insertInto('kudos_delivery')
    .values({
      workspace_id: workspaceId,
      id: card.id,
      kudos_id: card.kudosId,
      kind: 'card',
      target: card.channel,
      state: 'due',
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Writes down what became of a delivery. */
export async function settleDelivery(
  { trx, workspaceId }: Tenant,
  id: string,
  outcome: { state: DeliveryState; place?: MessagePlace; problem?: string },
  now: Date,
): Promise<void> {
  await trx
    .updateTable('kudos_delivery')
    .set({ state: outcome.state, problem: outcome.problem ?? null, settled_at: now, ...outcome.place })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}
