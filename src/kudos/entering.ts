/**
 * What was given is entered into the ledger a moment later: what is to be posted of it, and the job that posts it. Nobody
 * waits for that, and Slack takes about one message a second in a channel; so it is done a few at a time, out of the way of
 * those who wait for an answer.
 */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { NewJob } from '../platform/queue.ts'
import type { Traced } from '../platform/request-id.ts'
import { listWorkspaces } from '../workspace/store.ts'
import { insertDeliveries } from './delivery-store.ts'
import { takeToPost } from './giving-store.ts'
import { type DeliverJob, deliveriesOf } from './new-kudos.ts'
import { findEach } from './store.ts'

export const DELIVER = 'kudos.deliver'
export const ENTER = 'kudos.enter'

/** After the first kudos, for those that come with it. */
const SOON_MS = 100
/**
 * So many of each workspace at once, and then a pause for all: twenty-five a second, five times of what can be posted. Fifty
 * cost little more than five, and the fewer times there are, the fewer people find this in their way.
 */
const AT_ONCE = 50
const PAUSE_MS = 2_000
/** The pause after a failure. */
const AGAIN_MS = 2_000

/** Has what was just given entered. Should this process end first, another one does it, within a minute or at its start. */
export const enterSoon = ({ ticker }: Platform): void => ticker.soon(ENTER, SOON_MS)

/** Enters what there is of each workspace, up to a limit; then has itself asked again for the rest. */
export async function enterAll(platform: Platform): Promise<void> {
  const { jobsDb, ticker, log } = platform
  try {
    for (const workspace of await listWorkspaces(jobsDb)) {
      await inWorkspace(jobsDb, workspace, (tenant) => enter(tenant, platform)).catch((error: unknown) => {
        log.warn({ err: error, workspace }, `${ENTER}.failed`)
        ticker.soon(ENTER, AGAIN_MS)
      })
    }
  } catch (error) {
    ticker.soon(ENTER, AGAIN_MS)
    throw error
  }
}

/** Twice is once: ids are natural, and what was taken is gone. */
async function enter(tenant: Tenant, { queue, ticker }: Platform): Promise<void> {
  const taken = await takeToPost(tenant, AT_ONCE)
  if (taken.size === 0) return
  const entries = (await findEach(tenant, [...taken.keys()])).map((kudos) => deliveriesOf(kudos))
  await insertDeliveries(tenant, entries.flat())
  const jobs = entries.flatMap((deliveries): NewJob[] => {
    const kudosId = deliveries[0]?.kudosId
    if (kudosId === undefined) return []
    const { workspaceId } = tenant
    const ids = deliveries.map(({ id }) => id)
    const toPost = taken.get(kudosId)
    const data: DeliverJob & Traced = {
      workspaceId,
      kudosId,
      deliveries: ids,
      responseUrl: toPost?.responseUrl ?? null,
      ...(toPost?.requestId ? { requestId: toPost.requestId } : {}),
    }
    return [{ id: kudosId, data }]
  })
  await queue.enqueue(tenant, DELIVER, jobs)
  if (taken.size === AT_ONCE) tenant.afterCommit(() => ticker.rest(ENTER, PAUSE_MS))
}
