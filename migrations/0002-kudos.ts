import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // The id is made from the request that gave it, so the same request twice is the same row.
  // likeness is a hash of recipients and reason: how "the same again?" is found.
  // said_in is null when it was said where only its members may know.
  // No foreign key to workspace: every kudos would lock, and every commit look up, the same one row.
  await sql`
    create table kudos (
      workspace_id text not null,
      id uuid not null,
      giver_id text not null,
      reason text not null,
      said_in text,
      likeness text not null,
      given_at timestamptz not null,
      withdrawn_at timestamptz,
      primary key (workspace_id, id)
    )`.execute(db)
  await sql`create index kudos_by_giver on kudos (workspace_id, giver_id, given_at desc)`.execute(db)

  // position is the order in which the giver named them; given_at, once more, is for the index below.
  await sql`
    create table kudos_recipient (
      workspace_id text not null,
      kudos_id uuid not null,
      member_id text not null,
      position smallint not null,
      given_at timestamptz not null,
      primary key (workspace_id, kudos_id, member_id),
      foreign key (workspace_id, kudos_id) references kudos (workspace_id, id)
    )`.execute(db)
  await sql`create index kudos_recipient_by_member on kudos_recipient (workspace_id, member_id, given_at desc)`.execute(
    db,
  )

  // Whatever is posted has a row first. target is where it was to go (a channel or a person); channel and ts are where
  // Slack put it.
  await sql`
    create table kudos_delivery (
      workspace_id text not null,
      id uuid not null,
      kudos_id uuid not null,
      kind text not null check (kind in ('card', 'note')),
      target text not null,
      state text not null check (state in ('due', 'sent', 'skipped', 'gone', 'failed', 'removed')),
      channel text,
      ts text,
      problem text,
      settled_at timestamptz,
      primary key (workspace_id, id),
      foreign key (workspace_id, kudos_id) references kudos (workspace_id, id)
    )`.execute(db)
  await sql`create index kudos_delivery_by_kudos on kudos_delivery (kudos_id)`.execute(db)
  await sql`
    create index kudos_delivery_notes_sent on kudos_delivery (workspace_id, target)
    where kind = 'note' and state in ('sent', 'removed')`.execute(db)

  await sql`
    create table kudos_preference (
      workspace_id text not null references workspace (id),
      member_id text not null,
      notes boolean not null,
      changed_at timestamptz not null,
      primary key (workspace_id, member_id)
    )`.execute(db)
}
