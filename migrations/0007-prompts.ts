import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Where a prompt is posted, and when: weekday 1 (Monday) to 7 and due_time 'HH:MM' on the clocks of the zone. next_* is
  // what comes next, null until it was planned; passed_over is what an admin did not want this time.
  await sql`
    create table prompt_channel (
      workspace_id text not null,
      channel_id text not null,
      weekday smallint not null check (weekday between 1 and 7),
      due_time text not null,
      zone text not null,
      kinds text not null check (kinds in ('alternating', 'appreciation', 'connection')),
      own text not null check (own in ('first', 'mixed')),
      language text not null,
      join_button boolean not null,
      skipped_weeks text[] not null default '{}',
      next_due_at timestamptz,
      next_week text,
      next_prompt text,
      next_kind text,
      next_cycle integer,
      passed_over text[] not null default '{}',
      primary key (workspace_id, channel_id)
    )`.execute(db)
  await sql`create index prompt_channel_due on prompt_channel (workspace_id, next_due_at)`.execute(db)

  // Until now a workspace chose channels, and nothing else.
  await sql`
    insert into prompt_channel (workspace_id, channel_id, weekday, due_time, zone, kinds, own, language, join_button)
    select setting.workspace_id, channel.id, 1, '10:00',
      coalesce((select zone.value #>> '{}' from setting as zone
        where zone.workspace_id = setting.workspace_id and zone.key = 'workspace.zone'), 'UTC'),
      'alternating', 'first', 'en', false
    from setting, jsonb_array_elements_text(setting.value) as channel (id)
    where setting.key = 'prompts.channels' and jsonb_typeof(setting.value) = 'array'
    on conflict do nothing`.execute(db)
  await sql`delete from setting where key = 'prompts.channels'`.execute(db)

  // The workspace's own. What was posted keeps its words.
  await sql`
    create table own_prompt (
      workspace_id text not null,
      id uuid not null,
      kind text not null check (kind in ('appreciation', 'connection')),
      text text not null,
      added_by text not null,
      added_at timestamptz not null,
      retired_at timestamptz,
      primary key (workspace_id, id)
    )`.execute(db)
  await sql`
    create index own_prompt_live on own_prompt (workspace_id, added_at, id) where retired_at is null`.execute(db)

  // One a channel and ISO week, whatever happens. attempt goes up when an admin has it posted again; notice_id is the
  // message that told the admins what went wrong. shown_count is the number in the post; is_stale says that somebody
  // came or went since it was drawn.
  await sql`
    create table prompt_post (
      workspace_id text not null,
      id uuid not null,
      channel_id text not null,
      week text not null,
      due_at timestamptz not null,
      state text not null check (state in ('due', 'claimed', 'posted', 'uncertain', 'failed', 'skipped', 'gone')),
      prompt_id text,
      kind text check (kind in ('appreciation', 'connection')),
      cycle integer,
      text text,
      language text not null,
      join_button boolean not null default false,
      attempt integer not null default 1,
      again_by text,
      ts text,
      problem text,
      settled_at timestamptz,
      is_told boolean not null default false,
      notice_id uuid,
      shown_count integer not null default 0,
      is_stale boolean not null default false,
      drawn_at timestamptz,
      primary key (workspace_id, id),
      unique (workspace_id, channel_id, week)
    )`.execute(db)
  await sql`create index prompt_post_history on prompt_post (workspace_id, channel_id, due_at desc)`.execute(db)
  await sql`create index prompt_post_due on prompt_post (workspace_id) where state = 'due'`.execute(db)
  await sql`
    create index prompt_post_untold on prompt_post (workspace_id)
    where state in ('uncertain', 'failed', 'gone') and not is_told`.execute(db)
  await sql`create index prompt_post_notice on prompt_post (workspace_id, notice_id) where notice_id is not null`.execute(
    db,
  )
  await sql`create index prompt_post_stale on prompt_post (workspace_id, drawn_at) where is_stale`.execute(db)

  // to_member is whom it is for alone, or null for everybody in the thread. about is whom it is about, as chosen.
  // kudos_id is what it became.
  await sql`
    create table prompt_answer (
      workspace_id text not null,
      id uuid not null,
      post_id uuid not null,
      member_id text not null,
      to_member text,
      about text[] not null default '{}',
      text text not null,
      answered_at timestamptz not null,
      removed_at timestamptz,
      state text not null check (state in ('due', 'sent', 'skipped', 'gone', 'failed', 'removed')),
      channel text,
      ts text,
      problem text,
      kudos_id uuid,
      primary key (workspace_id, id),
      foreign key (workspace_id, post_id) references prompt_post (workspace_id, id)
    )`.execute(db)
  await sql`
    create unique index prompt_answer_standing on prompt_answer (workspace_id, post_id, member_id)
    where removed_at is null`.execute(db)
  await sql`create index prompt_answer_by_member on prompt_answer (workspace_id, member_id, answered_at desc)`.execute(
    db,
  )

  await sql`
    create table prompt_done (
      workspace_id text not null,
      post_id uuid not null,
      member_id text not null,
      done_at timestamptz not null,
      primary key (workspace_id, post_id, member_id),
      foreign key (workspace_id, post_id) references prompt_post (workspace_id, id)
    )`.execute(db)
  await sql`create index prompt_done_by_member on prompt_done (workspace_id, member_id, done_at desc)`.execute(db)
}
