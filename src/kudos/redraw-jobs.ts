/** Bringing what was posted about a kudos in line with how it stands. */
import { isDeepStrictEqual } from 'node:util'
import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { Attempt } from '../platform/queue.ts'
import type { Message, MessagePlace } from '../platform/slack.ts'
import { isGone } from '../platform/slack-failure.ts'
import type { RedrawJob } from './acts.ts'
import { each, outcomeOf, read } from './delivery-jobs.ts'
import * as ledger from './delivery-store.ts'
import { hiddenMessage, withdrawnMessage } from './messages.ts'
import * as store from './store.ts'
import { wordsFor } from './wording.ts'

/** Brings cards, notes and reports in line with how a kudos stands. Whatever is not there any more is left at that. */
export async function redrawAll(platform: Platform, job: RedrawJob, attempt: Attempt): Promise<void> {
  const { kudos, deliveries } = await read(platform, job)
  if (!kudos) return
  await each(
    deliveries.filter(({ state, kind }) => state === 'sent' && (job.kinds?.includes(kind) ?? true)),
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
      const { withdrawn, keptPrivate } = kudos
      // One's own note names nobody who would rather not be named.
      const isHarmless = delivery.kind === 'note' && keptPrivate.includes(delivery.target)
      return { withdrawn, isHarmless, message: (await wordsFor(tenant, kudos, delivery)).message }
    })
  for (let now = await look(); now; ) {
    if (await change(platform, workspaceId, place, now)) {
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
  wanted: { message: Message | null; withdrawn: boolean; isHarmless: boolean },
): Promise<boolean> {
  const slack = platform.slackOf(workspaceId)
  const { message, withdrawn, isHarmless } = wanted
  if (message) {
    try {
      await slack.update(place, message)
      return false
    } catch (error) {
      // What can't be changed any more must not go on naming somebody who wants to be private.
      if (!isGone(error)) throw error
      if (isHarmless) return false
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
