import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // token is sealed (platform/secrets.ts), null where the one of the environment serves. An installation for a whole
  // organisation would be a row for each of its workspaces with the organisation's token, sealed for each.
  // stopped_at: when Slack, or a refused token, said that we are not there any more. What is known of the workspace
  // stays for a while from then on; 'deleting' is the point of no return.
  await sql`
    alter table workspace
      add column enterprise_id text,
      add column token text,
      add column state text not null default 'active' check (state in ('active', 'revoked', 'uninstalled', 'deleting')),
      add column stopped_at timestamptz,
      add column stopped_because text,
      add check ((state = 'active') = (stopped_at is null))`.execute(db)
  await sql`create index workspace_stopped on workspace (stopped_at) where state <> 'active'`.execute(db)

  // Which states (OAuth's word for the ticket of one installation) have come back: none is good twice, in whatever
  // process. Written only then, so that nobody fills the table by asking for tickets.
  await sql`
    create table install_ticket (
      id text primary key,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index install_ticket_expired on install_ticket (expires_at)`.execute(db)
}
