/** Bringing answers where they belong, and taking them away again. A crash in mid-send can double one. */
import { readNotes } from '../kudos/preference-store.ts'
import { inWorkspace } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { Platform } from '../platform/platform.ts'
import { type Attempt, Hopeless } from '../platform/queue.ts'
import type { Message, MessagePlace } from '../platform/slack.ts'
import { isGone, orLater, SlackFailure } from '../platform/slack-failure.ts'
import { BRING, type BringJob, REMOVE } from './acts.ts'
import { type Answer, findAnswer, holdAnswer, settleAnswer } from './answer-store.ts'
import { notBrought, privateAnswer, threadAnswer } from './messages.ts'
import { findPost } from './post-store.ts'

interface Bringing {
  answer: Answer
  /** A channel with a thread, or a person. */
  target: string
  threadTs: string | null
  message: Message
  /** Where the prompt is. */
  channel: string
}

export async function bring(platform: Platform, job: BringJob, attempt: Attempt): Promise<void> {
  const { workspaceId, answerId } = job
  const bringing = await compose(platform, job)
  if (!bringing) return
  const { answer, target, threadTs, message, channel } = bringing
  let place: MessagePlace
  try {
    place = await platform.slackOf(workspaceId).post(target, message, threadTs)
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error
    platform.metrics.delivered('answer', error.kind)
    const state = error.kind === 'gone' ? 'gone' : error.kind === 'ours' || attempt.final ? 'failed' : null
    if (state === null || error.retryAfterSeconds !== null) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId, answer: answerId, state }, `${BRING}.failed`)
    await inWorkspace(platform.jobsDb, workspaceId, (tenant) =>
      settleAnswer(tenant, answerId, { state, problem: error.code }),
    )
    await tellWriter(platform, workspaceId, answer, channel)
    if (state === 'failed') throw new Hopeless(error)
    return
  }
  const isThere = await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    const now = await holdAnswer(tenant, answerId)
    await settleAnswer(tenant, answerId, { state: 'sent', place })
    // Removed while it was being sent: whoever removed it could not know where it would be.
    if (now?.isRemoved)
      await platform.queue.enqueue(tenant, REMOVE, [{ id: naturalId(REMOVE, answerId, place.ts), data: job }])
    return now !== null
  })
  // Its writer was erased meanwhile.
  if (!isThere) await platform.slackOf(workspaceId).remove(place)
  platform.metrics.delivered('answer', 'sent')
  platform.log.info({ workspace: workspaceId, answer: answerId }, BRING)
}

/** What to send as things stand right now; null when nothing is to be sent any more. */
async function compose(platform: Platform, { workspaceId, answerId }: BringJob): Promise<Bringing | null> {
  return await inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
    const answer = await holdAnswer(tenant, answerId)
    if (answer?.state !== 'due') return null
    const post = await findPost(tenant, answer.postId)
    if (answer.isRemoved || !post?.words || !post.place) {
      await settleAnswer(tenant, answerId, { state: 'skipped', problem: answer.isRemoved ? 'removed' : 'no prompt' })
      return null
    }
    const { toMember } = answer
    if (!toMember) {
      const where = { target: post.channel, threadTs: post.place.ts, channel: post.channel }
      return { answer, message: threadAnswer(answer), ...where }
    }
    const notes = await readNotes(tenant, toMember, null)
    if (!notes.wanted) {
      await settleAnswer(tenant, answerId, { state: 'skipped', problem: 'notes off' })
      return null
    }
    const message = privateAnswer(answer, post.words.text, notes.first)
    return { answer, message, target: toMember, threadTs: null, channel: post.channel }
  })
}

async function tellWriter(platform: Platform, workspaceId: string, answer: Answer, channel: string): Promise<void> {
  try {
    await platform.slackOf(workspaceId).post(answer.member, notBrought(answer, channel))
  } catch (error) {
    platform.log.warn({ err: error, workspace: workspaceId }, `${BRING}.writer-not-told`)
  }
}

/** Takes an answer away that its writer removed. */
export async function takeAway(platform: Platform, { workspaceId, answerId }: BringJob): Promise<void> {
  const answer = await inWorkspace(platform.jobsDb, workspaceId, (tenant) => findAnswer(tenant, answerId))
  if (!answer?.place || !answer.isRemoved || answer.state !== 'sent') return
  try {
    await platform.slackOf(workspaceId).remove(answer.place)
  } catch (error) {
    if (!isGone(error)) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId, answer: answerId }, `${REMOVE}.not-possible`)
  }
  await inWorkspace(platform.jobsDb, workspaceId, (tenant) => settleAnswer(tenant, answerId, { state: 'removed' }))
}
