/** Writes the demo company's past check-ins and prompts: many rows at once, in pieces the embedded database takes. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { PastPrompt, PastRound } from './company/past-together.ts'

export async function insertPastRound({ trx, workspaceId }: Tenant, round: PastRound): Promise<void> {
  const id = naturalId('past round', workspaceId, round.date)
  const { number, openedAt, closesAt, gap } = round
  const people = round.pairings.length * 2
  await sql`
    insert into round (workspace_id, id, date, state, number, people, opened_at, closes_at, closed_at, expected, was)
    values (${workspaceId}, ${id}, ${round.date}, 'closed', ${number}, ${people}, ${openedAt}, ${closesAt}, ${closesAt},
      ${gap?.expected ?? null}, ${gap?.was ?? null})`.execute(trx)
  const pairings = round.pairings.map((one) => ({ ...one, id: naturalId('past pairing', id, ...one.members) }))
  const rows = JSON.stringify(pairings)
  await sql`
    insert into pairing (workspace_id, id, round_id, number, wave, state, answer_by, shown_at, introduced_at, first_id)
    select ${workspaceId}, id, ${id}, ${number}, 1, case when "introducedAt" is null then 'over' else 'introduced' end,
      ${closesAt}, ${openedAt}, "introducedAt", case when "introducedAt" is not null then members ->> 0 end
    from jsonb_to_recordset(${rows}::jsonb) as p (id uuid, "introducedAt" timestamptz, members jsonb)`.execute(trx)
  await sql`
    insert into pairing_member (workspace_id, pairing_id, member_id, number, answer, answered_at, expectation, outcome,
      outcome_at, rating, rated_at)
    select ${workspaceId}, p.id, m.id, ${number}, m.answer, ${openedAt}, m.expectation, m.outcome,
      case when m.outcome is not null then "introducedAt" + interval '7 days' end, m.rating,
      case when m.rating is not null then "introducedAt" + interval '7 days' end
    from jsonb_to_recordset(${rows}::jsonb) as p (id uuid, "introducedAt" timestamptz, said jsonb),
      jsonb_to_recordset(p.said) as m (id text, answer text, expectation smallint, outcome text, rating smallint)`.execute(
    trx,
  )
  await sql`
    insert into round_member (workspace_id, round_id, member_id, number, waited, fate)
    select ${workspaceId}, ${id}, m.id, ${number}, 0,
      case when "introducedAt" is null then 'not this time' else 'introduced' end
    from jsonb_to_recordset(${rows}::jsonb) as p ("introducedAt" timestamptz, said jsonb),
      jsonb_to_recordset(p.said) as m (id text)`.execute(trx)
}

export async function insertPastPrompts(
  { trx, workspaceId }: Tenant,
  channel: string,
  prompts: (PastPrompt & { promptId: string; kind: string; text: string })[],
): Promise<void> {
  const rows = JSON.stringify(prompts.map((one) => ({ ...one, id: naturalId('past prompt', workspaceId, one.week) })))
  await sql`
    insert into prompt_post (workspace_id, id, channel_id, week, due_at, state, prompt_id, kind, cycle, text, language,
      settled_at)
    select ${workspaceId}, id, ${channel}, week, "dueAt", 'posted', "promptId", kind, 1, text, 'en', "dueAt"
    from jsonb_to_recordset(${rows}::jsonb)
      as p (id uuid, week text, "dueAt" timestamptz, "promptId" text, kind text, text text)`.execute(trx)
  await sql`
    insert into prompt_done (workspace_id, post_id, member_id, done_at)
    select ${workspaceId}, id, member, "dueAt" + interval '1 hour'
    from jsonb_to_recordset(${rows}::jsonb) as p (id uuid, "dueAt" timestamptz, done jsonb),
      jsonb_array_elements_text(p.done) as member`.execute(trx)
}

/** The embedded database does not look by itself what has come into its tables, and plans badly without. */
export async function lookAtTables({ trx }: Tenant): Promise<void> {
  await sql`analyze`.execute(trx)
}
