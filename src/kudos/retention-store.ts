/** How long the words of kudos are kept. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

declare module '../platform/database.ts' {
  interface Database {
    kudos_retention: { workspace_id: string; forgotten_until: Date }
  }
}

/**
 * Forgets the words of kudos given before `before`, some `limit` of them at a time, the oldest first, and remembers how far
 * it has come: a night reads what the night before did not. That there was a kudos stays. True when there are more.
 */
export async function forgetWords({ trx, workspaceId }: Tenant, before: Date, limit: number): Promise<boolean> {
  const since = sql`
    coalesce((select forgotten_until from kudos_retention where workspace_id = ${workspaceId}), '-infinity')`
  // By the index of recipients, who are of every kudos, whether or not it still stands.
  const { rows } = await sql<{ until: Date | null; count: number }>`
    select max(given_at) as until, count(*)::int as count from (
      select given_at from kudos_recipient
      where workspace_id = ${workspaceId} and given_at > ${since} and given_at < ${before}
      order by given_at limit ${limit}) as older`.execute(trx)
  const [{ until, count } = { until: null, count: 0 }] = rows
  if (until === null) return false
  await sql`
    update kudos set reason = '', likeness = id::text,
      removal_reason = case when removed_by is null then null else '' end
    where workspace_id = ${workspaceId} and id in (
      select kudos_id from kudos_recipient
      where workspace_id = ${workspaceId} and given_at > ${since} and given_at <= ${until})`.execute(trx)
  await sql`
    insert into kudos_retention (workspace_id, forgotten_until) values (${workspaceId}, ${until})
    on conflict (workspace_id) do update set forgotten_until = excluded.forgotten_until`.execute(trx)
  return count === limit
}
