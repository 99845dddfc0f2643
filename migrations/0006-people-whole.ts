import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Read from a status in Slack, and only of people who asked for it: until when they are away; 'infinity' for a status
  // that stays. The status itself is not kept.
  await sql`alter table participation add column away_until timestamptz`.execute(db)

  // What whoever installed the app agreed to, beyond what it can't do without.
  await sql`alter table workspace add column scopes text[] not null default '{}'`.execute(db)

  // The channels where the app has said hello. Adding it a second time is no second hello.
  await sql`
    create table channel_greeting (
      workspace_id text not null references workspace (id),
      channel_id text not null,
      greeted_at timestamptz not null,
      primary key (workspace_id, channel_id)
    )`.execute(db)
}
