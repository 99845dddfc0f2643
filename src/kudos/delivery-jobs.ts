/** Posting what is due about a kudos, and bringing what was posted in line with how it stands. */
import { isDeepStrictEqual } from 'node:util'
import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { type Attempt, Hopeless } from '../platform/queue.ts'
import type { Message, MessagePlace } from '../platform/slack.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { forgetChannel } from '../workspace/store.ts'
import { tell } from '../workspace/telling.ts'
import { type RedrawJob, redraw } from './acts.ts'
import { cardFailed } from './answers.ts'
import * as ledger from './delivery-store.ts'
import { type DeliverJob, kudosChannel } from './giving.ts'
import { hiddenMessage, withdrawnMessage } from './messages.ts'
import * as store from './store.ts'
import { wordsFor } from './wording.ts'

/** Posts what is due about a kudos, one after the other; what was posted already is left alone. */
export async function deliver(platform: Platform, job: DeliverJob, attempt: Attempt): Promise<void> {
  const { kudos, deliveries } = await read(platform, job)
  if (!kudos) return
  await learnPermalink(platform, job.workspaceId, kudos)
  await each(
    deliveries.filter(({ id, state }) => state === 'due' && job.deliveries.includes(id)),
    async (delivery) => {
      const message = await compose(platform, job, delivery)
      if (message) await post(platform, job, delivery, threadOf(kudos, delivery), message)
    },
    (delivery, failure) => giveUp(platform, job, kudos.giver, delivery, failure, attempt),
  )
}

/** A card shown elsewhere than where it was said belongs into no thread. */
const threadOf = (kudos: store.Kudos, { kind, target }: ledger.Delivery): string | null =>
  kind === 'card' && target === kudos.saidIn ? kudos.threadTs : null

const read = (platform: Platform, job: { workspaceId: string; kudosId: string }) =>
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
  await inWorkspace(platform.jobsDb, workspaceId, (tenant) => store.savePermalink(tenant, kudos.id, link))
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
async function compose(platform: Platform, job: DeliverJob, delivery: ledger.Delivery): Promise<Message | null> {
  return await inWorkspace(platform.jobsDb, job.workspaceId, async (tenant) => {
    if (delivery.kind === 'card') await store.keepPrivateAsPreferred(tenant, job.kudosId)
    const kudos = await store.holdKudos(tenant, job.kudosId, 'post')
    const wording = kudos ? await wordsFor(tenant, kudos, delivery) : { message: null, why: 'unknown' }
    if (wording.message) return wording.message
    // An earlier try that got no answer may stand in Slack, where nobody can find it any more.
    const problem = delivery.problem ? `${wording.why}, after ${delivery.problem}` : wording.why
    await ledger.settleDelivery(tenant, delivery.id, { state: 'skipped', problem }, instant(platform.clock))
    return null
  })
}

async function post(
  platform: Platform,
  job: DeliverJob,
  delivery: ledger.Delivery,
  threadTs: string | null,
  message: Message,
): Promise<void> {
  const { workspaceId, kudosId } = job
  const { kind } = delivery
  const place = await platform.slackOf(workspaceId).post(delivery.target, message, threadTs)
  await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    await ledger.settleDelivery(tenant, delivery.id, { state: 'sent', place }, instant(platform.clock))
    // What changed while it was being posted: whoever changed it could not know where this one would be.
    const kudos = await store.holdKudos(tenant, kudosId, 'post')
    if (!kudos) return
    const wording = kind === 'note' && !kudos.withdrawn ? { message } : await wordsFor(tenant, kudos, delivery)
    if (!isDeepStrictEqual(wording.message, message)) await redraw(tenant, platform, kudosId, delivery.id)
  })
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

function outcomeOf(failure: SlackFailure, attempt: Attempt): 'gone' | 'failed' | 'due' {
  if (failure.kind === 'gone') return 'gone'
  return failure.kind === 'ours' || attempt.final ? 'failed' : 'due'
}

/** Brings cards, notes and reports in line with how a kudos stands. Whatever is not there any more is left at that. */
export async function redrawAll(platform: Platform, job: RedrawJob, attempt: Attempt): Promise<void> {
  const { kudos, deliveries } = await read(platform, job)
  if (!kudos) return
  await each(
    // A note that still holds stays as it is: nothing in it changes.
    deliveries.filter(({ state, kind }) => state === 'sent' && (kudos.withdrawn || kind !== 'note')),
    (delivery) => redrawOne(platform, job, delivery),
    async (delivery, failure) => {
      platform.log.warn({ err: failure, workspace: job.workspaceId, kudos: job.kudosId }, 'kudos.redraw-failed')
      const state = outcomeOf(failure, attempt)
      if (state !== 'due') await settle(platform, job.workspaceId, delivery, { state, problem: failure.code })
      return state === 'gone' ? 'settled' : 'try again'
    },
  )
}

const settle = (
  platform: Platform,
  workspaceId: string,
  { id }: ledger.Delivery,
  outcome: { state: ledger.DeliveryState; problem?: string },
) =>
  inWorkspace(platform.jobsDb, workspaceId, (tenant) =>
    ledger.settleDelivery(tenant, id, outcome, instant(platform.clock)),
  )

/** Two processes may redraw at the same time, each as it saw things: whoever comes last looks once more. */
async function redrawOne(platform: Platform, job: RedrawJob, delivery: ledger.Delivery): Promise<void> {
  const { workspaceId, kudosId } = job
  if (!delivery.channel || !delivery.ts) return
  const place: MessagePlace = { channel: delivery.channel, ts: delivery.ts }
  const look = () =>
    inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
      const kudos = await store.findKudos(tenant, kudosId)
      if (!kudos) return null
      return { withdrawn: kudos.withdrawn, message: (await wordsFor(tenant, kudos, delivery)).message }
    })
  for (let now = await look(); now; ) {
    if (await change(platform, workspaceId, place, now.message, now.withdrawn)) {
      return void (await settle(platform, workspaceId, delivery, { state: 'removed' }))
    }
    const then = await look()
    if (isDeepStrictEqual(then, now)) return
    now = then
  }
}

/** Gives a message other words, or takes it away. True when it does not say anything about the kudos any more. */
async function change(
  platform: Platform,
  workspaceId: string,
  place: MessagePlace,
  message: Message | null,
  withdrawn: boolean,
): Promise<boolean> {
  const slack = platform.slackOf(workspaceId)
  if (message) {
    try {
      await slack.update(place, message)
      return false
    } catch (error) {
      // What can't be changed any more must not go on naming somebody who wants to be private.
      if (!isGone(error)) throw error
      await slack.remove(place)
      return true
    }
  }
  try {
    await slack.remove(place)
  } catch (error) {
    if (!isGone(error)) throw error
    await slack.update(place, withdrawn ? withdrawnMessage() : hiddenMessage())
  }
  return true
}
