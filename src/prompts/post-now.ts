import type { Tenant } from '../platform/database.ts'
import { plainText, readMarkup } from '../platform/markup.ts'
import { holdChannel, nextOf } from './admin-acts.ts'
import { planAnew, postId } from './due.ts'
import { findPostOfWeek, insertPosts, type PostState } from './post-store.ts'
import { weekAt } from './schedule.ts'

export type PostNowOutcome =
  | { kind: 'no prompt' }
  | { kind: 'had it'; week: string; state: PostState }
  | { kind: 'would post' | 'due'; week: string; text: string }

/**
 * Has the prompt that comes next in a channel posted in this week already, unless the week has had one. Running apps
 * look for it once a minute. Nothing changes with `dryRun`, but that the choice is made.
 */
export async function postNow(tenant: Tenant, channel: string, now: Date, dryRun: boolean): Promise<PostNowOutcome> {
  const found = await holdChannel(tenant, channel, now)
  if (!found) return { kind: 'no prompt' }
  const week = weekAt(now, found.zone)
  const had = await findPostOfWeek(tenant, channel, week)
  if (had) return { kind: 'had it', week, state: had.state }
  const { prompt, choice } = await nextOf(tenant, found, now)
  const text = plainText(readMarkup(prompt.text))
  if (dryRun) return { kind: 'would post', week, text }
  const words = {
    promptId: prompt.id,
    kind: prompt.kind,
    text: prompt.text,
    cycle: choice.cycle,
    language: found.language,
    joinButton: false,
  }
  const id = postId(tenant.workspaceId, channel, week)
  await insertPosts(tenant, [{ id, channel, week, dueAt: now, words, problem: null }])
  await planAnew(tenant, found, now)
  return { kind: 'due', week, text }
}
