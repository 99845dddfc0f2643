/** How people take part in a prompt: each act is one transaction's worth of reading, deciding and writing. */
import { readNotes } from '../kudos/preference-store.ts'
import type { Tenant } from '../platform/database.ts'
import { isNaturalId, naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { MessagePlace } from '../platform/slack.ts'
import { readKinds } from '../workspace/store.ts'
import {
  type Answer,
  findAnswerOf,
  insertAnswer,
  insertDone,
  type NewAnswer,
  removeAnswer,
  removeDone,
} from './answer-store.ts'
import { markStale } from './drawing-store.ts'
import { findPost, movePost, type Post } from './post-store.ts'

export const BRING = 'prompts.bring'
export const REMOVE = 'prompts.remove'

export interface BringJob {
  workspaceId: string
  answerId: string
}

/**
 * The post somebody clicked on, or null when it is not known. `place` is where they saw it: whoever clicks on a prompt
 * that nobody could be sure of proves that it is there.
 */
export async function postClickedOn(
  tenant: Tenant,
  platform: Platform,
  id: string,
  place: MessagePlace | null,
): Promise<Post | null> {
  const post = await findPost(tenant, id)
  if (!post?.words || post.place || place?.channel !== post.channel) return post
  const now = { state: 'posted' as const, ts: place.ts, problem: null, settledAt: instant(platform.clock) }
  await movePost(tenant, id, ['claimed', 'uncertain'], now)
  return await findPost(tenant, id)
}

export type AnswerOutcome =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'no prompt' | 'yourself' | 'nobody' | 'notes off' | 'answered before' }

/** Answers a prompt, in its thread or for one person alone. The same request twice is once. */
export async function answer(
  tenant: Tenant,
  platform: Platform,
  given: Omit<NewAnswer, 'id'> & { request: string },
): Promise<AnswerOutcome> {
  const { request, ...wanted } = given
  const post = await findPost(tenant, wanted.postId)
  if (!post?.place) return { kind: 'no prompt' }
  const { toMember, member, postId } = wanted
  if (toMember === member) return { kind: 'yourself' }
  if (toMember) {
    const kind = (await readKinds(tenant, [toMember])).get(toMember)
    if (kind !== 'member' && kind !== 'guest' && kind !== 'single-channel guest') return { kind: 'nobody' }
    if (!(await readNotes(tenant, toMember, null)).wanted) return { kind: 'notes off' }
  }
  const id = naturalId('prompts.answer', tenant.workspaceId, request)
  if (await insertAnswer(tenant, { ...wanted, id }, instant(platform.clock))) {
    const data: BringJob = { workspaceId: tenant.workspaceId, answerId: id }
    await platform.queue.enqueue(tenant, BRING, [{ id: naturalId(BRING, id), data }])
    await markStale(tenant, postId)
  }
  const standing = await findAnswerOf(tenant, postId, member)
  return standing?.id === id ? { kind: 'answered', answer: standing } : { kind: 'answered before' }
}

export type DoneOutcome = 'noted' | 'noted before' | 'no prompt'

/** A small act, without a word. */
export async function done(
  tenant: Tenant,
  platform: Platform,
  post: Post | null,
  member: string,
): Promise<DoneOutcome> {
  if (!post?.place) return 'no prompt'
  if (!(await insertDone(tenant, post.id, member, instant(platform.clock)))) return 'noted before'
  await markStale(tenant, post.id)
  return 'noted'
}

/** Takes back all of somebody's part in a prompt. False when there was none. */
export async function removeMine(tenant: Tenant, platform: Platform, postId: string, member: string): Promise<boolean> {
  if (!isNaturalId(postId)) return false
  const removed = await removeAnswer(tenant, postId, member, instant(platform.clock))
  const undone = await removeDone(tenant, postId, member)
  if (removed) {
    const data: BringJob = { workspaceId: tenant.workspaceId, answerId: removed.id }
    await platform.queue.enqueue(tenant, REMOVE, [{ id: naturalId(REMOVE, removed.id), data }])
  }
  if (removed || undone) await markStale(tenant, postId)
  return removed !== null || undone
}
