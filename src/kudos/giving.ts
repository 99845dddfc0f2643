/** Giving: who receives it, whether it was given a moment ago, and what is to be posted. */
import { inWorkspace, type Tenant } from '../platform/database.ts'
import { gather } from '../platform/gather.ts'
import { naturalId } from '../platform/natural-key.ts'
import { instant, type Platform } from '../platform/platform.ts'
import type { NewJob } from '../platform/queue.ts'
import { getSetting } from '../workspace/settings-store.ts'
import { canShowCards } from '../workspace/store.ts'
import { MAX_RECIPIENTS } from './command.ts'
import { insertKudos, type NewKudos, readGivingContext } from './giving-store.ts'
import { composeKudos, firstOfEach, twinOf, type Wish } from './new-kudos.ts'
import { type Chosen, chooseRecipients, type Refused } from './recipients.ts'
import { findKudos } from './store.ts'
import { readValue } from './value.ts'

export const DELIVER = 'kudos.deliver'
export const LOOK_UP = 'kudos.look-up'

export interface Giving extends Wish {
  /** The app's own user. */
  app: string
  people: string[]
  groups: string[]
  /** The conversation it was said in; '' for none. */
  channel: string
  /** Where to tell the giver about what happens later, good for 30 minutes; null for a message of our own. */
  responseUrl: string | null
  /** Slack was asked about the people not known. */
  lookedUp: boolean
  /** Nobody receives it unless everybody named can. */
  wholly: boolean
}

export interface DeliverJob {
  workspaceId: string
  kudosId: string
  /** What this job posts, by the ledger's ids. Another job of the same kudos posts something else. */
  deliveries: string[]
  /** As in Giving. */
  responseUrl: string | null
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
  isPrivate: boolean
  /** Those who want kudos shown to them only, and are on no card. */
  onlyMe: string[]
  /** Where the card is shown, or null. */
  card: string | null
  /** Where the giver may have it shown instead, or null. */
  offer: string | null
}

export type GiveOutcome =
  | Given
  | { kind: 'refused'; refused: Refused[] }
  | { kind: 'again?'; kudosId: string; request: string; channel: string; recipients: string[] }
  | { kind: 'over the limit'; limit: number }
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
  const { onlyMe, dailyLimit, kudosChannel: offer } = context

  const chosen = givings.map((giving): Chosen | { kind: 'refused'; refused: Refused[] } => {
    const fromGroups = giving.groups.flatMap((group) => context.groups.get(group) ?? [])
    const choice = chooseRecipients({ ...giving, fromGroups, kinds: context.kinds })
    if (choice.kind !== 'chosen') return choice
    const nobody = choice.recipients.length === 0 || (giving.wholly && choice.refused.length > 0)
    return nobody ? { kind: 'refused', refused: choice.refused } : choice
  })
  const news = givings.map((giving, index) => {
    const choice = chosen[index]
    if (choice?.kind !== 'chosen') return null
    const { reason, value } = readValue(giving.reason, context.values)
    const chosenValue = giving.value && context.values.includes(giving.value) ? giving.value : value
    return composeKudos(
      { ...giving, reason, value: chosenValue },
      {
        workspaceId,
        recipients: choice.recipients,
        onlyMe,
        openChannel: context.cardChannels.has(giving.channel) ? giving.channel : null,
        zone: context.zones.get(giving.giver) ?? null,
        dailyLimit,
        now,
      },
    )
  })
  const { alike, overLimit } = await insertKudos(tenant, firstOfEach(news))

  const lookUps: NewJob[] = []
  const deliveries = new Map<string, NewJob>()
  const outcomes = givings.map((giving, index): GiveOutcome => {
    const choice = chosen[index] as (typeof chosen)[number]
    const kudos = news[index]
    if (choice.kind === 'unknown') {
      const data: LookUpJob = { workspaceId, giving, ids: choice.ids }
      lookUps.push({ id: naturalId(LOOK_UP, workspaceId, giving.request), data })
    }
    if (choice.kind !== 'chosen' || !kudos) return choice as Exclude<typeof choice, { kind: 'chosen' }>
    // A twin among these may itself have been refused, for one given before or for the day's limit.
    const twin = twinOf(kudos, news.slice(0, index))
    const asked = twin ?? kudos.id
    if (overLimit.has(asked)) return { kind: 'over the limit', limit: dailyLimit ?? 0 }
    const earlier = alike.get(asked) ?? twin
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
  again: Pick<Giving, 'request' | 'channel' | 'giver' | 'app' | 'responseUrl'> & { kudosId: string },
): Promise<GiveOutcome | null> {
  const { kudosId, ...asked } = again
  const earlier = await findKudos(tenant, kudosId)
  if (!earlier || earlier.giver !== asked.giver || earlier.withdrawn) return null
  const { reason, isPrivate, value, passedOnFrom, threadTs, about, recipients: people } = earlier
  const same = { reason, isPrivate, value, passedOnFrom, threadTs, about, people, groups: [] }
  const [outcome] = await giveAll(tenant, platform, [{ ...same, ...asked, lookedUp: true, wholly: false, again: true }])
  return outcome ?? null
}

const deliverJob = (workspaceId: string, kudos: NewKudos, responseUrl: string | null): NewJob => {
  const data: DeliverJob = {
    workspaceId,
    kudosId: kudos.id,
    deliveries: kudos.deliveries.map(({ id }) => id),
    responseUrl,
  }
  return { id: kudos.id, data }
}

function given(kudos: NewKudos, refused: Refused[], kudosChannel: string | null): Given {
  const { id, recipients, isPrivate, keptPrivate: onlyMe, saidIn } = kudos
  const card = kudos.deliveries.some(({ kind }) => kind === 'card') ? saidIn : null
  const offer = saidIn || isPrivate || onlyMe.length === recipients.length ? null : kudosChannel
  return { kind: 'given', kudosId: id, recipients, refused, isPrivate, onlyMe, card, offer }
}

/** The workspace's kudos channel, as long as a card may be shown there. */
export async function kudosChannel(tenant: Tenant): Promise<string | null> {
  const channel = await getSetting(tenant, 'kudos.channel')
  return channel && (await canShowCards(tenant, channel)) ? channel : null
}
