import { sql } from 'kysely'
import type { Tenant } from './database.ts'
import type { SlackLimit } from './slack-limits.ts'

declare module './database.ts' {
  interface Database {
    slack_budget: { workspace_id: string; kind: string; next_at: Date }
  }
}

/**
 * Takes the next turn under all of these limits, as an even pace with a little lead allows it (GCRA, the leaky bucket as a
 * meter: ITU-T I.371). Answers when the turn is; nothing is taken when that is later than `latest`. One statement, so that
 * processes take turns one after the other.
 */
export async function takeTurn(
  { trx, workspaceId }: Tenant,
  limits: SlackLimit[],
  now: Date,
  latest: Date,
): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    with wanted as (
      select kind, make_interval(secs => every / 1000) as every, make_interval(secs => ahead / 1000) as ahead
      from jsonb_to_recordset(${JSON.stringify(limits.map(({ kind, everyMs, aheadMs }) => ({ kind, every: everyMs, ahead: aheadMs })))}::jsonb)
        as wanted (kind text, every float8, ahead float8)
    ), spent as (
      -- In one order for all, or two could each hold what the other waits for.
      select kind, next_at from slack_budget
      where workspace_id = ${workspaceId} and kind in (select kind from wanted)
        -- Further ahead than Slack ever asks for: somebody's clock was wrong, and is right again.
        and next_at < ${now}::timestamptz + interval '1 hour'
      order by kind for update
    ), turn as (
      select greatest(${now}::timestamptz, max(next_at - ahead)) as at
      from wanted left join spent using (kind)
    ), taken as (
      insert into slack_budget (workspace_id, kind, next_at)
      select ${workspaceId}, kind, greatest(next_at, at) + every
      from turn, wanted left join spent using (kind) where at <= ${latest}
      order by kind
      on conflict (workspace_id, kind) do update set next_at = excluded.next_at
    )
    select at from turn`.execute(trx)
  return rows[0]?.at ?? now
}

/** Nothing of these kinds before then: Slack said so. */
export async function holdBack({ trx, workspaceId }: Tenant, limits: SlackLimit[], until: Date): Promise<void> {
  await trx
    .insertInto('slack_budget')
    .values(
      limits.map(({ kind, aheadMs }) => ({
        workspace_id: workspaceId,
        kind,
        next_at: new Date(until.getTime() + aheadMs),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'kind']).doUpdateSet(({ fn, ref }) => ({
        next_at: fn('greatest', [ref('excluded.next_at'), ref('slack_budget.next_at')]),
      })),
    )
    .execute()
}

/** Forgets what is long past: as many channels as a workspace has, and no more. */
export async function forgetSpent({ trx, workspaceId }: Tenant, before: Date): Promise<void> {
  await trx.deleteFrom('slack_budget').where('workspace_id', '=', workspaceId).where('next_at', '<', before).execute()
}
