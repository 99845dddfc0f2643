import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workspace (
      id text primary key,
      bot_user_id text not null,
      bot_id text not null,
      installed_at timestamptz not null
    )`.execute(db)

  await sql`
    create table setting (
      workspace_id text not null references workspace (id),
      key text not null,
      value jsonb not null,
      changed_at timestamptz not null,
      primary key (workspace_id, key)
    )`.execute(db)

  // No names, addresses or pictures: Slack draws <@U1> for whoever may see it.
  // version is Slack's own "updated" of the person, so that a late event can't undo a newer one.
  await sql`
    create table member (
      workspace_id text not null references workspace (id),
      id text not null,
      kind text not null check (kind in ('member', 'guest', 'single-channel guest', 'bot', 'stranger', 'deactivated')),
      is_admin boolean not null,
      is_owner boolean not null,
      tz text,
      locale text,
      version bigint not null,
      primary key (workspace_id, id)
    )`.execute(db)

  // version is Slack's time of the last change, as above. A disabled group stays, without members.
  await sql`
    create table user_group (
      workspace_id text not null references workspace (id),
      id text not null,
      version bigint not null,
      primary key (workspace_id, id)
    )`.execute(db)

  await sql`
    create table user_group_member (
      workspace_id text not null,
      group_id text not null,
      member_id text not null,
      primary key (workspace_id, group_id, member_id),
      foreign key (workspace_id, group_id) references user_group (workspace_id, id)
    )`.execute(db)

  // The public channels the app is in. A channel that is not here gets no card.
  await sql`
    create table channel (
      workspace_id text not null references workspace (id),
      id text not null,
      is_shared boolean not null,
      is_archived boolean not null,
      primary key (workspace_id, id)
    )`.execute(db)
}
