import { type Db, inWorkspace } from '../platform/database.ts'
import { type Month, monthNamed } from './month.ts'
import { closeMonth, monthsToClose } from './month-store.ts'

/** Counts what has not been counted up to a month, each month in a transaction of its own. null for a name that is none. */
export async function closeUntil(
  db: Db,
  { workspaceId, month: name, zone }: { workspaceId: string; month: string; zone: string },
  now: Date,
): Promise<Month | null> {
  const month = monthNamed(name, zone)
  if (!month) return null
  for (const one of await inWorkspace(db, workspaceId, (tenant) => monthsToClose(tenant, month))) {
    await inWorkspace(db, workspaceId, (tenant) => closeMonth(tenant, one, now))
  }
  return month
}
