/** What the queue runs for check-ins, and what is looked for once a minute. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { LANES } from '../platform/queue.ts'
import { everyMinute } from '../workspace/every-minute.ts'
import { getSettings } from '../workspace/settings-store.ts'
import { redrawMessage, send } from './delivery-jobs.ts'
import { forgetInputs } from './history-store.ts'
import { listDue } from './message-store.ts'
import { type MessageJob, OPEN, type OpenJob, OUTLOOK, REDRAW, type RoundJob, SEND, SETTLE } from './naming.ts'
import { openRound, roundIdOf, storeNone } from './opening.ts'
import { lookAhead } from './outlook.ts'
import { listOpenRounds } from './round-store.ts'
import { holdWatch, moveWatch } from './round-writing-store.ts'
import { nextOpening, openingsBetween } from './schedule.ts'
import { enqueue } from './sending.ts'
import { closeAll, settleJobId, settleRound } from './settling.ts'

const DAY_MS = 24 * 3_600_000
/** Found later than this, an opening is left out. */
const LATEST_MS = DAY_MS
/** So many messages are handed to the queue each minute: more than Slack takes. */
const MOST_A_MINUTE = 1_000
/** What groups were made from is kept this long. */
const REPLAY_DAYS = 90
/** Delays grow to five minutes: a Slack that is down overnight costs patience, not a message. */
const A_DAY_OF_RETRIES = 300
const RETRIES = 20

/** Tells the queue who does the work, and the clock what to ask. */
export function register(platform: Platform): void {
  const { queue } = platform
  queue.work<OpenJob>({ name: OPEN, retryLimit: RETRIES }, async ({ workspaceId, date }) => {
    await closeAll(platform, workspaceId)
    await openRound(platform, workspaceId, date, instant(platform.clock))
    await platform.ticker.ask()
  })
  queue.work<RoundJob>({ name: SETTLE, retryLimit: RETRIES }, async ({ workspaceId, roundId }) => {
    await settleRound(platform, workspaceId, roundId)
    await platform.ticker.ask()
  })
  queue.work<MessageJob>({ name: SEND, retryLimit: A_DAY_OF_RETRIES, lanes: LANES }, (job, attempt) =>
    send(platform, job, attempt),
  )
  queue.work<MessageJob>({ name: REDRAW, retryLimit: A_DAY_OF_RETRIES, lanes: LANES }, (job) =>
    redrawMessage(platform, job),
  )
  queue.work<OpenJob>({ name: OUTLOOK, retryLimit: RETRIES }, ({ workspaceId, date }) =>
    lookAhead(platform, workspaceId, date),
  )
  everyMinute(platform, 'pairing.due', async (tenant, now) => {
    await lookForOpenings(tenant, platform, now)
    await lookForAnswers(tenant, platform, now)
    await lookForMessages(tenant, platform, now)
    await forgetInputs(tenant, new Date(now.getTime() - REPLAY_DAYS * DAY_MS))
  })
}

/** The rounds that are to open by now; and the day before, what to expect of the next one. */
async function lookForOpenings(tenant: Tenant, { queue }: Platform, now: Date): Promise<void> {
  const { workspaceId } = tenant
  const settings = await getSettings(tenant, ['workspace.zone', 'check-ins.rhythm'])
  const [zone, rhythm] = [settings['workspace.zone'], settings['check-ins.rhythm']]
  const since = await holdWatch(tenant, now)
  const openings = openingsBetween(rhythm, zone, since, now)
  for (const { at, date } of openings) {
    if (now.getTime() - at.getTime() > LATEST_MS) {
      await storeNone(tenant, { id: roundIdOf(workspaceId, date), date }, 'missed', now)
    } else {
      await queue.enqueue(tenant, OPEN, [{ id: naturalId(OPEN, workspaceId, date), data: { workspaceId, date } }])
    }
  }
  const latest = openings.at(-1)
  if (latest) await moveWatch(tenant, latest.at)
  const next = nextOpening(rhythm, zone, now)
  if (next.at.getTime() - now.getTime() <= DAY_MS) {
    const data = { workspaceId, date: next.date }
    await queue.enqueue(tenant, OUTLOOK, [{ id: naturalId(OUTLOOK, workspaceId, next.date), data }])
  }
}

async function lookForAnswers(tenant: Tenant, { queue }: Platform, now: Date): Promise<void> {
  const { workspaceId } = tenant
  const due = await listOpenRounds(tenant, now)
  const jobs = due.map(({ id: roundId }) => ({ id: settleJobId(roundId, now), data: { workspaceId, roundId } }))
  if (jobs.length > 0) await queue.enqueue(tenant, SETTLE, jobs)
}

async function lookForMessages(tenant: Tenant, platform: Platform, now: Date): Promise<void> {
  await enqueue(tenant, platform, await listDue(tenant, now, MOST_A_MINUTE))
}
