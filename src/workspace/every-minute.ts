import { inWorkspace, type Tenant } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { listWorkspaces } from './store.ts'

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
    for (const workspace of await listWorkspaces(jobsDb)) {
      try {
        await inWorkspace(jobsDb, workspace, (tenant) => look(tenant, now))
      } catch (error) {
        log.warn({ err: error, workspace, name }, 'ticker.failed')
      }
    }
  })
}
