import type { Tenant } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'

/** open: nobody decided yet. removed: an admin took the kudos back. left: an admin left it as it is. */
export type ReportState = 'open' | 'removed' | 'left'

declare module '../platform/database.ts' {
  interface Database {
    kudos_report: {
      workspace_id: string
      id: string
      kudos_id: string
      reporter_id: string
      complaint: string
      show_text: boolean
      reported_at: Date
      state: ReportState
      decided_by: string | null
      decided_at: Date | null
    }
  }
}

export interface Report {
  id: string
  kudosId: string
  reporter: string
  /** Slack markup; may be empty. */
  complaint: string
  /** The recipient of a private kudos lets an admin read it. */
  showText: boolean
  state: ReportState
  decidedBy: string | null
}

/** Stores a report. False when it was there already. */
export async function insertReport(
  { trx, workspaceId }: Tenant,
  report: Pick<Report, 'id' | 'kudosId' | 'reporter' | 'complaint' | 'showText'>,
  now: Date,
): Promise<boolean> {
  const result = await trx
    .insertInto('kudos_report')
    .values({
      workspace_id: workspaceId,
      id: report.id,
      kudos_id: report.kudosId,
      reporter_id: report.reporter,
      complaint: report.complaint,
      show_text: report.showText,
      reported_at: now,
      state: 'open',
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** One report, or null. */
export async function findReport({ trx, workspaceId }: Tenant, id: string): Promise<Report | null> {
  if (!isNaturalId(id)) return null
  const row = await trx
    .selectFrom('kudos_report')
    .select(['id', 'kudos_id', 'reporter_id', 'complaint', 'show_text', 'state', 'decided_by'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    kudosId: row.kudos_id,
    reporter: row.reporter_id,
    complaint: row.complaint,
    showText: row.show_text,
    state: row.state,
    decidedBy: row.decided_by,
  }
}

/** Closes open reports: one of them by its id, or all of a kudos. False when none was open. */
export async function closeReports(
  { trx, workspaceId }: Tenant,
  which: { id: string } | { kudosId: string },
  decision: { state: 'removed' | 'left'; by: string },
  now: Date,
): Promise<boolean> {
  let open = trx
    .updateTable('kudos_report')
    .set({ state: decision.state, decided_by: decision.by, decided_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'open')
  open = 'id' in which ? open.where('id', '=', which.id) : open.where('kudos_id', '=', which.kudosId)
  return (await open.executeTakeFirst()).numUpdatedRows > 0n
}
