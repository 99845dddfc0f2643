/** What people do with kudos: each act is one transaction's worth of reading, deciding and writing. */
import { createHash } from 'node:crypto'
import type { Tenant } from '../platform/database.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import { canShowCards, getSetting } from '../workspace/store.ts'
import { MAX_RECIPIENTS } from './command.ts'
import { insertCard } from './delivery-store.ts'
import { type Chosen, chooseRecipients, type Refused } from './recipients.ts'
import * as store from './store.ts'

export const UNDO_MINUTES = 5
const ALIKE_MINUTES = 2

/** Names of the queues, and of what runs there. */
export const DELIVER = 'kudos.deliver'
export const RETRACT = 'kudos.retract'
export const LOOK_UP = 'kudos.look-up'

export interface Giving {
  /** What makes this request itself: the command's trigger. The same request twice gives once. */
  request: string
  giver: string
  app: string
  people: string[]
  groups: string[]
  reason: string
  /** The conversation it was said in. */
  channel: string
  /** Where to tell the giver about what happens later; good for 30 minutes. */
  responseUrl: string
  /** Slack was asked about the people not known. */
  lookedUp: boolean
}

/** The data of a DELIVER job. */
export interface DeliverJob {
  workspaceId: string
  kudosId: string
  responseUrl: string
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
  | { kind: 'again?'; kudosId: string; request: string; recipients: string[] }
  | Exclude<Chosen, { kind: 'chosen' }>

/** Gives a kudos: stores it with its recipients, what is to be posted, and the job that posts it. */
export async function give(tenant: Tenant, platform: Platform, giving: Giving): Promise<GiveOutcome> {
  const context = await store.readGivingContext(tenant, { ...giving, groupLimit: MAX_RECIPIENTS + 2 })
  const chosen = chooseRecipients({ ...giving, fromGroups: context.groupMembers, kinds: context.kinds })
  if (chosen.kind !== 'chosen') return chosen
  if (chosen.recipients.length === 0) return { kind: 'refused', refused: chosen.refused }

  const now = instant(platform.clock)
  const kudos = compose(tenant, giving, chosen.recipients, context.canShowCard ? giving.channel : null, now)
  const since = new Date(now.getTime() - ALIKE_MINUTES * 60_000)
  const stored = await store.insertKudos(tenant, kudos, since)
  if (stored.kind === 'like') {
    return { kind: 'again?', kudosId: stored.id, request: giving.request, recipients: chosen.recipients }
  }
  return await delivered(tenant, platform, kudos, chosen.refused, giving.responseUrl)
}

/** Gives once more what the same giver gave a moment ago, after being asked. Null when that is not theirs, or withdrawn. */
export async function giveAgain(
  tenant: Tenant,
  platform: Platform,
  again: { kudosId: string; request: string; giver: string; responseUrl: string },
): Promise<Given | null> {
  const earlier = await store.findKudos(tenant, again.kudosId)
  if (!earlier || earlier.giver !== again.giver || earlier.withdrawn) return null
  const shows = earlier.saidIn !== null && (await canShowCards(tenant, earlier.saidIn))
  const kudos = compose(
    tenant,
    { ...again, reason: earlier.reason },
    earlier.recipients,
    shows ? earlier.saidIn : null,
    instant(platform.clock),
  )
  await store.insertKudos(tenant, kudos, null)
  return await delivered(tenant, platform, kudos, [], again.responseUrl)
}

function compose(
  { workspaceId }: Tenant,
  { request, giver, reason }: { request: string; giver: string; reason: string },
  recipients: string[],
  saidIn: string | null,
  givenAt: Date,
): store.NewKudos {
  const id = naturalId('kudos', workspaceId, request)
  const deliveries = [
    ...(saidIn ? [{ id: cardId(id, saidIn), kind: 'card' as const, target: saidIn }] : []),
    ...recipients.map((target) => ({ id: naturalId('kudos.note', id, target), kind: 'note' as const, target })),
  ]
  return { id, giver, recipients, reason, saidIn, likeness: likeness(recipients, reason), givenAt, deliveries }
}

const cardId = (kudosId: string, channel: string) => naturalId('kudos.card', kudosId, channel)

/** Equal for the same people and the same words, whatever their order and spacing. */
function likeness(recipients: string[], reason: string): string {
  const words = reason.toLowerCase().replace(/\s+/g, ' ').trim()
  return createHash('sha256')
    .update(JSON.stringify([[...recipients].sort(), words]))
    .digest('hex')
}

async function delivered(
  tenant: Tenant,
  platform: Platform,
  kudos: store.NewKudos,
  refused: Refused[],
  responseUrl: string,
): Promise<Given> {
  const data: DeliverJob = { workspaceId: tenant.workspaceId, kudosId: kudos.id, responseUrl }
  await platform.queue.enqueue(tenant, DELIVER, [{ id: kudos.id, data }])
  return {
    kind: 'given',
    kudosId: kudos.id,
    recipients: kudos.recipients,
    refused,
    card: kudos.saidIn,
    offer: kudos.saidIn ? null : await kudosChannel(tenant),
  }
}

/** The workspace's kudos channel, as long as a card may be shown there. */
export async function kudosChannel(tenant: Tenant): Promise<string | null> {
  const channel = await getSetting(tenant, 'kudos.channel')
  return channel && (await canShowCards(tenant, channel)) ? channel : null
}

export type WithdrawOutcome = 'withdrawn' | 'withdrawn before' | 'too late' | 'not yours'

/** Takes a kudos back: from now on it counts nowhere, and what was posted is removed. */
export async function withdraw(
  tenant: Tenant,
  platform: Platform,
  request: { kudosId: string; giver: string; withinMinutes: number | null },
): Promise<WithdrawOutcome> {
  const kudos = await store.findKudos(tenant, request.kudosId)
  if (kudos?.giver !== request.giver) return 'not yours'
  if (kudos.withdrawn) return 'withdrawn before'
  const now = instant(platform.clock)
  const age = now.getTime() - kudos.givenAt.getTime()
  if (request.withinMinutes !== null && age > request.withinMinutes * 60_000) return 'too late'
  if (!(await store.markWithdrawn(tenant, kudos.id, request.giver, now))) return 'withdrawn before'
  await retract(tenant, platform, kudos.id, 'withdrawn')
  return 'withdrawn'
}

/** Has what was posted of a withdrawn kudos removed. `occasion` keeps one occasion's job apart from another's. */
export async function retract(tenant: Tenant, platform: Platform, kudosId: string, occasion: string): Promise<void> {
  const data = { workspaceId: tenant.workspaceId, kudosId }
  await platform.queue.enqueue(tenant, RETRACT, [{ id: naturalId(RETRACT, kudosId, occasion), data }])
}

export type PostOutcome = { kind: 'posted'; channel: string } | { kind: 'withdrawn' | 'no channel' | 'not yours' }

/** Shows a kudos that was said in private in the kudos channel, because its giver says so. Twice is once. */
export async function postCard(
  tenant: Tenant,
  platform: Platform,
  request: { kudosId: string; giver: string; responseUrl: string },
): Promise<PostOutcome> {
  const kudos = await store.findKudos(tenant, request.kudosId)
  if (kudos?.giver !== request.giver) return { kind: 'not yours' }
  if (kudos.withdrawn) return { kind: 'withdrawn' }
  const channel = await kudosChannel(tenant)
  if (!channel) return { kind: 'no channel' }
  const id = cardId(kudos.id, channel)
  if (await insertCard(tenant, { id, kudosId: kudos.id, channel })) {
    const data: DeliverJob = { workspaceId: tenant.workspaceId, kudosId: kudos.id, responseUrl: request.responseUrl }
    await platform.queue.enqueue(tenant, DELIVER, [{ id, data }])
  }
  return { kind: 'posted', channel }
}
