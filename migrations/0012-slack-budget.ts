import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // What has been spent of what Slack allows, shared by all processes: when the next call of its kind may follow at an even
  // pace. `kind` is a method, or a method and a channel. Unlogged: after a crash, the worst is to be told 429 once.
  await sql`
    create unlogged table slack_budget (
      workspace_id text not null,
      kind text not null,
      next_at timestamptz not null,
      primary key (workspace_id, kind)
    )`.execute(db)
}
