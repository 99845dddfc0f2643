import { inWorkspace } from '../platform/database.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { isGone, orLater } from '../platform/slack-failure.ts'
import { WELCOME, type WelcomeJob } from './installing.ts'
import { learnUsers } from './learning.ts'
import { welcome } from './messages.ts'

/** Tells the queue who does the work. */
export function register(platform: Platform): void {
  platform.queue.work<WelcomeJob>({ name: WELCOME, retryLimit: 20 }, (job) => greetInstaller(platform, job))
}

/** The one message after an installation, to the one person who asked for it. */
async function greetInstaller(platform: Platform, { workspaceId, installer, again }: WelcomeJob): Promise<void> {
  const slack = platform.slackOf(workspaceId)
  try {
    // The button in it asks whether they are an admin, and the directory may not have been read yet.
    const user = await slack.user(installer)
    await inWorkspace(platform.jobsDb, workspaceId, (tenant) => learnUsers(tenant, [user], instant(platform.clock)))
    await slack.post(installer, welcome(again))
  } catch (error) {
    if (!isGone(error)) throw orLater(error)
    platform.log.warn({ err: error, workspace: workspaceId }, `${WELCOME}.not-sent`)
  }
}
