import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Names of groups are names of teams, not of people.
  await sql`alter table user_group add column name text not null default ''`.execute(db)

  // Who changed what, and when; changed_by is null for the operator.
  await sql`
    create table setting_change (
      workspace_id text not null,
      id bigint generated always as identity,
      key text not null,
      previous jsonb,
      value jsonb,
      changed_by text,
      changed_at timestamptz not null,
      primary key (workspace_id, id)
    )`.execute(db)

  // What is known of somebody's team, by where it is known from. until is null for what holds now; what held before
  // stays, so that a number of last month does not change.
  await sql`
    create table team_claim (
      workspace_id text not null,
      member_id text not null,
      source text not null check (source in ('admin', 'group', 'field', 'self')),
      team text not null,
      since timestamptz not null,
      until timestamptz,
      primary key (workspace_id, member_id, source, since)
    )`.execute(db)
  await sql`
    create unique index team_claim_now on team_claim (workspace_id, member_id, source) where until is null`.execute(db)

  // Check-ins: nobody is in this table who has not clicked. paused_until is 'infinity' for "until I say so".
  // Working hours are minutes from midnight, local time; days are 1 (Monday) to 7.
  await sql`
    create table participation (
      workspace_id text not null,
      member_id text not null,
      joined_at timestamptz,
      left_at timestamptz,
      paused_until timestamptz,
      skips_next boolean not null default false,
      work_days smallint[] not null default '{1,2,3,4,5}',
      work_from smallint not null default 540,
      work_until smallint not null default 1020,
      reads_status boolean not null default false,
      changed_at timestamptz not null,
      primary key (workspace_id, member_id)
    )`.execute(db)
  await sql`
    create index participation_joined on participation (workspace_id, member_id)
    where joined_at is not null and left_at is null`.execute(db)

  // Read by its owner alone; it works both ways.
  await sql`
    create table avoidance (
      workspace_id text not null,
      owner_id text not null,
      avoided_id text not null,
      since timestamptz not null,
      primary key (workspace_id, owner_id, avoided_id)
    )`.execute(db)
  await sql`create index avoidance_of on avoidance (workspace_id, avoided_id)`.execute(db)

  // The kudos of long ago that somebody does not want to be reminded of.
  await sql`
    create table keepsake_dismissal (
      workspace_id text not null,
      member_id text not null,
      kudos_id uuid not null,
      dismissed_at timestamptz not null,
      primary key (workspace_id, member_id, kudos_id)
    )`.execute(db)

  // The month of the whole workspace, counted.
  await sql`create index kudos_standing_by_time on kudos (workspace_id, given_at) where withdrawn_at is null`.execute(
    db,
  )
}
