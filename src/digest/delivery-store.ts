/** Digests on their way: at most one of each, claimed before it is sent. */
import type { Tenant } from '../platform/database.ts'
import type { Message, MessagePlace } from '../platform/slack.ts'

/**
 * due -> claimed -> sent; uncertain when nobody can say whether it was posted; gone when it can't be; failed for what
 * somebody has to mend. From the last three an admin can bring it back to due.
 */
export type DeliveryState = 'due' | 'claimed' | 'sent' | 'uncertain' | 'gone' | 'failed'

declare module '../platform/database.ts' {
  interface Database {
    digest_delivery: {
      workspace_id: string
      id: string
      month: string
      target: string
      due_at: Date
      state: DeliveryState
      attempt: number
      message: Message | null
      channel: string | null
      ts: string | null
      problem: string | null
      settled_at: Date | null
    }
  }
}

export interface Delivery {
  id: string
  month: string
  /** A person or a channel. */
  target: string
  dueAt: Date
  state: DeliveryState
  attempt: number
}

/** Adds those that are not there yet. */
export async function insertDeliveries(
  { trx, workspaceId }: Tenant,
  deliveries: Pick<Delivery, 'id' | 'month' | 'target' | 'dueAt'>[],
): Promise<void> {
  if (deliveries.length === 0) return
  await trx
    .insertInto('digest_delivery')
    .values(
      deliveries.map(({ id, month, target, dueAt }) => ({
        ...{ workspace_id: workspaceId, id, month, target, due_at: dueAt },
        ...{ state: 'due' as const, attempt: 1 },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function findDelivery({ trx, workspaceId }: Tenant, id: string): Promise<Delivery | null> {
  const row = await trx
    .selectFrom('digest_delivery')
    .select(['id', 'month', 'target', 'due_at as dueAt', 'state', 'attempt'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** Moves a delivery on, if it stands where it is thought to. False when somebody else was faster. */
async function move(
  { trx, workspaceId }: Tenant,
  id: string,
  from: DeliveryState[],
  change: { state: DeliveryState } & Record<string, unknown>,
): Promise<boolean> {
  const result = await trx
    .updateTable('digest_delivery')
    .set(change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Before anything is sent: from here on it may have been. The message is kept as it goes out. */
export const claim = (tenant: Tenant, id: string, message: Message): Promise<boolean> =>
  move(tenant, id, ['due'], { state: 'claimed', message: JSON.stringify(message) })

/** Slack said that it posted nothing: it may be tried again. */
export const release = (tenant: Tenant, id: string): Promise<boolean> => move(tenant, id, ['claimed'], { state: 'due' })

export const markSent = (tenant: Tenant, id: string, place: MessagePlace, message: Message, now: Date) =>
  move(tenant, id, ['claimed'], { state: 'sent', ...place, message: JSON.stringify(message), settled_at: now })

export const settle = (
  tenant: Tenant,
  id: string,
  state: 'uncertain' | 'gone' | 'failed',
  problem: string,
  now: Date,
): Promise<boolean> => move(tenant, id, ['claimed'], { state, problem, settled_at: now })

/** Makes one due once more that Slack refused. */
export const reopen = (tenant: Tenant, id: string): Promise<boolean> => move(tenant, id, ['failed'], { state: 'due' })

/** An admin looked, and it was not there. False when somebody has said so before. */
export const sendAgain = (tenant: Tenant, { id, attempt }: Pick<Delivery, 'id' | 'attempt'>): Promise<boolean> =>
  move(tenant, id, ['uncertain', 'gone', 'failed'], { state: 'due', attempt: attempt + 1 })
