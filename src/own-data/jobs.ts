/** Giving somebody what is kept about them, and erasing it. */
import { createHash } from 'node:crypto'
import { REDRAW, type RedrawJob } from '../kudos/acts.ts'
import { redraw as redrawPairings } from '../pairing/answering.ts'
import { batches } from '../platform/batches.ts'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { NewJob } from '../platform/queue.ts'
import type { MessagePlace } from '../platform/slack.ts'
import { isGone, orLater } from '../platform/slack-failure.ts'
import { newStandIn } from '../platform/stand-in.ts'
import { holdOwnData } from '../workspace/participation-store.ts'
import {
  ERASE,
  type EraseJob,
  EXPORT,
  type ExportJob,
  enqueuePart,
  exportId,
  TAKE_AWAY,
  type TakeAwayJob,
} from './acts.ts'
import { type Afterwards, erase } from './erasure-store.ts'
import { isWanted, readAll, saveExportMessage } from './export-store.ts'
import { erased, exportPart, partsOf } from './messages.ts'

/** Delays grow to five minutes: whatever fails overnight is done in the morning. */
const RETRIES = 300
/** So many messages a job takes away; a rate limit costs a wait, and at most these again. */
const AT_ONCE = 20

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  const { queue } = platform
  queue.work<EraseJob>({ name: ERASE, retryLimit: RETRIES }, (job) => forget(platform, job))
  queue.work<TakeAwayJob>({ name: TAKE_AWAY, retryLimit: RETRIES }, (job) => takeAway(platform, job))
  queue.work<ExportJob>({ name: EXPORT, retryLimit: 50 }, (job) => sendPart(platform, job))
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
  const away = [...batches(places, AT_ONCE)].map((some, index): NewJob => {
    const data: TakeAwayJob = { workspaceId, places: some }
    return { id: naturalId(TAKE_AWAY, standIn, String(index)), data }
  })
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
 * Sends one message of an export, and has the next one follow. What changes between two of them would make nonsense of
 * the whole: then it begins again.
 */
async function sendPart(platform: Platform, job: ExportJob): Promise<void> {
  const { workspaceId, member } = job
  const all = await inWorkspace(platform.jobsDb, workspaceId, (tenant) => readAll(tenant, member))
  const json = JSON.stringify({ workspace: workspaceId, member, ...all }, null, 1)
  const hash = createHash('sha256').update(json).digest('hex')
  const changed = job.of !== null && job.of !== hash
  const part = changed ? 0 : job.part
  const parts = partsOf(json)
  let place: MessagePlace
  try {
    place = await platform.slackOf(workspaceId).post(member, exportPart(parts[part] ?? '', part, parts.length, changed))
  } catch (error) {
    if (!isGone(error)) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId }, `${EXPORT}.not-sent`)
    return
  }
  await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    await holdOwnData(tenant, member)
    if (!(await isWanted(tenant, EXPORT, exportId(job)))) {
      // They were forgotten while Slack took the message: it must not stay, and nothing may follow it.
      const data: TakeAwayJob = { workspaceId, places: [place] }
      return await platform.queue.enqueue(tenant, TAKE_AWAY, [
        { id: naturalId(TAKE_AWAY, exportId(job), place.ts), data },
      ])
    }
    await saveExportMessage(tenant, member, place)
    if (part + 1 < parts.length) await enqueuePart(tenant, platform, { ...job, part: part + 1, of: hash })
  })
  platform.log.info({ workspace: workspaceId, part, parts: parts.length }, EXPORT)
}
