import { inWorkspace } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { isGone, orLater } from '../platform/slack-failure.ts'
import { forgetChannel } from '../workspace/store.ts'
import { FEEDBACK, type FeedbackJob } from './acts.ts'
import * as answers from './answers.ts'

export const GREET = 'home.greet'

interface GreetJob {
  workspaceId: string
  channel: string
}

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  platform.queue.work<GreetJob>({ name: GREET, retryLimit: 20 }, async ({ workspaceId, channel }) => {
    await post(platform, workspaceId, channel, answers.hello(), () =>
      inWorkspace(platform.jobsDb, workspaceId, (tenant) => forgetChannel(tenant, channel)),
    )
  })
  platform.queue.work<FeedbackJob>({ name: FEEDBACK, retryLimit: 50 }, async ({ workspaceId, from, text, to }) => {
    await post(platform, workspaceId, to, answers.feedback(from, text), async () => {})
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
