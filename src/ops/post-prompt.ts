/** `post-prompt`: the weekly prompt of a channel now instead of at its time. */
import type { Tenant } from '../platform/database.ts'
import { postNow } from '../prompts/post-now.ts'
import { OpsError } from './ops-error.ts'

/** What came of it, or would come, in words. */
export async function postPrompt(tenant: Tenant, channel: string, now: Date, dryRun: boolean): Promise<string> {
  const outcome = await postNow(tenant, channel, now, dryRun)
  switch (outcome.kind) {
    case 'no prompt':
      throw new OpsError(
        `${channel} has no weekly prompt. An admin can give it one on the Home tab, under Weekly prompt.`,
      )
    case 'had it':
      throw new OpsError(`${channel} has had its prompt of week ${outcome.week} (${outcome.state}). Nothing was done.`)
    case 'would post':
      return `This would be posted in ${channel}, for week ${outcome.week}: ${outcome.text}\nNothing was done.`
    case 'due':
      return `In ${channel}, for week ${outcome.week}, within a minute of the app running: ${outcome.text}`
  }
}
