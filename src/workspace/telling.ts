import type { Platform } from '../platform/platform.ts'
import type { Message } from '../platform/slack.ts'

/**
 * Tells somebody what came of what they did: where they did it, or, when it was in a form of no conversation, in a
 * message of our own. Throws SlackFailure.
 */
export async function tell(
  platform: Platform,
  where: { workspaceId: string; responseUrl: string | null },
  person: string,
  message: Message,
): Promise<void> {
  const slack = platform.slackOf(where.workspaceId)
  if (where.responseUrl) await slack.answer(where.responseUrl, message)
  else await slack.post(person, message)
}
