import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // A month as it was told: figures that kept to the rule of five, and nobody's id. Told once, it never changes, or the
  // difference between two readings would be about whoever changed in between. opened_at: when its digest went out.
  await sql`
    create table digest_month (
      workspace_id text not null,
      month text not null check (month ~ '^\\d{4}-\\d{2}$'),
      figures jsonb not null,
      counted_at timestamptz not null,
      opened_at timestamptz,
      primary key (workspace_id, month)
    )`.execute(db)

  // Two people who thanked each other or met, in months that were counted; low_id is the lesser of the two.
  await sql`
    create table tie (
      workspace_id text not null,
      low_id text not null,
      high_id text not null,
      primary key (workspace_id, low_id, high_id)
    )`.execute(db)

  // The month of everybody, by its time; without it, a month costs as much as all of history.
  await sql`create index kudos_recipient_by_time on kudos_recipient (workspace_id, given_at)`.execute(db)

  // A row before anything is sent. claimed: perhaps sent, by whoever claimed it. message is what was sent.
  await sql`
    create table digest_delivery (
      workspace_id text not null,
      id uuid not null,
      month text not null,
      target text not null,
      due_at timestamptz not null,
      state text not null check (state in ('due', 'claimed', 'sent', 'uncertain', 'gone', 'failed')),
      attempt smallint not null default 1,
      message jsonb,
      channel text,
      ts text,
      problem text,
      settled_at timestamptz,
      primary key (workspace_id, id)
    )`.execute(db)
}
