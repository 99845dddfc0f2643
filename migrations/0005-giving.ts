import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // nth counts a giver's kudos. Two processes that store one of the same giver at the same moment, neither seeing the
  // other's, arrive at the same number: one of them fails, and looks again.
  await sql`alter table kudos add column nth int`.execute(db)
  await sql`
    update kudos set nth = counted.nth from (
      select workspace_id, id, row_number() over (partition by workspace_id, giver_id order by given_at, id) as nth
      from kudos
    ) as counted
    where kudos.workspace_id = counted.workspace_id and kudos.id = counted.id`.execute(db)
  await sql`alter table kudos alter column nth set not null`.execute(db)

  // A table without statistics, as in its first minute on a server and always on the embedded database, looks to the
  // planner as if a workspace had one row: any index that begins with the workspace is as good as the primary key, and
  // reads all there is. So these begin with what is rarer; queries name both.
  await sql`create unique index kudos_nth on kudos (giver_id, workspace_id, nth)`.execute(db)
  await sql`create index kudos_alike on kudos (likeness, giver_id, workspace_id, given_at)`.execute(db)
  await sql`drop index kudos_by_giver`.execute(db)
  await sql`create index kudos_by_giver on kudos (giver_id, workspace_id, given_at desc)`.execute(db)
  await sql`drop index kudos_recipient_by_member`.execute(db)
  await sql`
    create index kudos_recipient_by_member on kudos_recipient (member_id, workspace_id, given_at desc)`.execute(db)

  // Which transaction last changed anything that giving goes by. A process keeps all that in memory, and the statement
  // that stores a kudos compares. Triggers, so that no change can forget to say so; deferred, so that the workspace's
  // row is the last thing a transaction waits for.
  await sql`alter table workspace add column giving_changed_by xid8 not null default pg_current_xact_id()`.execute(db)
  await sql`
    create function giving_changed() returns trigger language plpgsql as $$
    begin
      update workspace set giving_changed_by = pg_current_xact_id()
      where id = coalesce(new.workspace_id, old.workspace_id) and giving_changed_by <> pg_current_xact_id();
      return null;
    end $$`.execute(db)
  const changed = 'old.* is distinct from new.*'
  const read = {
    // Most of what Slack tells of people is their status and their picture.
    member: '(old.kind, old.tz) is distinct from (new.kind, new.tz)',
    user_group_member: changed,
    channel: changed,
    setting: changed,
    kudos_preference: changed,
  }
  for (const [table, when] of Object.entries(read)) {
    await sql`
      create constraint trigger giving_changed after insert or delete on ${sql.table(table)}
      deferrable initially deferred for each row execute function giving_changed()`.execute(db)
    await sql`
      create constraint trigger giving_changed_by_update after update on ${sql.table(table)}
      deferrable initially deferred for each row when (${sql.raw(when)}) execute function giving_changed()`.execute(db)
  }
}
