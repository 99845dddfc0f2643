/** The ledger: whatever is posted about a kudos has a row first. */
import { sql } from 'kysely'
import { batches } from '../platform/batches.ts'
import type { Tenant } from '../platform/database.ts'
import type { MessagePlace } from '../platform/slack.ts'

/**
 * card: for everybody in a channel. note: for one recipient. report: tells an admin that somebody reported the kudos.
 * verdict: tells the giver that an admin removed it.
 */
export type DeliveryKind = 'card' | 'note' | 'report' | 'verdict'
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
      report_id: string | null
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
  /** With 'report': which. */
  reportId: string | null
}

/** Everything posted or to be posted for a kudos, cards first. */
export async function listDeliveries({ trx, workspaceId }: Tenant, kudosId: string): Promise<Delivery[]> {
  return await trx
    .selectFrom('kudos_delivery')
    .select(['id', 'kind', 'target', 'state', 'channel', 'ts', 'problem', 'report_id as reportId'])
    .where('workspace_id', '=', workspaceId)
    .where('kudos_id', '=', kudosId)
    .orderBy('kind')
    .orderBy('id')
    .execute()
}

export type NewDelivery = Pick<Delivery, 'id' | 'kind' | 'target'> & { kudosId: string; reportId?: string }

/** So many go in one statement: its parameter stays small enough for the embedded database. */
const AT_ONCE = 200

/** Adds to what is to be posted. True when any of it was not there already. */
export async function insertDeliveries({ trx, workspaceId }: Tenant, deliveries: NewDelivery[]): Promise<boolean> {
  let inserted = 0n
  for (const some of batches(deliveries, AT_ONCE)) {
    const result = await sql`
      insert into kudos_delivery (workspace_id, id, kudos_id, kind, target, state, report_id)
      select ${workspaceId}, id, "kudosId", kind, target, 'due', "reportId"
      from json_to_recordset(${JSON.stringify(some)}::json) as delivery (
        id uuid, "kudosId" uuid, kind text, target text, "reportId" uuid
      ) on conflict do nothing`.execute(trx)
    inserted += result.numAffectedRows ?? 0n
  }
  return inserted > 0n
}

/**
 * Makes those of these that were given up due once more; but for a card, when the kudos has been shown in another channel
 * meanwhile.
 */
export async function reopenDeliveries({ trx, workspaceId }: Tenant, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await trx
    .updateTable('kudos_delivery as d')
    .set({ state: 'due', settled_at: null })
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids)
    .where('state', '=', 'failed')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('kudos_delivery as other')
            .select('other.id')
            .whereRef('other.kudos_id', '=', 'd.kudos_id')
            .where('other.workspace_id', '=', workspaceId)
            .where('other.kind', '=', 'card')
            .where('d.kind', '=', 'card')
            .where('other.state', 'in', ['due', 'sent']),
        ),
      ),
    )
    .execute()
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
