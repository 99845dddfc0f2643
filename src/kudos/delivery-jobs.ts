/** Posting what is due about a kudos. */
import { isDeepStrictEqual } from 'node:util'
import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { type Attempt, Hopeless } from '../platform/queue.ts'
import type { Message } from '../platform/slack.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { forgetChannel } from '../workspace/channel-store.ts'
import { tell } from '../workspace/telling.ts'
import { redraw } from './acts.ts'
import { cardFailed } from './answers.ts'
import * as ledger from './delivery-store.ts'
import { kudosChannel } from './giving.ts'
import type { DeliverJob } from './new-kudos.ts'
import * as store from './store.ts'
import { wordsFor } from './wording.ts'
import * as writing from './writing-store.ts'

/** Posts what is due about a kudos, one after the other; what was posted already is left alone. */
export async function deliver(platform: Platform, job: DeliverJob, attempt: Attempt): Promise<void> {
  const { kudos, deliveries } = await read(platform, job)
  if (!kudos) return
  await learnPermalink(platform, job.workspaceId, kudos)
  await each(
    deliveries.filter(({ id, state }) => state === 'due' && job.deliveries.includes(id)),
    async (delivery) => {
      const composed = await compose(platform, job, delivery, kudos.recipients.length > 1)
      if (composed) await post(platform, job, delivery, threadOf(kudos, delivery), composed)
    },
    (delivery, failure) => giveUp(platform, job, kudos.giver, delivery, failure, attempt),
  )
}

/** A card shown elsewhere than where it was said belongs into no thread. */
const threadOf = (kudos: store.Kudos, { kind, target }: ledger.Delivery): string | null =>
  kind === 'card' && target === kudos.saidIn ? kudos.threadTs : null

/** A kudos and its ledger, as they stand. */
export const read = (platform: Platform, job: { workspaceId: string; kudosId: string }) =>
  inWorkspace(platform.jobsDb, job.workspaceId, async (tenant) => ({
    kudos: await store.findKudos(tenant, job.kudosId),
    deliveries: await ledger.listDeliveries(tenant, job.kudosId),
  }))

/** Asks Slack once where the message is that the kudos thanks for. Without an answer the card goes out all the same. */
async function learnPermalink(platform: Platform, workspaceId: string, kudos: store.Kudos): Promise<void> {
  if (!kudos.about || kudos.permalink !== null) return
  let link = ''
  try {
    const answer = await platform.slackOf(workspaceId).permalink(kudos.about)
    if (/^https:\/\/[^<>|\s]{1,500}$/.test(answer)) link = answer
  } catch (error) {
    if (!(error instanceof SlackFailure) || error.retryAfterSeconds !== null) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId, kudos: kudos.id }, 'kudos.no-permalink')
    if (error.kind === 'transient') return
  }
  await inWorkspace(platform.jobsDb, workspaceId, (tenant) => writing.savePermalink(tenant, kudos.id, link))
}

/**
 * Does something for each of several deliveries, so that one that fails does not keep the others waiting. Afterwards
 * throws the first failure, for the queue to try again what is left; except that a rate limit stops at once, for it
 * holds for the others as well.
 */
export async function each(
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

/** A message, and the kudos as it was when the message was written. */
interface Composed {
  message: Message
  kudos: store.Kudos
}

/**
 * The message for a delivery as things stand right now; null when it is not wanted any more, which is written down.
 * `several`: the kudos has more than one recipient.
 */
async function compose(
  platform: Platform,
  job: DeliverJob,
  delivery: ledger.Delivery,
  several: boolean,
): Promise<Composed | null> {
  return await inWorkspace(platform.jobsDb, job.workspaceId, async (tenant) => {
    // Before anybody is named to somebody else.
    if (delivery.kind === 'card' || several) await writing.keepPrivateAsPreferred(tenant, job.kudosId)
    const kudos = await writing.holdKudos(tenant, job.kudosId, 'post')
    const wording = kudos && (await wordsFor(tenant, kudos, delivery))
    if (kudos && wording?.message) return { message: wording.message, kudos }
    // An earlier try that got no answer may stand in Slack, where nobody can find it any more.
    const why = wording?.message === null ? wording.why : 'unknown'
    const problem = delivery.problem ? `${why}, after ${delivery.problem}` : why
    await ledger.settleDelivery(tenant, delivery.id, { state: 'skipped', problem }, instant(platform.clock))
    return null
  })
}

async function post(
  platform: Platform,
  job: DeliverJob,
  delivery: ledger.Delivery,
  threadTs: string | null,
  composed: Composed,
): Promise<void> {
  const { workspaceId, kudosId } = job
  const { kind } = delivery
  const { message } = composed
  const place = await platform
    .slackOf(workspaceId)
    .post(delivery.target, message, threadTs)
    .catch((error: SlackFailure) => {
      platform.metrics.delivered(kind, error.kind)
      throw error
    })
  await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    await ledger.settleDelivery(tenant, delivery.id, { state: 'sent', place }, instant(platform.clock))
    // What changed while it was being posted: whoever changed it could not know where this one would be.
    const kudos = await writing.holdKudos(tenant, kudosId, 'post')
    if (!kudos) return
    const isSame =
      kind === 'note'
        ? isDeepStrictEqual(kudos, composed.kudos)
        : isDeepStrictEqual((await wordsFor(tenant, kudos, delivery)).message, message)
    if (!isSame) await redraw(tenant, platform, kudosId, delivery.id)
  })
  platform.metrics.delivered(kind, 'sent')
  platform.log.info({ workspace: workspaceId, kudos: kudosId, kind }, 'kudos.delivered')
}

async function giveUp(
  platform: Platform,
  job: DeliverJob,
  giver: string,
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
    const answer = cardFailed(delivery.target, job.kudosId, offer === delivery.target ? null : offer)
    await tell(platform, job, giver, answer).catch((error: unknown) => {
      platform.log.warn({ err: error, workspace: job.workspaceId }, 'kudos.giver-not-told')
    })
  }
  // What failed for good ends as a dead letter, so that an operator hears of it.
  return state === 'gone' ? 'settled' : 'try again'
}

/** Codes that say the app can't post in that channel, whatever it posts. */
const NOT_THERE = ['not_in_channel', 'channel_not_found', 'is_archived']

/** What a failure means for a delivery: its place is gone, it is given up, or it stays to be tried again. */
export function outcomeOf(failure: SlackFailure, attempt: Attempt): 'gone' | 'failed' | 'due' {
  if (failure.kind === 'gone') return 'gone'
  return failure.kind === 'ours' || attempt.final ? 'failed' : 'due'
}
