/** How far the reading of all the members is: it takes minutes, and a restart in the middle goes on where it was. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

declare module '../platform/database.ts' {
  interface Database {
    member_reading: {
      workspace_id: string
      reading: string | null
      again: string | null
      began_at: Date | null
      read_at: Date | null
    }
  }
}

const DAY = sql`interval '24 hours'`

/**
 * True when a reading may begin now. While another one is under way it may not: what changed meanwhile on the pages that
 * are read already is why another one follows it. One that began a day ago and is not through has been given up.
 */
export async function beginReading({ trx, workspaceId }: Tenant, occasion: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ reading: string }>`
    insert into member_reading as r (workspace_id, reading, began_at) values (${workspaceId}, ${occasion}, ${now})
    on conflict (workspace_id) do update set
      again = case when r.reading is null or r.began_at <= ${now}::timestamptz - ${DAY} then null else excluded.reading end,
      reading = case when r.reading is null or r.began_at <= ${now}::timestamptz - ${DAY} then excluded.reading else r.reading end,
      began_at = case when r.reading is null or r.began_at <= ${now}::timestamptz - ${DAY} then ${now} else r.began_at end
    returning reading`.execute(trx)
  return rows[0]?.reading === occasion
}

/** Whether this is the reading under way, and not one given up. */
export async function isReading({ trx, workspaceId }: Tenant, occasion: string): Promise<boolean> {
  const row = await trx
    .selectFrom('member_reading')
    .select('reading')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return row?.reading === occasion
}

/** Ends a reading, whole at `readAt` or, with null, broken off. Answers with the occasion of the one to follow, or null. */
export async function endReading(
  { trx, workspaceId }: Tenant,
  occasion: string,
  readAt: Date | null,
): Promise<string | null> {
  const { rows } = await sql<{ again: string | null }>`
    update member_reading as r set reading = null, again = null, read_at = coalesce(${readAt}, r.read_at)
    from (select again from member_reading where workspace_id = ${workspaceId} for update) as before
    where r.workspace_id = ${workspaceId} and r.reading = ${occasion}
    returning before.again`.execute(trx)
  return rows[0]?.again ?? null
}

/** The occasion of the daily reading when it is due: a day after the last one was whole, or was begun in vain. */
export async function dailyReading({ trx, workspaceId }: Tenant, now: Date): Promise<string | null> {
  const { rows } = await sql<{ last: Date }>`
    select greatest(read_at, began_at) as last from member_reading
    where workspace_id = ${workspaceId} and greatest(read_at, began_at) <= ${now}::timestamptz - ${DAY}`.execute(trx)
  const [row] = rows
  return row ? `a day after ${row.last.toISOString()}` : null
}
