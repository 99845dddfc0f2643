/** Posting one digest, at most once: claimed first, and never repeated while nobody knows whether it was posted. */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { Hopeless } from '../platform/queue.ts'
import type { Message, MessagePlace, Slack } from '../platform/slack.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { countChannels } from '../prompts/channel-store.ts'
import { getSetting, getSettings } from '../workspace/settings-store.ts'
import { withoutCharts } from './charts.ts'
import * as ledger from './delivery-store.ts'
import * as messages from './messages.ts'
import { type Month, monthNamed } from './month.ts'
import { yearOf } from './month-store.ts'

export const POST = 'digest.post'

export interface PostJob {
  workspaceId: string
  deliveryId: string
}

/** Has admins told what became of a delivery. */
type TellAdmins = (platform: Platform, tenant: Tenant, occasion: string, message: Message) => Promise<void>

/** The digest of a month that was counted, or null when it was not. */
export async function composeDigest(
  tenant: Tenant,
  month: Month,
  { lateFor, note }: Pick<messages.Digest, 'lateFor' | 'note'>,
): Promise<Message | null> {
  const months = await yearOf(tenant, month)
  if (months.at(-1)?.month !== month.name) return null
  const teams = await getSetting(tenant, 'teams.groups')
  const chosen = { teams: teams.length > 0, prompts: (await countChannels(tenant)) > 0 }
  return messages.digest({ months, chosen, lateFor, note })
}

/** Posts with charts, or without them to a Slack that does not take them. Throws SlackFailure. */
export async function postDigest(
  slack: Slack,
  target: string,
  message: Message,
): Promise<{ place: MessagePlace; posted: Message }> {
  try {
    return { place: await slack.post(target, message), posted: message }
  } catch (error) {
    if (!(error instanceof SlackFailure && error.code === 'invalid_blocks')) throw error
    const plain = withoutCharts(message)
    return { place: await slack.post(target, plain), posted: plain }
  }
}

export async function post(platform: Platform, { workspaceId, deliveryId }: PostJob, tell: TellAdmins): Promise<void> {
  const within = <T>(work: (tenant: Tenant) => Promise<T>) => inWorkspace(platform.jobsDb, workspaceId, work)
  const now = () => instant(platform.clock)
  const claimed = await within((tenant) => claimDue(tenant, deliveryId, now()))
  if (!claimed) return
  const { delivery, message } = claimed
  const settle = (state: 'uncertain' | 'gone' | 'failed', problem: string) =>
    within(async (tenant) => {
      if (!(await ledger.settle(tenant, delivery.id, state, problem, now()))) return
      const words = state === 'uncertain' ? messages.perhapsSent : messages.notSent
      await tell(
        platform,
        tenant,
        `${delivery.id} ${delivery.attempt}`,
        words(delivery.id, delivery.month, delivery.target),
      )
    })
  platform.log.info({ workspace: workspaceId, delivery: delivery.id, attempt: delivery.attempt }, POST)
  // A run before this one claimed it, and did not live to say what came of it.
  if (!message) return await settle('uncertain', 'interrupted')
  try {
    const { place, posted } = await postDigest(platform.slackOf(workspaceId), delivery.target, message)
    await within((tenant) => ledger.markSent(tenant, delivery.id, place, posted, now()))
    platform.metrics.delivered('digest', 'sent')
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error
    platform.metrics.delivered('digest', error.kind)
    if (error.kind === 'rate limited') {
      await within((tenant) => ledger.release(tenant, delivery.id))
      throw orLater(error)
    }
    platform.log.warn({ err: error, workspace: workspaceId, delivery: delivery.id }, 'digest.not-posted')
    if (error.kind === 'transient') return await settle('uncertain', error.code)
    await settle(isGone(error) ? 'gone' : 'failed', error.code)
    if (error.kind === 'ours') throw new Hopeless(error)
  }
}

/** Claims a delivery that is due, with what it says. Without a message it was claimed before; null: nothing to do. */
async function claimDue(
  tenant: Tenant,
  id: string,
  now: Date,
): Promise<{ delivery: ledger.Delivery; message: Message | null } | null> {
  const delivery = await ledger.findDelivery(tenant, id)
  if (delivery?.state === 'claimed') return { delivery, message: null }
  const zone = (await getSettings(tenant, ['workspace.zone']))['workspace.zone']
  const month = delivery?.state === 'due' ? monthNamed(delivery.month, zone) : null
  if (!delivery || !month) return null
  const isLate = now.getTime() - delivery.dueAt.getTime() > messages.LATE_MS
  const message = await composeDigest(tenant, month, { lateFor: isLate ? delivery.dueAt : null, note: null })
  return message && (await ledger.claim(tenant, id, message)) ? { delivery, message } : null
}
