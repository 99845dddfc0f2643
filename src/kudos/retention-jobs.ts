/** Once a night, forgets the words of kudos that are older than the workspace wants to keep them. */
import { DateTime } from 'luxon'
import { inWorkspace } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { everyMinute } from '../workspace/every-minute.ts'
import { getSetting, getSettings } from '../workspace/settings-store.ts'
import { forgetWords } from './retention-store.ts'

export const FORGET_WORDS = 'kudos.forget-words'

interface ForgetJob {
  workspaceId: string
}

/** Of the workspace's own night. */
const HOUR = 3
/** So many in a transaction. */
const AT_ONCE = 1_000

export function register(platform: Platform): void {
  platform.queue.work<ForgetJob>({ name: FORGET_WORDS, retryLimit: 20 }, (job) => forgetOld(platform, job))
  everyMinute(platform, FORGET_WORDS, async (tenant, now) => {
    const settings = await getSettings(tenant, ['kudos.keep-words-months', 'workspace.zone'])
    const here = DateTime.fromJSDate(now, { zone: settings['workspace.zone'] })
    if (settings['kudos.keep-words-months'] === null || here.hour < HOUR) return
    const { workspaceId } = tenant
    const id = naturalId(FORGET_WORDS, workspaceId, here.toISODate() ?? '')
    await platform.queue.enqueue(tenant, FORGET_WORDS, [{ id, data: { workspaceId } }])
  })
}

async function forgetOld({ jobsDb, clock, log }: Platform, { workspaceId }: ForgetJob): Promise<void> {
  for (let more = true; more; ) {
    more = await inWorkspace(jobsDb, workspaceId, async (tenant) => {
      // As it is by now: somebody may have thought better of it.
      const months = await getSetting(tenant, 'kudos.keep-words-months')
      if (months === null) return false
      const before = DateTime.fromJSDate(instant(clock), { zone: 'utc' }).minus({ months }).toJSDate()
      return await forgetWords(tenant, before, AT_ONCE)
    })
  }
  log.info({ workspace: workspaceId }, FORGET_WORDS)
}
