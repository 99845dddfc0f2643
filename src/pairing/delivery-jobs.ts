/** Posting what is due about check-ins, and bringing what was posted in line with how things stand. */
import { isDeepStrictEqual } from 'node:util'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { type Attempt, Hopeless } from '../platform/queue.ts'
import type { Message, MessagePlace } from '../platform/slack.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { notNowIn } from '../workspace/contact.ts'
import { findParticipants } from '../workspace/participant-store.ts'
import { getSetting } from '../workspace/settings-store.ts'
import { redraw } from './answering.ts'
import { compose, composeIntroduction } from './composing.ts'
import { earliestEnd, reminderTime } from './deadlines.ts'
import { happen, willing } from './lifecycle.ts'
import * as ledger from './message-store.ts'
import type { MessageJob } from './naming.ts'
import { workerOf } from './opening.ts'
import { findPairing, holdPairing } from './pairing-store.ts'
import * as pairings from './pairing-writing-store.ts'
import { setFate } from './round-writing-store.ts'
import { nextWorking } from './working-hours.ts'

/** Posts one message, unless it is not wanted any more. */
export async function send(platform: Platform, job: MessageJob, attempt: Attempt): Promise<void> {
  const { workspaceId, messageId } = job
  const message = await within(platform, workspaceId, (tenant) => ledger.findMessage(tenant, messageId))
  if (message?.state !== 'due') return
  try {
    if (message.kind === 'introduction') await introduce(platform, workspaceId, message)
    else await sendTo(platform, workspaceId, message, message.target ?? '')
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error
    platform.metrics.delivered(message.kind, error.kind)
    if (error.retryAfterSeconds !== null) throw orLater(error)
    const state = error.kind === 'gone' ? 'gone' : error.kind === 'ours' || attempt.final ? 'failed' : 'due'
    platform.log.warn({ err: error, workspace: workspaceId, kind: message.kind, state }, 'pairing.not-sent')
    await settle(platform, workspaceId, messageId, { state, problem: error.code })
    if (state !== 'gone') throw state === 'failed' ? new Hopeless(error) : error
  }
}

const within = <T>(platform: Platform, workspaceId: string, work: (tenant: Tenant) => Promise<T>) =>
  inWorkspace(platform.jobsDb, workspaceId, work)

const settle = (
  platform: Platform,
  workspaceId: string,
  id: string,
  outcome: { state: ledger.MessageState; place?: MessagePlace; problem?: string },
) => within(platform, workspaceId, (tenant) => ledger.settleMessage(tenant, id, outcome, instant(platform.clock)))

/** Whoever these are for is not asked whether they take part: admins, and those who were just paused. */
const ABOVE_PAUSES: ledger.MessageKind[] = ['too few', 'missed', 'ghost']

async function sendTo(
  platform: Platform,
  workspaceId: string,
  message: ledger.CheckInMessage,
  target: string,
): Promise<void> {
  const { id, kind } = message
  if (!ABOVE_PAUSES.includes(kind)) {
    const not = await notNowIn(platform, workspaceId, target, { begins: false })
    if (not) return await settle(platform, workspaceId, id, { state: 'skipped', problem: not })
  }
  const words = await within(platform, workspaceId, async (tenant) => {
    const now = instant(platform.clock)
    const [person] = await findParticipants(tenant, [target])
    const at = person && kind !== 'too few' && kind !== 'missed' ? nextWorking(workerOf(person), now) : now
    // What an outage kept back into the night waits for the morning.
    if (at > now) await ledger.postpone(tenant, id, at)
    return at > now ? 'later' : await compose(tenant, message, now)
  })
  if (words === 'later') return
  if (words === null) return await settle(platform, workspaceId, id, { state: 'skipped' })
  const place = await platform.slackOf(workspaceId).post(target, words)
  await within(platform, workspaceId, async (tenant) => {
    const now = instant(platform.clock)
    await ledger.settleMessage(tenant, id, { state: 'sent', place }, now)
    if (kind === 'proposal') await afterProposal(tenant, platform, message, now)
    // What changed while it was being posted: whoever changed it could not know where this one would be.
    const then = await compose(tenant, message, now)
    if (then && message.pairingId && !isDeepStrictEqual(then, words)) {
      await redraw(tenant, platform, [message.pairingId], target)
    }
  })
  platform.metrics.delivered(kind, 'sent')
  platform.log.info({ workspace: workspaceId, kind }, 'pairing.sent')
}

