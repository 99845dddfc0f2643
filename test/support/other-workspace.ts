/** A second workspace in a world's database, which the app does not serve: whatever touches it came from elsewhere. */
import { sql } from 'kysely'
import { saveInstallation } from '../../src/workspace/store.ts'
import { type FullWorkspace, fillWorkspace } from './full-workspace.ts'
import type { World } from './world.ts'

export const THERE = 'T0THERE'

export async function addOtherWorkspace({ database: { db } }: World): Promise<FullWorkspace> {
  const people = { me: 'U0THEIRA', other: 'U0THEIRB', third: 'U0THEIRC' }
  await saveInstallation(db, { workspaceId: THERE, botUserId: 'UBOT', botId: 'BBOT' }, new Date())
  const there = await fillWorkspace(db, THERE, 'THERE', people)
  // Out of the list of workspaces, with its rows left behind: nobody works for it, so nobody has any business with them.
  const { rows } = await sql<{ name: string; constraint: string }>`
    select conrelid::regclass::text as name, conname as constraint from pg_constraint
    where contype = 'f' and confrelid = 'workspace'::regclass`.execute(db)
  for (const { name, constraint } of rows) {
    await sql`alter table ${sql.table(name)} drop constraint ${sql.ref(constraint)}`.execute(db)
  }
  await sql`delete from workspace where id = ${THERE}`.execute(db)
  // A world waits until there is nothing to post any more (World.settled), and nobody posts this.
  await sql`delete from kudos_to_post where workspace_id = ${THERE}`.execute(db)
  return there
}

/** Every id that stands in it. */
export const idsOf = (there: FullWorkspace): string[] =>
  [...new Set(JSON.stringify(there).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g))].toSorted()
