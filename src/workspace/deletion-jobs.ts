/** What becomes of a workspace that removed the app: after a while, nothing is left of it. */
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { beginDeletion, deleteRows, listDoomed } from './deletion-store.ts'
import { USUAL_KEEP_DAYS } from './settings.ts'

const DELETE = 'workspace.delete'
/** What one job deletes of one workspace; the next minute's goes on. */
const ROWS = 200_000
const WORKSPACES = 20

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  const { jobsDb, queue, ticker } = platform
  // Names no workspace: the job itself would be what is left of one.
  queue.work<object>({ name: DELETE, retryLimit: 3 }, () => deleteDoomed(platform))
  ticker.everyMinute(DELETE, async (now) => {
    if ((await listDoomed(jobsDb, now, USUAL_KEEP_DAYS, 1)).length === 0) return
    await queue.send(DELETE, { id: naturalId(DELETE, now.toISOString().slice(0, 16)), data: {} })
  })
}

async function deleteDoomed({ jobsDb, clock, log }: Platform): Promise<void> {
  for (const workspace of await listDoomed(jobsDb, instant(clock), USUAL_KEEP_DAYS, WORKSPACES)) {
    if (!(await beginDeletion(jobsDb, workspace))) continue
    const { rows, done } = await deleteRows(jobsDb, workspace, ROWS)
    log.info({ workspace, rows, done }, DELETE)
  }
}