/** A proposal has been seen: it is history, leaves its time to answer, and is reminded of. */
async function afterProposal(
  tenant: Tenant,
  platform: Platform,
  { roundId, pairingId, target }: ledger.CheckInMessage,
  now: Date,
): Promise<void> {
  const pairing = pairingId ? await holdPairing(tenant, pairingId, now) : null
  const own = pairing?.parties.find(({ id }) => id === target)
  if (!pairing || !own?.person) return
  await pairings.markShown(tenant, pairing.id, now)
  if (pairing.state !== 'proposed') return
  const worker = workerOf(own.person)
  const needed = earliestEnd(await getSetting(tenant, 'workspace.zone'), [worker], now)
  const answerBy = needed > pairing.answerBy ? needed : pairing.answerBy
  if (answerBy > pairing.answerBy) {
    await pairings.extend(tenant, pairing.id, answerBy)
    await redraw(tenant, platform, [pairing.id], null)
  }
  const dueAt = reminderTime(worker, now, answerBy)
  if (dueAt) await ledger.insertMessages(tenant, [{ kind: 'reminder', roundId, pairingId, target, dueAt }])
}

const DAY_MS = 24 * 3_600_000

/** Brings those who said yes together. Who can't be brought together is found out here, and told like any other no. */
async function introduce(
  platform: Platform,
  workspaceId: string,
  { id, pairingId, roundId }: ledger.CheckInMessage,
): Promise<void> {
  const look = (tenant: Tenant) => findPairing(tenant, pairingId ?? '', instant(platform.clock))
  const known = await within(platform, workspaceId, look)
  // Statuses are asked for outside of any transaction, and written down; the second look sees them.
  for (const { id: person } of known ? willing(known) : []) {
    await notNowIn(platform, workspaceId, person, { begins: false })
  }
  const plan = await within(platform, workspaceId, async (tenant) => {
    const pairing = await look(tenant)
    if (pairing?.state !== 'confirmed' || willing(pairing).length < 2) return null
    return await composeIntroduction(tenant, pairing, instant(platform.clock))
  })
  if (!plan) return await settle(platform, workspaceId, id, { state: 'skipped' })
  const slack = platform.slackOf(workspaceId)
  const place = await slack.post(await slack.openGroup(plan.people), plan.message)
  await within(platform, workspaceId, async (tenant) => {
    const now = instant(platform.clock)
    await ledger.settleMessage(tenant, id, { state: 'sent', place }, now)
    const pairing = await holdPairing(tenant, pairingId ?? '', now)
    if (!pairing || !roundId) return
    // Who was left out, because they paused meanwhile, did not say yes to this.
    for (const party of pairing.parties) {
      if (party.answer === 'yes' && !plan.people.includes(party.id)) {
        await pairings.saveAnswer(tenant, pairing.id, party.id, 'no', now)
      }
    }
    // They are introduced, whatever has changed in this very moment.
    const together = { ...pairing, parties: pairing.parties.map((one) => ({ ...one, able: true })) }
    const then = happen(together, { kind: 'introduce' })
    if (then.ok) await pairings.savePairing(tenant, pairing, then.pairing, { introducedAt: now, first: plan.first })
    await pairings.markShown(tenant, pairing.id, now)
    await setFate(tenant, roundId, plan.people, 'introduced')
    const days = await getSetting(tenant, 'check-ins.follow-up-days')
    const asked = pairing.parties.filter(({ id }) => plan.people.includes(id))
    await ledger.insertMessages(
      tenant,
      asked.flatMap(({ id: target, person }) => {
        if (!person) return []
        const dueAt = nextWorking(workerOf(person), new Date(now.getTime() + days * DAY_MS))
        return [{ kind: 'follow-up' as const, roundId, pairingId: pairing.id, target, dueAt }]
      }),
    )
    await redraw(tenant, platform, [pairing.id], null)
  })
  platform.metrics.delivered('introduction', 'sent')
  platform.log.info({ workspace: workspaceId, pairing: pairingId }, 'pairing.introduced')
}

/** Brings one message in line with how things stand. Two processes may do so at once: whoever comes last looks once more. */
export async function redrawMessage(platform: Platform, { workspaceId, messageId }: MessageJob): Promise<void> {
  const look = () =>
    within(platform, workspaceId, async (tenant) => {
      const message = await ledger.findMessage(tenant, messageId)
      if (message?.state !== 'sent' || !message.channel || !message.ts) return null
      const words = await compose(tenant, message, instant(platform.clock))
      return words && { words, place: { channel: message.channel, ts: message.ts } }
    })
  for (let now = await look(); now; ) {
    try {
      await platform.slackOf(workspaceId).update(now.place, now.words as Message)
    } catch (error) {
      if (isGone(error)) return await settle(platform, workspaceId, messageId, { state: 'gone' })
      throw orLater(error)
    }
    const then = await look()
    if (isDeepStrictEqual(then, now)) return
    now = then
  }
}
