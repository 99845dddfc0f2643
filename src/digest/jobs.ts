/** Sending digests: when they are due, to those whom the settings name, and to an admin who asks. */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { LANES } from '../platform/queue.ts'
import type { Message } from '../platform/slack.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { listAdmins } from '../workspace/admin-store.ts'
import { everyMinute } from '../workspace/every-minute.ts'
import { getSettings } from '../workspace/settings-store.ts'
import { EXPORT, type ExportJob, SHOW, type ShowJob } from './acts.ts'
import { closeUntil } from './closing.ts'
import { csvOf } from './csv.ts'
import { insertDeliveries } from './delivery-store.ts'
import * as messages from './messages.ts'
import { dueAt, monthDue, monthTitle } from './month.ts'
import { countsSince, findFigures, isOpened, markOpened } from './month-store.ts'
import { composeDigest, POST, type PostJob, post, postDigest } from './posting-jobs.ts'

const OPEN = 'digest.open'
const TELL = 'digest.tell'
const RETRIES = 50
const ADMINS_TOLD = 5

interface OpenJob {
  workspaceId: string
  month: string
  zone: string
}

interface TellJob {
  workspaceId: string
  to: string
  message: Message
}

/** Tells the queue who does the work, and looks once a minute what is due. */
export function register(platform: Platform): void {
  const { queue } = platform
  queue.work<OpenJob>({ name: OPEN, retryLimit: RETRIES }, (job) => open(platform, job))
  queue.work<PostJob>({ name: POST, retryLimit: RETRIES, lanes: LANES }, (job) => post(platform, job, tellAdmins))
  queue.work<ShowJob>({ name: SHOW, retryLimit: 5 }, (job) => show(platform, job))
  queue.work<ExportJob>({ name: EXPORT, retryLimit: 5 }, (job) => exportFile(platform, job))
  queue.work<TellJob>({ name: TELL, retryLimit: RETRIES }, (job) => tell(platform, job))
  everyMinute(platform, OPEN, (tenant, now) => look(platform, tenant, now))
}

/** Whom the settings name. */
function targetsOf(settings: { 'digest.people': string[]; 'digest.channel': string | null }): string[] {
  const { 'digest.people': people, 'digest.channel': channel } = settings
  return [...people, ...(channel ? [channel] : [])]
}

const WHO = ['digest.people', 'digest.channel', 'workspace.zone'] as const

async function look(platform: Platform, tenant: Tenant, now: Date): Promise<void> {
  const settings = await getSettings(tenant, WHO)
  const zone = settings['workspace.zone']
  const month = monthDue(now, zone)
  if (!month || targetsOf(settings).length === 0 || (await isOpened(tenant, month.name))) return
  if ((await countsSince(tenant)) >= month.until) return
  const data: OpenJob = { workspaceId: tenant.workspaceId, month: month.name, zone }
  await platform.queue.enqueue(tenant, OPEN, [{ id: naturalId(OPEN, tenant.workspaceId, month.name), data }])
}

/** A digest for each of those whom the settings name by now, once a month. */
async function open(platform: Platform, job: OpenJob): Promise<void> {
  const month = await closeUntil(platform.jobsDb, job, instant(platform.clock))
  if (!month) return
  await inWorkspace(platform.jobsDb, job.workspaceId, async (tenant) => {
    if (!(await markOpened(tenant, month.name, instant(platform.clock)))) return
    const targets = targetsOf(await getSettings(tenant, WHO))
    const deliveries = targets.map((target) => ({
      id: naturalId(POST, tenant.workspaceId, month.name, target),
      month: month.name,
      target,
      dueAt: dueAt(month),
    }))
    await insertDeliveries(tenant, deliveries)
    const jobs = deliveries.map(({ id }) => ({
      id: naturalId(POST, id, '1'),
      data: { workspaceId: tenant.workspaceId, deliveryId: id } satisfies PostJob,
    }))
    await platform.queue.enqueue(tenant, POST, jobs)
  })
  platform.log.info({ workspace: job.workspaceId, month: month.name }, OPEN)
}

async function show(platform: Platform, job: ShowJob): Promise<void> {
  const month = await closeUntil(platform.jobsDb, job, instant(platform.clock))
  if (!month) return
  const message = await inWorkspace(platform.jobsDb, job.workspaceId, (tenant) =>
    composeDigest(tenant, month, { lateFor: null, note: job.isTest ? messages.onlyYou : null }),
  )
  if (message) await tell(platform, { ...job, message })
}

/** At least once: the same file twice does no harm. */
async function exportFile(platform: Platform, { workspaceId, month, to }: ExportJob): Promise<void> {
  const figures = await inWorkspace(platform.jobsDb, workspaceId, (tenant) => findFigures(tenant, month))
  if (!figures) return
  const slack = platform.slackOf(workspaceId)
  const file = { name: `small-acts-${month}.csv`, title: `Small Acts, ${monthTitle(month)}`, content: csvOf(figures) }
  try {
    await slack.upload(await slack.openGroup([to]), file)
  } catch (error) {
    if (error instanceof SlackFailure && (error.kind === 'transient' || error.kind === 'rate limited')) {
      throw orLater(error)
    }
    platform.log.warn({ err: error, workspace: workspaceId }, 'digest.export.not-sent')
    await tell(platform, { workspaceId, to, message: messages.notExported(month) })
  }
}

/** What is told again does no harm: at least once. */
async function tell(platform: Platform, { workspaceId, to, message }: TellJob): Promise<void> {
  try {
    await postDigest(platform.slackOf(workspaceId), to, message)
  } catch (error) {
    if (!isGone(error)) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId }, 'digest.not-told')
  }
}

/** Has some admins told of a delivery; `occasion` keeps one telling apart from another. */
async function tellAdmins(platform: Platform, tenant: Tenant, occasion: string, message: Message): Promise<void> {
  const admins = await listAdmins(tenant, [], ADMINS_TOLD)
  const jobs = admins.map((to) => ({
    id: naturalId(TELL, tenant.workspaceId, occasion, to),
    data: { workspaceId: tenant.workspaceId, to, message } satisfies TellJob,
  }))
  await platform.queue.enqueue(tenant, TELL, jobs)
}
