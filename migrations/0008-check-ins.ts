import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Up to when openings have been looked for: what was missed since is found after an outage.
  await sql`
    create table round_watch (
      workspace_id text primary key references workspace (id),
      looked_until timestamptz not null
    )`.execute(db)

  // One a day at most; date is the day in the workspace's zone. number counts those that opened. settle_at is when its
  // people hear next what came of their answers. expected and was: the gap that its proposals tell, as it was then.
  await sql`
    create table round (
      workspace_id text not null,
      id uuid not null,
      date text not null,
      state text not null check (state in ('open', 'closed', 'too few', 'missed')),
      number integer,
      people integer not null,
      wave smallint not null default 1,
      opened_at timestamptz not null,
      closes_at timestamptz not null,
      settle_at timestamptz,
      closed_at timestamptz,
      expected real,
      was real,
      primary key (workspace_id, id),
      unique (workspace_id, number)
    )`.execute(db)
  await sql`create index round_to_settle on round (workspace_id, settle_at) where state = 'open'`.execute(db)

  // How the groups of a wave came about. input has avoid lists in it: nobody but the operator's replay reads it, and it
  // is gone after 90 days, or when one of its people is erased.
  await sql`
    create table matching (
      workspace_id text not null,
      round_id uuid not null,
      wave smallint not null,
      seed text not null,
      input_hash text not null,
      objective jsonb not null,
      bound jsonb not null,
      certified boolean not null,
      method text not null,
      groups jsonb not null,
      input jsonb,
      made_at timestamptz not null,
      primary key (workspace_id, round_id, wave)
    )`.execute(db)
  await sql`create index matching_with_input on matching (workspace_id, made_at) where input is not null`.execute(db)

  // Who was in a round. waited: how many rounds before this one left them out in a row. fate is null as long as it is
  // open; silent: they were asked and never answered.
  await sql`
    create table round_member (
      workspace_id text not null,
      round_id uuid not null,
      member_id text not null,
      number integer not null,
      waited integer not null,
      anyone boolean not null default false,
      fate text check (fate in ('introduced', 'alone', 'not this time')),
      silent boolean not null default false,
      primary key (workspace_id, round_id, member_id)
    )`.execute(db)
  await sql`create index round_member_by_member on round_member (workspace_id, member_id, number desc)`.execute(db)

  // shown_at: a proposal of it was seen, or its people were introduced; from then on it is history.
  await sql`
    create table pairing (
      workspace_id text not null,
      id uuid not null,
      round_id uuid not null,
      number integer not null,
      wave smallint not null,
      state text not null check (state in ('proposed', 'confirmed', 'introduced', 'over')),
      answer_by timestamptz not null,
      shown_at timestamptz,
      introduced_at timestamptz,
      first_id text,
      primary key (workspace_id, id)
    )`.execute(db)
  await sql`create index pairing_by_round on pairing (workspace_id, round_id, state)`.execute(db)
  await sql`create index pairing_introduced on pairing (workspace_id, introduced_at) where introduced_at is not null`.execute(
    db,
  )

  // What each of them said: before (answer, expectation 1 to 5) and after (outcome, rating 1 to 5). For the person alone.
  await sql`
    create table pairing_member (
      workspace_id text not null,
      pairing_id uuid not null,
      member_id text not null,
      number integer not null,
      answer text not null default 'open' check (answer in ('open', 'yes', 'no')),
      answered_at timestamptz,
      expectation smallint check (expectation between 1 and 5),
      outcome text check (outcome in ('met', 'planned', 'not yet', 'no')),
      outcome_at timestamptz,
      rating smallint check (rating between 1 and 5),
      rated_at timestamptz,
      primary key (workspace_id, pairing_id, member_id)
    )`.execute(db)
  await sql`create index pairing_member_by_member on pairing_member (workspace_id, member_id, number desc)`.execute(db)
  await sql`
    create index pairing_member_rated on pairing_member (workspace_id, rated_at)
    where rating is not null and expectation is not null`.execute(db)

  // Whatever is posted about check-ins has a row first. target is a person, or null for the group of a pairing. channel and
  // ts are where Slack put it; revision counts how often it was to be drawn anew.
  await sql`
    create table check_in_message (
      workspace_id text not null,
      id uuid not null,
      kind text not null check (kind in
        ('proposal', 'reminder', 'introduction', 'alone', 'follow-up', 'second follow-up', 'ghost', 'too few', 'missed')),
      round_id uuid,
      pairing_id uuid,
      target text,
      due_at timestamptz not null,
      state text not null default 'due' check (state in ('due', 'sent', 'skipped', 'gone', 'failed')),
      channel text,
      ts text,
      problem text,
      settled_at timestamptz,
      revision integer not null default 0,
      primary key (workspace_id, id)
    )`.execute(db)
  await sql`create index check_in_message_due on check_in_message (workspace_id, due_at) where state = 'due'`.execute(
    db,
  )
  await sql`create index check_in_message_failed on check_in_message (workspace_id) where state = 'failed'`.execute(db)
  await sql`create index check_in_message_of_pairing on check_in_message (workspace_id, pairing_id)`.execute(db)

  // What admins see the day before: reckoned without avoid lists. members: how many people could take part.
  await sql`
    create table round_outlook (
      workspace_id text not null,
      date text not null,
      people integer not null,
      members integer not null,
      same_team integer not null,
      repeats integer not null,
      primary key (workspace_id, date)
    )`.execute(db)
}
