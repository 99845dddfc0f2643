import type { Platform } from '../platform/platform.ts'
import { LANES } from '../platform/queue.ts'
import { everyMinute } from '../workspace/every-minute.ts'
import { BRING, type BringJob, REMOVE } from './acts.ts'
import { bring, takeAway } from './answer-jobs.ts'
import { DRAW, drawPost, lookForStale } from './drawing-jobs.ts'
import { POST, type PostJob, sendDue, takeTurns } from './due.ts'
import { lookForUntold, TELL, type TellJob, tellAdmin } from './notice-jobs.ts'
import { postPrompt } from './posting-jobs.ts'

/** Delays grow to five minutes: a Slack that is down overnight costs patience, and nothing else. */
const A_DAY_OF_RETRIES = 300

/** Tells the queue who does the work, and the ticker what to ask for. */
export function register(platform: Platform): void {
  const { queue } = platform
  // What is tried again is what never reached Slack: a prompt is not sent twice by itself.
  queue.work<PostJob>({ name: POST, retryLimit: A_DAY_OF_RETRIES, lanes: LANES }, (job) => postPrompt(platform, job))
  queue.work<BringJob>({ name: BRING, retryLimit: A_DAY_OF_RETRIES, lanes: LANES }, (job, attempt) =>
    bring(platform, job, attempt),
  )
  queue.work<BringJob>({ name: REMOVE, retryLimit: A_DAY_OF_RETRIES, lanes: LANES }, (job) => takeAway(platform, job))
  queue.work<PostJob>({ name: DRAW, retryLimit: 20, lanes: LANES }, (job) => drawPost(platform, job))
  queue.work<TellJob>({ name: TELL, retryLimit: A_DAY_OF_RETRIES, lanes: LANES }, (job) => tellAdmin(platform, job))

  everyMinute(platform, 'prompts.due', async (tenant, now) => {
    await takeTurns(tenant, now)
    await sendDue(tenant, platform)
  })
  everyMinute(platform, 'prompts.stale', (tenant, now) => lookForStale(tenant, platform, now))
  everyMinute(platform, 'prompts.untold', (tenant, now) => lookForUntold(tenant, platform, now))
}
