/** Drawing posts anew when another number of people may be shown: once a minute at most, a few at a time. */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { isGone, orLater } from '../platform/slack-failure.ts'
import { shownPeople } from '../workspace/rule-of-five.ts'
import { countTakingPart } from './answer-store.ts'
import { listStale, markLookedAt, saveShownCount } from './drawing-store.ts'
import type { PostJob } from './due.ts'
import { postMessage } from './messages.ts'
import { findPost } from './post-store.ts'

export const DRAW = 'prompts.draw'

/** Slack takes about 50 changes of messages a minute from us, and some of them are needed elsewhere. */
const A_MINUTE = 30

/** Has the posts drawn anew that are most in need of it. */
export async function lookForStale(tenant: Tenant, platform: Platform, now: Date): Promise<void> {
  const { workspaceId } = tenant
  const minute = String(Math.floor(now.getTime() / 60_000))
  const jobs = (await listStale(tenant, A_MINUTE)).map((postId) => {
    const data: PostJob = { workspaceId, postId }
    return { id: naturalId(DRAW, postId, minute), data }
  })
  if (jobs.length > 0) await platform.queue.enqueue(tenant, DRAW, jobs)
}

/** Gives a post the number that may be shown now. Two processes at once: whoever comes last looks once more. */
export async function drawPost(platform: Platform, { workspaceId, postId }: PostJob): Promise<void> {
  const look = () =>
    inWorkspace(platform.jobsDb, workspaceId, async (tenant) => {
      await markLookedAt(tenant, postId, instant(platform.clock))
      const post = await findPost(tenant, postId)
      if (!post?.place || !post.words) return null
      const { people, members } = await countTakingPart(tenant, postId)
      const shown = shownPeople(people, members) ?? 0
      return shown === post.shownCount
        ? null
        : { place: post.place, shown, message: postMessage({ ...post, words: post.words, shownCount: shown }) }
    })
  for (let drawing = await look(); drawing; drawing = await look()) {
    const { place, message, shown } = drawing
    try {
      await platform.slackOf(workspaceId).update(place, message)
    } catch (error) {
      if (!isGone(error)) throw orLater(error)
      platform.log.info({ err: error, workspace: workspaceId, post: postId }, 'prompts.not-drawn')
      return
    }
    await inWorkspace(platform.jobsDb, workspaceId, (tenant) => saveShownCount(tenant, postId, shown))
  }
}
