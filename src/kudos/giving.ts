/** Giving: who receives it, whether it was given a moment ago, and what is to be posted. */
import { createHash } from 'node:crypto'
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { gather } from '../platform/gather.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { NewJob } from '../platform/queue.ts'
import { canShowCards, getSetting } from '../workspace/store.ts'
import { MAX_RECIPIENTS } from './command.ts'
import { insertKudos, type NewKudos, readGivingContext } from './giving-store.ts'
import { type Chosen, chooseRecipients, type Refused } from './recipients.ts'
import { findKudos } from './store.ts'

const ALIKE_MINUTES = 2

export const DELIVER = 'kudos.deliver'
export const LOOK_UP = 'kudos.look-up'

export interface Giving {
  /** What makes this request itself: the command's trigger. The same request twice gives once. */
  request: string
  giver: string
  /** The app's own user. */
  app: string
  people: string[]
  groups: string[]
  /** Slack markup. */
  reason: string
  /** The conversation it was said in. */
  channel: string
  /** Where to tell the giver about what happens later; good for 30 minutes. */
  responseUrl: string
  /** Slack was asked about the people not known. */
  lookedUp: boolean
}

export interface DeliverJob {
  workspaceId: string
  kudosId: string
  /** What this job posts, by the ledger's ids. Another job of the same kudos posts something else. */
  deliveries: string[]
  responseUrl: string
}

export interface LookUpJob {
  workspaceId: string
  giving: Giving
  ids: string[]
}

export interface Given {
  kind: 'given'
  kudosId: string
  recipients: string[]
  refused: Refused[]
  /** Where the card is shown, or null. */
  card: string | null
  /** Where the giver may have it shown instead, or null. */
  offer: string | null
}

export type GiveOutcome =
  | Given
  | { kind: 'refused'; refused: Refused[] }
  | { kind: 'again?'; kudosId: string; request: string; channel: string; recipients: string[] }
  /** 'unknown' is being looked up: a job answers later. */
  | Exclude<Chosen, { kind: 'chosen' }>

/** Wrong values and broken constraints (SQLSTATE classes 22 and 23) come from one kudos; everything else hits all. */
const oneToBlame = (error: unknown) => /^2[23]/.test((error as { code?: string }).code ?? '')

/**
 * Gives a kudos for somebody who is waiting. Those of one workspace that arrive at the same time share a transaction:
 * storing and enqueueing ten of them costs little more than one.
 */
export function createGive(platform: Platform): (workspaceId: string, giving: Giving) => Promise<GiveOutcome> {
  const workspaces = new Map<string, (giving: Giving) => Promise<GiveOutcome>>()
  const ofWorkspace = (workspaceId: string) =>
    gather<Giving, GiveOutcome>(
      (givings) => inWorkspace(platform.db, workspaceId, (tenant) => giveAll(tenant, platform, givings)),
      // Statements stay small enough to be quick.
      { lanes: 2, most: 20, heaviest: 30_000, weight: ({ reason }) => reason.length + 1_000, oneToBlame },
    )
  return (workspaceId, giving) => {
    const known = workspaces.get(workspaceId) ?? ofWorkspace(workspaceId)
    workspaces.set(workspaceId, known)
    return known(giving)
  }
}

/** Stores kudos with their recipients, what is to be posted, and the jobs that post it. Answers in the same order. */
export async function giveAll(tenant: Tenant, platform: Platform, givings: Giving[]): Promise<GiveOutcome[]> {
  const { workspaceId } = tenant
  const now = instant(platform.clock)
  const context = await readGivingContext(tenant, givings, MAX_RECIPIENTS)

  const chosen = givings.map((giving) => {
    const fromGroups = giving.groups.flatMap((group) => context.groups.get(group) ?? [])
    return chooseRecipients({ ...giving, fromGroups, kinds: context.kinds })
  })
  const news = givings.map((giving, index) => {
    const choice = chosen[index]
    if (choice?.kind !== 'chosen' || choice.recipients.length === 0) return null
    const saidIn = context.cardChannels.has(giving.channel) ? giving.channel : null
    return compose(workspaceId, giving, choice.recipients, saidIn, now)
  })
  const alike = await insertKudos(tenant, firstOfEach(news), new Date(now.getTime() - ALIKE_MINUTES * 60_000))
  const offer = news.some((kudos) => kudos?.saidIn === null) ? await kudosChannel(tenant) : null

  const lookUps: NewJob[] = []
  const deliveries = new Map<string, NewJob>()
  const outcomes = givings.map((giving, index): GiveOutcome => {
    const choice = chosen[index] as Chosen
    const kudos = news[index]
    if (choice.kind === 'unknown') {
      const data: LookUpJob = { workspaceId, giving, ids: choice.ids }
      lookUps.push({ id: naturalId(LOOK_UP, workspaceId, giving.request), data })
    }
    if (choice.kind !== 'chosen') return choice
    if (!kudos) return { kind: 'refused', refused: choice.refused }
    // A twin among these may itself have been refused for one given before.
    const twin = twinOf(kudos, news.slice(0, index))
    const earlier = alike.get(twin ?? kudos.id) ?? twin
    if (earlier) {
      const { request, channel } = giving
      return { kind: 'again?', kudosId: earlier, request, channel, recipients: kudos.recipients }
    }
    deliveries.set(kudos.id, deliverJob(workspaceId, kudos, giving.responseUrl))
    return given(kudos, choice.refused, offer)
  })
  if (deliveries.size > 0) await platform.queue.enqueue(tenant, DELIVER, [...deliveries.values()])
  if (lookUps.length > 0) await platform.queue.enqueue(tenant, LOOK_UP, lookUps)
  return outcomes
}

