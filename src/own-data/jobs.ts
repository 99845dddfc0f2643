/** Giving somebody what is kept about them, and erasing it. */
import { createHash } from 'node:crypto'
import { REDRAW, type RedrawJob } from '../kudos/acts.ts'
import { redraw as redrawPairings } from '../pairing/answering.ts'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { NewJob } from '../platform/queue.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { newStandIn } from '../platform/stand-in.ts'
import { listScopes } from '../workspace/profile-store.ts'
import { FILES } from '../workspace/scopes.ts'
import { ERASE, type EraseJob, EXPORT, type ExportJob, enqueuePart, TAKE_AWAY, type TakeAwayJob } from './acts.ts'
import { type Afterwards, erase } from './erasure-store.ts'
import { readAll } from './export-store.ts'
import { EXPORT_FILE, erased, exportPart, partsOf } from './messages.ts'

/** Delays grow to five minutes: whatever fails overnight is done in the morning. */
const RETRIES = 300
/** So many messages a job takes away; a rate limit costs a wait, and at most these again. */
const AT_ONCE = 20

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  const { queue } = platform
  queue.work<EraseJob>({ name: ERASE, retryLimit: RETRIES }, (job) => forget(platform, job))
  queue.work<TakeAwayJob>({ name: TAKE_AWAY, retryLimit: RETRIES }, (job) => takeAway(platform, job))
  queue.work<ExportJob>({ name: EXPORT, retryLimit: 50 }, (job) => sendExport(platform, job))
}

/** All of it in one transaction, this very job with it: it is done, or it is done again. */
async function forget(platform: Platform, { workspaceId, member, written }: EraseJob): Promise<void> {
  const standIn = newStandIn()
  await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    const afterwards = await erase(tenant, { member, standIn, written }, instant(platform.clock))
    await enqueueAfterwards(tenant, platform, standIn, afterwards)
  })
  platform.log.info({ workspace: workspaceId }, ERASE)
  try {
    await platform.slackOf(workspaceId).post(member, erased())
  } catch (error) {
    // Nobody is left who could be told later.
    platform.log.warn({ err: error, workspace: workspaceId }, `${ERASE}.not-told`)
  }
}

async function enqueueAfterwards(
  tenant: Tenant,
  { queue }: Platform,
  standIn: string,
  { places, kudos, pairings }: Afterwards,
): Promise<void> {
  const { workspaceId } = tenant
  const redraws = kudos.map((kudosId): NewJob => {
    const data: RedrawJob = { workspaceId, kudosId }
    return { id: naturalId(REDRAW, kudosId, standIn), data }
  })
  const away: NewJob[] = []
  for (let at = 0; at < places.length; at += AT_ONCE) {
    const data: TakeAwayJob = { workspaceId, places: places.slice(at, at + AT_ONCE) }
    away.push({ id: naturalId(TAKE_AWAY, standIn, String(at)), data })
  }
  if (away.length > 0) await queue.enqueue(tenant, TAKE_AWAY, away)
  if (redraws.length > 0) await queue.enqueue(tenant, REDRAW, redraws)
  await redrawPairings(tenant, { queue }, pairings, null)
}

/** Takes messages away; what is not there any more, or can't be taken away, is left at that. */
async function takeAway(platform: Platform, { workspaceId, places }: TakeAwayJob): Promise<void> {
  const slack = platform.slackOf(workspaceId)
  for (const place of places) {
    try {
      await slack.remove(place)
    } catch (error) {
      if (!isGone(error)) throw orLater(error)
    }
  }
}

/**
 * Sends an export: as a file where Slack takes one, or else one of its messages, and has the next one follow. What changes
 * between two of them would make nonsense of the whole: then it begins again.
 */
async function sendExport(platform: Platform, job: ExportJob): Promise<void> {
  const { workspaceId, member } = job
  const { all, scopes } = await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => ({
    all: await readAll(tenant, member),
    scopes: await listScopes(tenant),
  }))
  const json = JSON.stringify({ workspace: workspaceId, member, ...all }, null, 1)
  const isFile = job.of === null && scopes.includes(FILES) && (await sendFile(platform, job, json))
  if (!isFile) await sendPart(platform, job, json)
}

/** At least once: the same file twice does no harm. False when Slack does not take it. */
async function sendFile(platform: Platform, { workspaceId, member }: ExportJob, content: string): Promise<boolean> {
  const slack = platform.slackOf(workspaceId)
  try {
    await slack.upload(await slack.openGroup([member]), { ...EXPORT_FILE, content })
    return true
  } catch (error) {
    const isRefusal = error instanceof SlackFailure && error.kind !== 'transient' && error.kind !== 'rate limited'
    if (!isRefusal) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId }, `${EXPORT}.no-file`)
    return false
  }
}

async function sendPart(platform: Platform, job: ExportJob, json: string): Promise<void> {
  const { workspaceId, member } = job
  const hash = createHash('sha256').update(json).digest('hex')
  const changed = job.of !== null && job.of !== hash
  const part = changed ? 0 : job.part
  const parts = partsOf(json)
  try {
    await platform.slackOf(workspaceId).post(member, exportPart(parts[part] ?? '', part, parts.length, changed))
  } catch (error) {
    if (!isGone(error)) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId }, `${EXPORT}.not-sent`)
    return
  }
  if (part + 1 < parts.length) {
    await inWorkspace(platform.jobsDb, workspaceId, (tenant) =>
      enqueuePart(tenant, platform, { ...job, part: part + 1, of: hash }),
    )
  }
  platform.log.info({ workspace: workspaceId, part, parts: parts.length }, EXPORT)
}
