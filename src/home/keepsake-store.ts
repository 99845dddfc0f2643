/** The kudos of long ago that comes back on somebody's Home tab, another one each week. */
import { type RawBuilder, sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { forgottenId } from '../workspace/participation-store.ts'

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

/** There is a new one for twenty years in so many. */
const MOST_LOOKED_AT = 1_000

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
  // All of it one by one, in order, until there is one. As joins, without the fences and limits, the planner would begin
  // with all that somebody ever received.
  const shown = (when: RawBuilder<unknown>) => sql`
    select s.kudos_id from keepsake_shown as s cross join lateral (
      select given_at from kudos_recipient
      where workspace_id = ${workspaceId} and kudos_id = s.kudos_id and member_id = ${member} offset 0
    ) as r
    where s.workspace_id = ${workspaceId} and s.member_id = ${member} and s.week ${when} and r.given_at < ${longAgo}
    order by s.week, r.given_at, s.kudos_id limit ${MOST_LOOKED_AT}`
  const received = sql`
    select kudos_id from kudos_recipient
    where workspace_id = ${workspaceId} and member_id = ${member} and given_at < ${longAgo}
    order by given_at, kudos_id limit ${MOST_LOOKED_AT}`
  const neverShown = sql`and (select count(*) from keepsake_shown
    where workspace_id = ${workspaceId} and member_id = ${member} and kudos_id = k.id) = 0`
  const first = (rank: number, candidates: RawBuilder<unknown>, also = sql``) => sql`
    (select ${sql.lit(rank)} as rank, k.id as "kudosId", k.giver_id as giver, k.reason, k.given_at as "givenAt"
      from (${candidates}) as c cross join lateral (
        select id, giver_id, reason, given_at from kudos
        where workspace_id = ${workspaceId} and id = c.kudos_id and withdrawn_at is null and reason <> '' offset 0
      ) as k
      where (select count(*) from keepsake_dismissal
          where workspace_id = ${workspaceId} and member_id = ${member} and kudos_id = k.id) = 0
        and (select count(*) from avoidance where workspace_id = ${workspaceId}
          and (owner_id, avoided_id) in ((${member}, k.giver_id), (k.giver_id, ${member}),
            (${member}, ${forgottenId(workspaceId, sql`k.giver_id`)}),
            (k.giver_id, ${forgottenId(workspaceId, sql`${member}::text`)}))) = 0
        ${also}
      limit 1)`
  return sql`
    chosen as (
      select "kudosId", giver, reason, "givenAt", rank from (
        ${first(0, shown(sql`= ${week}`))}
        union all
        ${first(1, received, neverShown)}
        union all
        ${first(2, shown(sql`<> ${week}`))}
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
