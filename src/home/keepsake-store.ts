/** The kudos of long ago that comes back on somebody's Home tab, another one each week. */
import { type RawBuilder, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

declare module '../platform/database.ts' {
  interface Database {
    keepsake_dismissal: { workspace_id: string; member_id: string; kudos_id: string; dismissed_at: Date }
    keepsake_shown: { workspace_id: string; member_id: string; kudos_id: string; week: number }
  }
}

/** A kudos of long ago. */
export interface Keepsake {
  kudosId: string
  giver: string
  reason: string
  givenAt: Date
}

/**
 * The statement's parts `chosen`, with the keepsake of this week, and `shown`, which writes down that it was: what has
 * this week already, or else what never was shown, the oldest first, or else what was shown longest ago. Never one that
 * was withdrawn or dismissed, none whose words are gone, nor one between two people of whom one avoids the other. None of them reads more than a
 * few rows, however many kudos somebody has: whatever was shown is one a week.
 */
export function chosenKeepsake(
  workspaceId: string,
  member: string,
  { longAgo, week }: { longAgo: Date; week: number },
): RawBuilder<unknown> {
  const choice = (rank: number, also: RawBuilder<unknown>, first: RawBuilder<unknown>) => sql`
    (select ${sql.lit(rank)} as rank, k.id as "kudosId", k.giver_id as giver, k.reason, k.given_at as "givenAt"
      from kudos_recipient as r join kudos as k on k.workspace_id = r.workspace_id and k.id = r.kudos_id
      left join keepsake_shown as s
        on s.workspace_id = r.workspace_id and s.member_id = r.member_id and s.kudos_id = r.kudos_id
      where r.workspace_id = ${workspaceId} and r.member_id = ${member} and r.given_at < ${longAgo}
        and k.withdrawn_at is null and k.reason <> ''
        and not exists (select from keepsake_dismissal as d
          where d.workspace_id = k.workspace_id and d.member_id = r.member_id and d.kudos_id = k.id)
        and not exists (select from avoidance as a where a.workspace_id = k.workspace_id
          and (a.owner_id, a.avoided_id) in ((r.member_id, k.giver_id), (k.giver_id, r.member_id)))
        and ${also}
      order by ${first}, r.given_at, r.kudos_id limit 1)`
  return sql`
    chosen as (
      select "kudosId", giver, reason, "givenAt", rank from (
        ${choice(0, sql`s.week = ${week}`, sql`s.week`)}
        union all
        ${choice(1, sql`s.week is null`, sql`r.given_at`)}
        union all
        ${choice(2, sql`s.week <> ${week}`, sql`s.week`)}
      ) as choices order by rank limit 1
    ), shown as (
      insert into keepsake_shown (workspace_id, member_id, kudos_id, week)
      select ${workspaceId}, ${member}, "kudosId", ${week}::int from chosen where rank > 0
      on conflict (workspace_id, member_id, kudos_id) do update set week = excluded.week
    )`
}

/** Does not bring a kudos back to somebody again. */
export async function dismissKeepsake(
  { trx, workspaceId }: Tenant,
  member: string,
  kudosId: string,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('keepsake_dismissal')
    .values({ workspace_id: workspaceId, member_id: member, kudos_id: kudosId, dismissed_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
