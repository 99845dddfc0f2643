import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Whoever gives waits for each of these to be written.

  // A giver's kudos are looked through in their order: kudos_nth has it.
  await sql`drop index kudos_by_giver`.execute(db)

  // The same to the same people, by whomever, within two minutes: few enough to look at.
  await sql`drop index kudos_alike`.execute(db)
  await sql`create index kudos_alike on kudos (likeness, given_at)`.execute(db)

  // One statement stores a kudos with its recipients, and no kudos is ever deleted. The foreign key looked each of them up
  // and locked it, once for every recipient.
  await sql`alter table kudos_recipient drop constraint kudos_recipient_workspace_id_kudos_id_fkey`.execute(db)
}
