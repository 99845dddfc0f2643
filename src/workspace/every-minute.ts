import { inWorkspace, type Tenant } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { listWorkspaces } from './store.ts'

/** Workspaces looked at side by side. One that is slow holds up its own lane, for as long as a statement may take. */
const LANES = 3

/**
 * Once a minute, and at once after a clock was moved, looks in each workspace what is due, in a transaction of its own:
 * `look` enqueues jobs with natural ids, for it is asked by every process and at times twice (platform/ticker.ts). What
 * fails in one workspace is logged under `name`, and keeps no other from its turn.
 */
export function everyMinute(
  platform: Platform,
  name: string,
  look: (tenant: Tenant, now: Date) => Promise<void>,
): void {
  const { jobsDb, ticker, log } = platform
  ticker.everyMinute(name, async (now) => {
    const workspaces = await listWorkspaces(jobsDb)
    const lane = async () => {
      for (let workspace = workspaces.shift(); workspace !== undefined; workspace = workspaces.shift()) {
        try {
          await inWorkspace(jobsDb, workspace, (tenant) => look(tenant, now))
        } catch (error) {
          log.warn({ err: error, workspace, name }, 'ticker.failed')
        }
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
  })
}
