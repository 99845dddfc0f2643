import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { type Attempt, Hopeless } from '../platform/queue.ts'
import type { Message, MessagePlace } from '../platform/slack.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { memberOf } from '../workspace/member.ts'
import { forgetChannel, saveMembers } from '../workspace/store.ts'
import { RETRACT, type RetractJob, retract } from './acts.ts'
import * as ledger from './delivery-store.ts'
import { DELIVER, type DeliverJob, giveAll, kudosChannel, LOOK_UP, type LookUpJob } from './giving.ts'
import * as messages from './messages.ts'
import type { Kudos } from './store.ts'
import * as store from './store.ts'

/** Delays grow to five minutes: a Slack that is down overnight costs patience, not a kudos. */
const A_DAY_OF_RETRIES = 300
/** How long a giver waits for a look-up: the response_url lives half an hour. */
const LOOK_UP_SECONDS = 20 * 60

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  const { queue } = platform
  queue.work<DeliverJob>({ name: DELIVER, retryLimit: A_DAY_OF_RETRIES }, (job, attempt) =>
    deliver(platform, job, attempt),
  )
  queue.work<RetractJob>({ name: RETRACT, retryLimit: A_DAY_OF_RETRIES }, (job, attempt) =>
    takeBack(platform, job, attempt),
  )
  // A few tries within the half hour that a response_url lives.
  queue.work<LookUpJob>({ name: LOOK_UP, retryLimit: 5 }, (job, attempt) => lookUp(platform, job, attempt))
}

/** Posts the card and the notes of a kudos, one after the other; what was posted already is left alone. */
async function deliver(platform: Platform, job: DeliverJob, attempt: Attempt): Promise<void> {
  const { kudos, deliveries } = await inWorkspace(platform.jobsDb, job.workspaceId, async (tenant) => ({
    kudos: await store.findKudos(tenant, job.kudosId),
    deliveries: await ledger.listDeliveries(tenant, job.kudosId),
  }))
  if (!kudos) return
  await each(
    deliveries.filter(({ id, state }) => state === 'due' && job.deliveries.includes(id)),
    async (delivery) => {
      const message = await compose(platform, job, kudos, delivery)
      if (message) await post(platform, job, delivery, message)
    },
    (delivery, failure) => giveUp(platform, job, delivery, failure, attempt),
  )
}

/**
 * Does something for each of several deliveries, so that one that fails does not keep the others waiting. Afterwards
 * throws the first failure, for the queue to try again what is left; except that a rate limit stops at once, for it
 * holds for the others as well.
 */
async function each(
  deliveries: ledger.Delivery[],
  act: (delivery: ledger.Delivery) => Promise<void>,
  onFailure: (delivery: ledger.Delivery, failure: SlackFailure) => Promise<'settled' | 'try again'>,
): Promise<void> {
  let first: SlackFailure | null = null
  for (const delivery of deliveries) {
    try {
      await act(delivery)
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error
      if (error.retryAfterSeconds !== null) throw orLater(error)
      if ((await onFailure(delivery, error)) === 'try again') first ??= error
    }
  }
  if (first) throw first.kind === 'ours' ? new Hopeless(first) : first
}

/** The message for a delivery as things stand right now; null when it is not wanted any more, which is written down. */
async function compose(
  platform: Platform,
  job: DeliverJob,
  kudos: Kudos,
  delivery: ledger.Delivery,
): Promise<Message | null> {
  return await inWorkspace(platform.jobsDb, job.workspaceId, async (tenant) => {
    const skip = async (why: string) => {
      // An earlier try that got no answer may stand in Slack, where nobody can find it any more.
      const problem = delivery.problem ? `${why}, after ${delivery.problem}` : why
      await ledger.settleDelivery(tenant, delivery.id, { state: 'skipped', problem }, instant(platform.clock))
      return null
    }
    if ((await store.holdKudos(tenant, kudos.id)) !== 'stands') return await skip('withdrawn')
    if (delivery.kind === 'card') return messages.card(kudos)
    const notes = await store.readNotes(tenant, delivery.target)
    return notes.wanted ? messages.note(kudos, delivery.target, notes.first) : await skip('notes off')
  })
}

async function post(platform: Platform, job: DeliverJob, delivery: ledger.Delivery, message: Message): Promise<void> {
  const place = await platform.slackOf(job.workspaceId).post(delivery.target, message)
  await inWorkspace(platform.jobsDb, job.workspaceId, async (tenant) => {
    await ledger.settleDelivery(tenant, delivery.id, { state: 'sent', place }, instant(platform.clock))
    // Withdrawn while it was being posted: whoever withdrew it could not know where this one would be.
    if ((await store.holdKudos(tenant, job.kudosId)) === 'withdrawn') {
      await retract(tenant, platform, job.kudosId, delivery.id)
    }
  })
  platform.log.info({ workspace: job.workspaceId, kudos: job.kudosId, kind: delivery.kind }, 'kudos.delivered')
}