/** Gives once more what the same giver gave a moment ago, after being asked. Null when it is not theirs, or withdrawn. */
export async function giveAgain(
  tenant: Tenant,
  platform: Platform,
  again: { kudosId: string; request: string; channel: string; giver: string; responseUrl: string },
): Promise<Given | null> {
  const earlier = await findKudos(tenant, again.kudosId)
  if (!earlier || earlier.giver !== again.giver || earlier.withdrawn) return null
  const saidIn = (await canShowCards(tenant, again.channel)) ? again.channel : null
  const now = instant(platform.clock)
  const kudos = compose(tenant.workspaceId, { ...again, reason: earlier.reason }, earlier.recipients, saidIn, now)
  await insertKudos(tenant, [kudos], null)
  await platform.queue.enqueue(tenant, DELIVER, [deliverJob(tenant.workspaceId, kudos, again.responseUrl)])
  return given(kudos, [], saidIn ? null : await kudosChannel(tenant))
}

function compose(
  workspaceId: string,
  { request, giver, reason }: Pick<Giving, 'request' | 'giver' | 'reason'>,
  recipients: string[],
  saidIn: string | null,
  givenAt: Date,
): NewKudos {
  const id = naturalId('kudos', workspaceId, request)
  const notes = recipients.map((target) => ({ id: naturalId('kudos.note', id, target), kind: 'note' as const, target }))
  const cards = saidIn ? [{ id: cardId(id, saidIn), kind: 'card' as const, target: saidIn }] : []
  return {
    id,
    giver,
    recipients,
    reason,
    saidIn,
    likeness: likeness(recipients, reason),
    givenAt,
    deliveries: [...cards, ...notes],
  }
}

/** The ledger's id of a kudos's card in a channel: at most one. */
export const cardId = (kudosId: string, channel: string) => naturalId('kudos.card', kudosId, channel)

/** Equal for the same people and the same words, whatever their order and spacing. */
function likeness(recipients: string[], reason: string): string {
  const words = reason.toLowerCase().replace(/\s+/g, ' ').trim()
  return createHash('sha256')
    .update(JSON.stringify([[...recipients].sort(), words]))
    .digest('base64')
}

/** Without the same request, or one just like it, a second time: those that arrive together are not in the table yet. */
const firstOfEach = (news: (NewKudos | null)[]) =>
  news.filter(
    (kudos, index): kudos is NewKudos =>
      kudos !== null &&
      !news.slice(0, index).some((other) => other?.id === kudos.id || (other !== null && isTwin(other, kudos))),
  )

const isTwin = (a: NewKudos, b: NewKudos) => a.id !== b.id && a.giver === b.giver && a.likeness === b.likeness

const twinOf = (kudos: NewKudos, earlier: (NewKudos | null)[]) =>
  earlier.find((other) => other !== null && isTwin(other, kudos))?.id ?? null

const deliverJob = (workspaceId: string, kudos: NewKudos, responseUrl: string): NewJob => {
  const data: DeliverJob = {
    workspaceId,
    kudosId: kudos.id,
    deliveries: kudos.deliveries.map(({ id }) => id),
    responseUrl,
  }
  return { id: kudos.id, data }
}

const given = (kudos: NewKudos, refused: Refused[], offer: string | null): Given => ({
  kind: 'given',
  kudosId: kudos.id,
  recipients: kudos.recipients,
  refused,
  card: kudos.saidIn,
  offer: kudos.saidIn ? null : offer,
})

/** The workspace's kudos channel, as long as a card may be shown there. */
export async function kudosChannel(tenant: Tenant): Promise<string | null> {
  const channel = await getSetting(tenant, 'kudos.channel')
  return channel && (await canShowCards(tenant, channel)) ? channel : null
}
