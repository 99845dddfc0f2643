import { inWorkspace } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { type Attempt, LANES } from '../platform/queue.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { memberOf } from '../workspace/member.ts'
import { saveMembers } from '../workspace/store.ts'
import { tell } from '../workspace/telling.ts'
import { REDRAW, type RedrawJob } from './acts.ts'
import * as answers from './answers.ts'
import { deliver } from './delivery-jobs.ts'
import { DELIVER, ENTER, enterAll } from './entering.ts'
import { createGive, type Give, LOOK_UP, type LookUpJob } from './giving.ts'
import type { DeliverJob } from './new-kudos.ts'
import { redrawAll } from './redraw-jobs.ts'
import { register as registerRetention } from './retention-jobs.ts'

/** Delays grow to five minutes: a Slack that is down overnight costs patience, not a kudos. */
const A_DAY_OF_RETRIES = 300
/** How long a giver waits for a look-up: the response_url lives half an hour. */
const LOOK_UP_SECONDS = 20 * 60

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  const { queue, ticker } = platform
  const give = createGive(platform)
  ticker.everyMinute(ENTER, () => enterAll(platform))
  queue.work<DeliverJob>({ name: DELIVER, retryLimit: A_DAY_OF_RETRIES, lanes: LANES }, (job, attempt) =>
    deliver(platform, job, attempt),
  )
  queue.work<RedrawJob>({ name: REDRAW, retryLimit: A_DAY_OF_RETRIES, lanes: LANES }, (job, attempt) =>
    redrawAll(platform, job, attempt),
  )
  // A few tries within the half hour that a response_url lives.
  queue.work<LookUpJob>({ name: LOOK_UP, retryLimit: 5 }, (job, attempt) => lookUp(platform, give, job, attempt))
  registerRetention(platform)
}

/** Asks Slack who the unknown people of a kudos are, gives it, and answers the giver. All of it is harmless again. */
async function lookUp(platform: Platform, give: Give, job: LookUpJob, attempt: Attempt): Promise<void> {
  const answer = await findOut(platform, give, job, attempt)
  if (!answer) return
  const { workspaceId, giving } = job
  try {
    await tell(platform, { workspaceId, responseUrl: giving.responseUrl }, giving.giver, answer)
  } catch (error) {
    if (!isGone(error)) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId }, 'kudos.giver-not-told')
  }
}

/** What to tell the giver; null when the queue found nothing to do. */
async function findOut(platform: Platform, give: Give, { workspaceId, giving, ids }: LookUpJob, attempt: Attempt) {
  try {
    for (const id of ids) await learn(platform, workspaceId, id)
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error
    if (!attempt.final && (error.retryAfterSeconds ?? 0) <= LOOK_UP_SECONDS) throw orLater(error)
    platform.log.error({ err: error, workspace: workspaceId }, `${LOOK_UP}.given-up`)
    return answers.notFoundOut()
  }
  const result = await give(workspaceId, { ...giving, lookedUp: true })
  platform.log.info({ workspace: workspaceId, outcome: result.kind }, LOOK_UP)
  return answers.outcome(result)
}

async function learn(platform: Platform, workspaceId: string, id: string): Promise<void> {
  try {
    const member = memberOf(await platform.slackOf(workspaceId).user(id), workspaceId)
    await inWorkspace(platform.jobsDb, workspaceId, (tenant) => saveMembers(tenant, [member]))
  } catch (error) {
    // Somebody Slack does not know, or does not show: giving says so.
    if (!isGone(error)) throw error
  }
}
