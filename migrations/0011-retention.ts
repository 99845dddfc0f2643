import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Up to when the texts of kudos were forgotten: the next night goes on from there.
  await sql`
    create table kudos_retention (
      workspace_id text primary key,
      forgotten_until timestamptz not null
    )`.execute(db)
}
