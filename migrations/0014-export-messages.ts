import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Where the messages of somebody's exports stand, so that they go as well when that person is forgotten.
  await sql`
    create table export_message (
      workspace_id text not null,
      member_id text not null,
      channel text not null,
      ts text not null,
      primary key (workspace_id, member_id, channel, ts)
    )`.execute(db)
}
