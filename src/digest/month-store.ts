/** Months as they were told. What is told once is kept, and never counted again. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { type Figures, figuresOf } from './figures.ts'
import { type Month, monthBefore, monthsSince, windowsOf } from './month.ts'
import { countMonth } from './store.ts'

declare module '../platform/database.ts' {
  interface Database {
    digest_month: {
      workspace_id: string
      month: string
      figures: Figures
      counted_at: Date
      opened_at: Date | null
    }
  }
}

/** Since when there is something to count: the installation, or the first kudos if that is older. */
export async function countsSince({ trx, workspaceId }: Tenant): Promise<Date> {
  const { rows } = await sql<{ since: Date }>`
    select least(installed_at, (select min(given_at) from kudos
      where workspace_id = ${workspaceId} and withdrawn_at is null)) as since
    from workspace where id = ${workspaceId}`.execute(trx)
  const [row] = rows
  if (!row) throw new Error(`no workspace ${workspaceId}`)
  return row.since
}

/**
 * The months from the first one on, up to and with `last`, that have not been told yet, the oldest first: each is closed
 * in a transaction of its own, so that one that is interrupted goes on where it was.
 */
export async function monthsToClose(tenant: Tenant, last: Month): Promise<Month[]> {
  const told = await tenant.trx
    .selectFrom('digest_month')
    .select('month')
    .where('workspace_id', '=', tenant.workspaceId)
    .execute()
  const known = new Set(told.map(({ month }) => month))
  return monthsSince(await countsSince(tenant), last).filter(({ name }) => !known.has(name))
}

/** Counts a month that is over, once: two at the same time come one after the other, and the second finds it counted. */
export async function closeMonth(tenant: Tenant, month: Month, now: Date): Promise<void> {
  const { trx, workspaceId } = tenant
  await sql`select pg_advisory_xact_lock(hashtextextended('digest ' || ${workspaceId}, 0))`.execute(trx)
  if (await findFigures(tenant, month.name)) return
  const since = await countsSince(tenant)
  const threeMonths = since <= windowsOf(month).reachedFrom
  const figures = figuresOf(await countMonth(tenant, month), month, since, threeMonths)
  await trx
    .insertInto('digest_month')
    .values({
      workspace_id: workspaceId,
      month: month.name,
      figures: JSON.stringify(figures) as never,
      counted_at: now,
    })
    .execute()
}

/** A month as it was told, or null when it was not. */
export async function findFigures({ trx, workspaceId }: Tenant, month: string): Promise<Figures | null> {
  const row = await trx
    .selectFrom('digest_month')
    .select('figures')
    .where('workspace_id', '=', workspaceId)
    .where('month', '=', month)
    .executeTakeFirst()
  return row?.figures ?? null
}

/** The twelve months that end with this one, as far as they were told, the oldest first. */
export async function yearOf({ trx, workspaceId }: Tenant, month: Month): Promise<Figures[]> {
  const rows = await trx
    .selectFrom('digest_month')
    .select('figures')
    .where('workspace_id', '=', workspaceId)
    .where('month', '<=', month.name)
    .where('month', '>=', monthBefore(month, 11).name)
    .orderBy('month')
    .execute()
  return rows.map(({ figures }) => figures)
}

/** Whether the digest of a month went out. */
export async function isOpened({ trx, workspaceId }: Tenant, month: string): Promise<boolean> {
  const row = await trx
    .selectFrom('digest_month')
    .select('opened_at')
    .where('workspace_id', '=', workspaceId)
    .where('month', '=', month)
    .executeTakeFirst()
  return (row?.opened_at ?? null) !== null
}

/** Writes down that the digest of a month goes out now. False when it did before. */
export async function markOpened({ trx, workspaceId }: Tenant, month: string, now: Date): Promise<boolean> {
  const result = await trx
    .updateTable('digest_month')
    .set({ opened_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('month', '=', month)
    .where('opened_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
