import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // is_private: a note to each recipient and nothing else, ever. value is a tag without its #.
  // passed_on_from is the kudos whose recipient gave this one on, whether or not it still stands.
  // about_*: the message it thanks for, kept for public channels only; permalink is null until Slack was asked, then
  // the link or ''. thread_ts: the thread the card belongs into.
  // removed_*: an admin took it back; withdrawn_at says when, as for every kudos that stands no more.
  await sql`
    alter table kudos
      add column is_private boolean not null default false,
      add column value text,
      add column passed_on_from uuid,
      add column thread_ts text,
      add column about_channel text,
      add column about_ts text,
      add column permalink text,
      add column removed_by text,
      add column removal_reason text`.execute(db)

  // kept_private: on no card, and private in every count and export.
  await sql`alter table kudos_recipient add column kept_private boolean not null default false`.execute(db)

  await sql`
    alter table kudos_preference
      alter column notes set default true,
      add column only_me boolean not null default false`.execute(db)

  // show_text: the recipient of a private kudos let an admin read it.
  await sql`
    create table kudos_report (
      workspace_id text not null,
      id uuid not null,
      kudos_id uuid not null,
      reporter_id text not null,
      complaint text not null,
      show_text boolean not null,
      reported_at timestamptz not null,
      state text not null check (state in ('open', 'removed', 'left')),
      decided_by text,
      decided_at timestamptz,
      primary key (workspace_id, id),
      foreign key (workspace_id, kudos_id) references kudos (workspace_id, id)
    )`.execute(db)
  await sql`create index kudos_report_by_kudos on kudos_report (workspace_id, kudos_id)`.execute(db)

  // Few among thousands.
  await sql`
    create index member_admins on member (workspace_id, id) where kind = 'member' and (is_admin or is_owner)`.execute(
    db,
  )

  // report: tells an admin of a report. verdict: tells the giver that an admin removed the kudos.
  await sql`
    alter table kudos_delivery
      add column report_id uuid,
      drop constraint kudos_delivery_kind_check,
      add constraint kudos_delivery_kind_check check (kind in ('card', 'note', 'report', 'verdict'))`.execute(db)
}
