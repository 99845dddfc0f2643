import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Read from a status in Slack, and only of people who asked for it: until when they are away; 'infinity' for a status
  // that stays. The status itself is not kept.
  await sql`alter table participation add column away_until timestamptz`.execute(db)

  // What whoever installed the app agreed to, beyond what it can't do without.
  await sql`alter table workspace add column scopes text[] not null default '{}'`.execute(db)

  // Reading all the members takes minutes. reading names the occasion of the one under way, again that another is to
  // follow it, read_at when the last one was whole.
  await sql`
    create table member_reading (
      workspace_id text not null references workspace (id),
      reading text,
      again text,
      began_at timestamptz,
      read_at timestamptz,
      primary key (workspace_id)
    )`.execute(db)

  // The workspace's own fields in profiles, to choose the one that names the team. Their labels name no person.
  await sql`
    create table profile_field (
      workspace_id text not null references workspace (id),
      id text not null,
      label text not null,
      place smallint not null,
      primary key (workspace_id, id)
    )`.execute(db)

  // In which week (counted since 1970) a kudos of long ago was last shown again: another one each week.
  await sql`
    create table keepsake_shown (
      workspace_id text not null,
      member_id text not null,
      kudos_id uuid not null,
      week integer not null,
      primary key (workspace_id, member_id, kudos_id)
    )`.execute(db)

  // The channels where the app has said hello. Adding it a second time is no second hello.
  await sql`
    create table channel_greeting (
      workspace_id text not null references workspace (id),
      channel_id text not null,
      greeted_at timestamptz not null,
      primary key (workspace_id, channel_id)
    )`.execute(db)
}
