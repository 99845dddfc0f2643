/** What admins decide about the weekly prompt. Whoever calls has made sure that it is one. */
import { isDeepStrictEqual } from 'node:util'
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { canShowCards } from '../workspace/channel-store.ts'
import { getSetting, noteChange } from '../workspace/settings-store.ts'
import { type ListedChannel, PAGE } from './channel-forms.ts'
import {
  countChannels,
  deleteChannel,
  findChannel,
  forgetChoices,
  listChannels,
  type PromptChannel,
  saveChannelPlan,
} from './channel-store.ts'
import { planAnew, takeTurns } from './due.ts'
import { USUAL_LANGUAGE } from './library.ts'
import { listNoticed } from './notice-store.ts'
import { type FilledOwn, MOST_OWN } from './own-forms.ts'
import { insertOwn, listOwn, retireOwn, updateOwn } from './own-store.ts'
import { type ChannelPlan, promptsOf } from './planning.ts'
import { findPost, markAgain } from './post-store.ts'

/** The audit's word for a change of one channel. */
const CHANGE = 'prompts.channel'
/** A prompt is posted again within the week it is for. */
const AGAIN_MS = 7 * 24 * 3_600_000
export const MOST_CHANNELS = 500

/** As most channels would want it. */
export async function usualPlan(tenant: Tenant): Promise<Omit<ChannelPlan, 'channel'>> {
  return {
    weekday: 1,
    time: '10:00',
    zone: await getSetting(tenant, 'workspace.zone'),
    kinds: 'alternating',
    own: 'first',
    language: USUAL_LANGUAGE,
    joinButton: false,
    skippedWeeks: [],
  }
}

const planOf = ({ due: _due, choice: _choice, passedOver: _passedOver, ...plan }: PromptChannel): ChannelPlan => plan

/** A page of the channels, each with what comes next. */
export async function readChannels(
  tenant: Tenant,
  now: Date,
  offset: number,
): Promise<{ channels: ListedChannel[]; page: { offset: number; total: number; own: number } }> {
  await takeTurns(tenant, now)
  const own = await listOwn(tenant)
  const channels: ListedChannel[] = []
  for (const channel of await listChannels(tenant, { limit: PAGE, offset })) {
    channels.push({ plan: planOf(channel), ...(await nextOf(tenant, channel, now)) })
  }
  return { channels, page: { offset, total: await countChannels(tenant), own: own.length } }
}

/** What comes next in a channel; chosen now, where it was not. */
export async function nextOf(tenant: Tenant, channel: PromptChannel, now: Date): Promise<Omit<ListedChannel, 'plan'>> {
  const { due, choice } = channel
  const prompt = choice && promptsOf(channel.language, await listOwn(tenant)).find(({ id }) => id === choice.id)
  if (due && choice && prompt) return { due, choice, prompt }
  return await planAnew(tenant, (await holdChannel(tenant, channel.channel, now)) ?? channel, now)
}

/** A channel, nobody else's to change until the transaction ends, and with nothing due that was not made a post of. */
export async function holdChannel(tenant: Tenant, channel: string, now: Date): Promise<PromptChannel | null> {
  await takeTurns(tenant, now)
  return await findChannel(tenant, channel, true)
}

export type SaveOutcome = 'saved' | 'not there' | 'too many'

/** Gives a channel its weekly prompt, or changes it. */
export async function savePlan(tenant: Tenant, plan: ChannelPlan, by: string, now: Date): Promise<SaveOutcome> {
  if (!(await canShowCards(tenant, plan.channel))) return 'not there'
  const before = await holdChannel(tenant, plan.channel, now)
  if (!before && (await countChannels(tenant)) >= MOST_CHANNELS) return 'too many'
  await saveChannelPlan(tenant, plan)
  await planAnew(tenant, plan, now)
  const previous = before && planOf(before)
  if (!isDeepStrictEqual(previous, plan)) await noteChange(tenant, { key: CHANGE, previous, value: plan, by, at: now })
  return 'saved'
}

/** Has another prompt come next. Nothing changes when it is another one already. */
export async function passOver(tenant: Tenant, channel: string, promptId: string, now: Date): Promise<void> {
  const found = await holdChannel(tenant, channel, now)
  if (found?.choice?.id !== promptId) return
  const passedOver = [...found.passedOver.filter((id) => id !== promptId), promptId]
  await planAnew(tenant, found, now, passedOver)
}

/** Leaves a week out. */
export async function skipWeek(tenant: Tenant, channel: string, week: string, by: string, now: Date): Promise<void> {
  const found = await holdChannel(tenant, channel, now)
  if (!found || found.skippedWeeks.includes(week)) return
  await savePlan(tenant, { ...planOf(found), skippedWeeks: [...found.skippedWeeks, week].sort() }, by, now)
}

/** Ends the weekly prompt of a channel. What was posted stays. */
export async function endChannel(tenant: Tenant, channel: string, by: string, now: Date): Promise<void> {
  const found = await holdChannel(tenant, channel, now)
  if (!found || !(await deleteChannel(tenant, channel))) return
  await noteChange(tenant, { key: CHANGE, previous: planOf(found), value: null, by, at: now })
}

/** Keeps a prompt of the workspace's own, new or changed. `request` makes a new one itself: twice is once. */
export async function keepOwn(
  tenant: Tenant,
  { id, kind, text }: FilledOwn,
  by: string,
  request: string,
  now: Date,
): Promise<'kept' | 'retired' | 'too many'> {
  if (id !== '') {
    if (!(await updateOwn(tenant, { id, kind, text }))) return 'retired'
    await forgetChoices(tenant, { promptId: id })
    return 'kept'
  }
  if ((await listOwn(tenant)).length >= MOST_OWN) return 'too many'
  const own = { id: naturalId('prompts.own', tenant.workspaceId, request), kind, text }
  await insertOwn(tenant, own, by, now)
  await forgetChoices(tenant, { own: 'first' })
  return 'kept'
}

export async function retire(tenant: Tenant, id: string, now: Date): Promise<void> {
  if (await retireOwn(tenant, id, now)) await forgetChoices(tenant, { promptId: id })
}

/** Has a post sent once more, by whoever says so first. False when somebody else did, or its week is over. */
export async function postAgain(tenant: Tenant, postId: string, by: string, now: Date): Promise<boolean> {
  const post = await findPost(tenant, postId)
  if (!post || now.getTime() - post.dueAt.getTime() > AGAIN_MS) return false
  return await markAgain(tenant, postId, by)
}

/** The same for all of a notice. */
export async function postAllAgain(tenant: Tenant, noticeId: string, by: string, now: Date): Promise<void> {
  for (const { id, state } of await listNoticed(tenant, noticeId)) {
    if (state === 'uncertain' || state === 'failed') await postAgain(tenant, id, by, now)
  }
}
