/** What of the weekly prompts is due: asked once a minute, harmless when asked twice. */
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { Platform } from '../platform/platform.ts'
import { holdDueChannels, type PromptChannel, saveNext } from './channel-store.ts'
import { listOwn } from './own-store.ts'
import { type ChannelPlan, type Next, type OwnPrompt, type Prompt, planNext, promptsOf } from './planning.ts'
import { findPostOfWeek, insertPosts, listDue, type NewPost, readJoinButtons, readUsed } from './post-store.ts'
import type { Choice, Used } from './rotation.ts'
import { monthBefore, nextDue } from './schedule.ts'

export const POST = 'prompts.post'

export interface PostJob {
  workspaceId: string
  postId: string
}

/** How late a prompt may go out after an outage. */
export const LATEST_MS = 24 * 3_600_000
/** More weeks than two cycles of the greatest pool have. */
const WEEKS_BACK = 800
/** So that a transaction stays short; what is left has its turn a minute later. */
const CHANNELS_AT_ONCE = 500

/** The one post of a channel in an ISO week. */
export const postId = (workspaceId: string, channel: string, week: string): string =>
  naturalId('prompts', workspaceId, channel, week)

/** Makes a post of each prompt whose time has come, and plans what comes after it. Before anything is planned anew. */
export async function takeTurns(tenant: Tenant, now: Date): Promise<void> {
  const channels = await holdDueChannels(tenant, now, CHANNELS_AT_ONCE)
  if (channels.length === 0) return
  const around = await readAround(tenant, channels, now)
  const turns = channels.map((channel) => takeTurn(tenant.workspaceId, channel, around, now))
  await insertPosts(
    tenant,
    turns.flatMap(({ post }) => post ?? []),
  )
  await saveNext(tenant, turns)
}

/** Has the queue send whatever is due. A post that no job is left for gets one again. */
export async function sendDue(tenant: Tenant, platform: Platform): Promise<void> {
  const due = await listDue(tenant, CHANNELS_AT_ONCE)
  const { workspaceId } = tenant
  const jobs = due.map(({ id, attempt }) => {
    const data: PostJob = { workspaceId, postId: id }
    return { id: naturalId(POST, id, String(attempt)), data }
  })
  if (jobs.length > 0) await platform.queue.enqueue(tenant, POST, jobs)
}

interface Around {
  own: OwnPrompt[]
  used: Map<string, Used[]>
  /** The channels that had the button of joining within a month. */
  hadButton: Set<string>
}

async function readAround(tenant: Tenant, channels: PromptChannel[], now: Date): Promise<Around> {
  const ids = channels.map(({ channel }) => channel)
  return {
    own: await listOwn(tenant),
    used: await readUsed(tenant, ids, WEEKS_BACK),
    hadButton: await readJoinButtons(tenant, ids, monthBefore(now)),
  }
}

interface Turn {
  channel: string
  /** null for a channel that only had to be planned. */
  post: NewPost | null
  next: Next
  passedOver: string[]
}

/** What is posted in a channel whose turn has come, and what comes after it. */
function takeTurn(workspaceId: string, channel: PromptChannel, around: Around, now: Date): Turn {
  const prompts = promptsOf(channel.language, around.own)
  const used = around.used.get(channel.channel) ?? []
  const plan = (came: Used[]) => planNext(channel, { workspaceId, after: now, prompts, used: came, passedOver: [] })
  const turn = { channel: channel.channel, passedOver: [] }
  if (!channel.due) return { ...turn, post: null, next: plan(used) }
  // The last one that can still go out. Before the one that was planned nothing was promised.
  const latest = nextDue(channel, new Date(now.getTime() - LATEST_MS))
  const isTime = latest.at <= now && latest.at >= channel.due.at
  const { at: dueAt, week } = isTime ? latest : channel.due
  const row = { id: postId(workspaceId, channel.channel, week), channel: channel.channel, week, dueAt }
  if (!isTime) return { ...turn, post: { ...row, words: null, problem: 'too late' }, next: plan(used) }
  const choice = channel.choice ?? plan(used).choice
  const prompt = wordsOf(prompts, choice) ?? wordsOf(prompts, plan(used).choice)
  const words = prompt && {
    promptId: prompt.id,
    kind: prompt.kind,
    text: prompt.text,
    cycle: choice.cycle,
    language: channel.language,
    joinButton: channel.joinButton && !around.hadButton.has(channel.channel),
  }
  const came = words ? [{ id: words.promptId, kind: words.kind, cycle: words.cycle }, ...used] : used
  return { ...turn, post: { ...row, words: words ?? null, problem: null }, next: plan(came) }
}

const wordsOf = (prompts: Prompt[], { id }: Choice) => prompts.find((prompt) => prompt.id === id)

/** Plans what comes next in a channel as it is set now; with `passedOver`, something else than these. */
export async function planAnew(
  tenant: Tenant,
  channel: ChannelPlan,
  now: Date,
  passedOver: string[] = [],
): Promise<Next & { prompt: Prompt }> {
  const { workspaceId } = tenant
  const prompts = promptsOf(channel.language, await listOwn(tenant))
  const used = (await readUsed(tenant, [channel.channel], WEEKS_BACK)).get(channel.channel) ?? []
  const plan = (after: Date) => planNext(channel, { workspaceId, after, prompts, used, passedOver })
  let next = plan(now)
  // Another day of a week that had its prompt already.
  if (await findPostOfWeek(tenant, channel.channel, next.due.week)) next = plan(next.due.at)
  await saveNext(tenant, [{ channel: channel.channel, next, passedOver }])
  return { ...next, prompt: wordsOf(prompts, next.choice) as Prompt }
}