async function giveUp(
  platform: Platform,
  job: DeliverJob,
  delivery: ledger.Delivery,
  failure: SlackFailure,
  attempt: Attempt,
): Promise<'settled' | 'try again'> {
  const state = outcomeOf(failure, attempt)
  platform.log.warn(
    { err: failure, workspace: job.workspaceId, kudos: job.kudosId, kind: delivery.kind, state },
    'kudos.delivery-failed',
  )
  const offer = await inWorkspace(platform.jobsDb, job.workspaceId, async (tenant) => {
    await ledger.settleDelivery(tenant, delivery.id, { state, problem: failure.code }, instant(platform.clock))
    if (delivery.kind === 'card' && isGone(failure, ...NOT_THERE)) await forgetChannel(tenant, delivery.target)
    return await kudosChannel(tenant)
  })
  if (delivery.kind === 'card' && state !== 'due') {
    const answer = messages.cardFailed(delivery.target, job.kudosId, offer === delivery.target ? null : offer)
    await answerOrLog(platform, job, answer)
  }
  // What failed for good ends as a dead letter, so that an operator hears of it.
  return state === 'gone' ? 'settled' : 'try again'
}

/** Codes that say the app can't post in that channel, whatever it posts. */
const NOT_THERE = ['not_in_channel', 'channel_not_found', 'is_archived']

function outcomeOf(failure: SlackFailure, attempt: Attempt): 'gone' | 'failed' | 'due' {
  if (failure.kind === 'gone') return 'gone'
  return failure.kind === 'ours' || attempt.final ? 'failed' : 'due'
}

/** Tells the giver; when Slack takes no answer any more, the log does. */
async function answerOrLog(platform: Platform, job: { workspaceId: string; responseUrl: string }, answer: Message) {
  try {
    await platform.slackOf(job.workspaceId).answer(job.responseUrl, answer)
  } catch (error) {
    platform.log.warn({ err: error, workspace: job.workspaceId }, 'kudos.giver-not-told')
  }
}

/** Removes what was posted of a withdrawn kudos; what Slack keeps is changed to a neutral line. */
async function takeBack(platform: Platform, job: RetractJob, attempt: Attempt): Promise<void> {
  const slack = platform.slackOf(job.workspaceId)
  const deliveries = await inWorkspace(platform.jobsDb, job.workspaceId, (tenant) =>
    ledger.listDeliveries(tenant, job.kudosId),
  )
  const settle = (delivery: ledger.Delivery, state: 'removed' | 'gone' | 'failed', problem?: string) =>
    inWorkspace(platform.jobsDb, job.workspaceId, (tenant) =>
      ledger.settleDelivery(tenant, delivery.id, { state, ...(problem ? { problem } : {}) }, instant(platform.clock)),
    )
  await each(
    deliveries.filter((delivery) => delivery.state === 'sent'),
    async (delivery) => {
      if (!delivery.channel || !delivery.ts) return
      const place: MessagePlace = { channel: delivery.channel, ts: delivery.ts }
      try {
        await slack.remove(place)
      } catch (error) {
        if (!isGone(error)) throw error
        await slack.update(place, messages.withdrawnMessage())
      }
      await settle(delivery, 'removed')
    },
    async (delivery, failure) => {
      platform.log.warn({ err: failure, workspace: job.workspaceId, kudos: job.kudosId }, 'kudos.retraction-failed')
      const state = outcomeOf(failure, attempt)
      if (state !== 'due') await settle(delivery, state, failure.code)
      return state === 'gone' ? 'settled' : 'try again'
    },
  )
}

/** Asks Slack who the unknown people of a kudos are, gives it, and answers the giver. All of it is harmless again. */
async function lookUp(platform: Platform, job: LookUpJob, attempt: Attempt): Promise<void> {
  const answer = await findOut(platform, job, attempt)
  if (!answer) return
  try {
    await platform.slackOf(job.workspaceId).answer(job.giving.responseUrl, answer)
  } catch (error) {
    if (!isGone(error)) throw orLater(error)
    platform.log.warn({ err: error, workspace: job.workspaceId }, 'kudos.giver-not-told')
  }
}

/** What to tell the giver; null when the queue found nothing to do. */
async function findOut(platform: Platform, { workspaceId, giving, ids }: LookUpJob, attempt: Attempt) {
  try {
    for (const id of ids) await learn(platform, workspaceId, id)
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error
    if (!attempt.final && (error.retryAfterSeconds ?? 0) <= LOOK_UP_SECONDS) throw orLater(error)
    platform.log.error({ err: error, workspace: workspaceId }, `${LOOK_UP}.given-up`)
    return messages.notFoundOut()
  }
  const [result] = await inWorkspace(platform.jobsDb, workspaceId, (tenant) =>
    giveAll(tenant, platform, [{ ...giving, lookedUp: true }]),
  )
  if (!result) return null
  platform.log.info({ workspace: workspaceId, outcome: result.kind }, LOOK_UP)
  return messages.outcome(result)
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
