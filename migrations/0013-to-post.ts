import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // What was given and is not in the ledger yet: a row for as long as that takes, which is a moment. response_url is where
  // to tell the giver about what happens later, request_id what the log calls the request it came with. No foreign key: a giver waits for this row.
  await sql`
    create table kudos_to_post (
      workspace_id text not null,
      given_at timestamptz not null,
      kudos_id uuid not null,
      response_url text,
      request_id text,
      primary key (workspace_id, given_at, kudos_id)
    )`.execute(db)

  // All that look through a giver's kudos want those that stand, or count for the day. Without this condition the index
  // looks as good as kudos_nth for a giver's last number, to a planner that knows nothing of the table yet, and a plan that
  // reads all that somebody ever gave is kept.
  await sql`drop index kudos_by_giver`.execute(db)
  await sql`
    create index kudos_by_giver on kudos (giver_id, workspace_id, given_at desc)
    where withdrawn_at is null or removed_by is not null`.execute(db)
}
