import { inWorkspace } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { LANES } from '../platform/queue.ts'
import { isGone, orLater } from '../platform/slack-failure.ts'
import { forgetChannel, releaseGreeting } from '../workspace/channel-store.ts'
import { type ChannelStanding, lookAtChannel } from '../workspace/channels.ts'
import { FEEDBACK, type FeedbackJob } from './acts.ts'
import * as answers from './answers.ts'

export const GREET = 'home.greet'

interface GreetJob {
  workspaceId: string
  channel: string
}

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  platform.queue.work<GreetJob>({ name: GREET, retryLimit: 20, lanes: LANES }, (job) => greet(platform, job))
  platform.queue.work<FeedbackJob>({ name: FEEDBACK, retryLimit: 50 }, async ({ workspaceId, from, text, to }) => {
    await post(platform, workspaceId, to, answers.feedback(from, text), async () => {})
  })
}

/** Says what Small Acts does in a channel, as far as it does something there. */
async function greet(platform: Platform, { workspaceId, channel }: GreetJob): Promise<void> {
  const unsaid = () => inWorkspace(platform.jobsDb, workspaceId, (tenant) => releaseGreeting(tenant, channel))
  let standing: ChannelStanding
  try {
    standing = await lookAtChannel(platform, workspaceId, channel)
  } catch (error) {
    throw orLater(error)
  }
  if (standing === 'not in it' || standing === 'archived') return await unsaid()
  await post(platform, workspaceId, channel, answers.hello(standing === 'open'), async () => {
    await inWorkspace(platform.jobsDb, workspaceId, (tenant) => forgetChannel(tenant, channel))
    await unsaid()
  })
}

async function post(
  platform: Platform,
  workspaceId: string,
  channel: string,
  message: Parameters<ReturnType<Platform['slackOf']>['post']>[1],
  gone: () => Promise<void>,
): Promise<void> {
  try {
    await platform.slackOf(workspaceId).post(channel, message)
  } catch (error) {
    if (!isGone(error)) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId }, 'home.not-posted')
    await gone()
  }
}
