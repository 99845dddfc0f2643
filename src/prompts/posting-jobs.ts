/** Posting a prompt: claimed before it is sent, and never sent again when nobody can say whether it was. */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { Hopeless } from '../platform/queue.ts'
import { orLater, SlackFailure, wasNeverSent } from '../platform/slack-failure.ts'
import { canShowCards, forgetChannel } from '../workspace/channel-store.ts'
import { deleteChannel, findChannel } from './channel-store.ts'
import { LATEST_MS, type PostJob } from './due.ts'
import { postMessage } from './messages.ts'
import { findPost, movePost, type Post, type PostState, type PostWords } from './post-store.ts'

type Claimed = Post & { words: PostWords }

export async function postPrompt(platform: Platform, { workspaceId, postId }: PostJob): Promise<void> {
  const post = await inWorkspace(platform.jobsDb, workspaceId, (tenant) =>
    claim(tenant, postId, instant(platform.clock)),
  )
  if (!post) return
  const settle = (from: PostState[], to: { state: PostState; ts?: string; problem?: string | null }) =>
    inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
      if (to.state === 'gone') await leaveChannel(tenant, post.channel, to.problem ?? '')
      return await movePost(tenant, postId, from, { ...to, settledAt: instant(platform.clock) })
    })
  try {
    const { ts } = await platform.slackOf(workspaceId).post(post.channel, postMessage(post))
    // Uncertain by now, when another process found it claimed meanwhile.
    await settle(['claimed', 'uncertain'], { state: 'posted', ts, problem: null })
    platform.metrics.delivered('prompt', 'sent')
    platform.log.info({ workspace: workspaceId, post: postId }, 'prompts.posted')
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error
    platform.metrics.delivered('prompt', error.kind)
    const state = stateAfter(error)
    platform.log.warn({ err: error, workspace: workspaceId, post: postId, state }, 'prompts.not-posted')
    await settle(['claimed'], { state, problem: error.code })
    if (state === 'due') throw orLater(error)
    // A dead letter, so that an operator hears of it.
    if (state === 'failed') throw new Hopeless(error)
  }
}

function stateAfter(failure: SlackFailure): PostState {
  switch (failure.kind) {
    case 'rate limited':
      return 'due'
    case 'gone':
      return 'gone'
    case 'ours':
    case 'revoked':
      return 'failed'
    case 'transient':
      return wasNeverSent(failure) ? 'due' : 'uncertain'
  }
}

/** Takes a post that is due upon this job alone, as things stand right now; null when there is nothing to send. */
async function claim(tenant: Tenant, id: string, now: Date): Promise<Claimed | null> {
  const post = await findPost(tenant, id)
  if (!post) return null
  const move = (from: PostState, state: PostState, problem: string | null) =>
    movePost(tenant, id, [from], { state, problem, settledAt: now })
  if (post.state === 'claimed') {
    // Whoever claimed it did not come back to say what became of it.
    await move('claimed', 'uncertain', 'stopped while sending')
    return null
  }
  const { words } = post
  if (post.state !== 'due' || !words) return null
  const why = await whyNot(tenant, post, now)
  if (why) {
    await move('due', why.state, why.problem)
    if (why.state === 'gone') await leaveChannel(tenant, post.channel, why.problem)
    return null
  }
  return (await move('due', 'claimed', null)) ? { ...post, words } : null
}

async function whyNot(
  tenant: Tenant,
  post: Post,
  now: Date,
): Promise<{ state: 'skipped' | 'gone'; problem: string } | null> {
  const channel = await findChannel(tenant, post.channel)
  if (!channel) return { state: 'skipped', problem: 'not wanted any more' }
  if (channel.skippedWeeks.includes(post.week)) return { state: 'skipped', problem: 'not wanted this week' }
  // What an admin wants posted again is late by nature.
  const late = now.getTime() - post.dueAt.getTime()
  if (post.attempt === 1 && late > LATEST_MS) return { state: 'skipped', problem: 'too late' }
  if (!(await canShowCards(tenant, post.channel))) return { state: 'gone', problem: 'not in the channel' }
  return null
}

/** The channel is not there for us any more: its weekly prompt ends, and the admins hear of it once. */
async function leaveChannel(tenant: Tenant, channel: string, problem: string): Promise<void> {
  await deleteChannel(tenant, channel)
  const notThere = ['not_in_channel', 'channel_not_found', 'is_archived']
  if (notThere.includes(problem)) await forgetChannel(tenant, channel)
}
