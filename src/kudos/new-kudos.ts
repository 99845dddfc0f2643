/** What a giving becomes: the kudos as it is stored, and later what is to be posted of it. */
import { hash } from 'node:crypto'
import { startOfDay } from '../platform/calendar.ts'
import { naturalId } from '../platform/natural-key.ts'
import type { MessagePlace } from '../platform/slack.ts'
import type { NewDelivery } from './delivery-store.ts'
import type { NewKudos } from './giving-store.ts'
import type { Kudos } from './store.ts'
import { shownRecipients } from './visibility.ts'

const ALIKE_MINUTES = 2

export interface DeliverJob {
  workspaceId: string
  kudosId: string
  /** What this job posts, by the ledger's ids. Another job of the same kudos posts something else. */
  deliveries: string[]
  /** As in Wish. */
  responseUrl: string | null
}

export interface Wish {
  /** What makes this request itself. The same request twice gives once. */
  request: string
  giver: string
  /** Slack markup. */
  reason: string
  isPrivate: boolean
  value: string | null
  passedOnFrom: string | null
  threadTs: string | null
  about: MessagePlace | null
  /** Where to tell the giver about what happens later, good for 30 minutes; null for a message of our own. */
  responseUrl: string | null
  /** Asked already whether to give the same once more. */
  again: boolean
  /** The request it came with, for the log of its job (platform/request-id.ts): those given together are of several. */
  requestId?: string
}

export interface Circumstances {
  workspaceId: string
  recipients: string[]
  /** Those of the recipients who want kudos shown to them only. */
  onlyMe: Set<string>
  /** The channel it is said in, when everybody may know; else null. */
  openChannel: string | null
  /** The giver's. */
  zone: string | null
  dailyLimit: number | null
  now: Date
}

export function composeKudos(wish: Wish, around: Circumstances): NewKudos {
  const { request, giver, reason, isPrivate, value, passedOnFrom, threadTs, about } = wish
  const { workspaceId, recipients, now } = around
  const id = naturalId('kudos', workspaceId, request)
  const saidIn = isPrivate ? null : around.openChannel
  const keptPrivate = recipients.filter((recipient) => around.onlyMe.has(recipient))
  return {
    id,
    giver,
    recipients,
    keptPrivate,
    reason,
    isPrivate,
    value,
    passedOnFrom,
    saidIn,
    threadTs: saidIn ? threadTs : null,
    // What was written where not everybody may read leaves no address behind.
    about: saidIn && about?.channel === saidIn ? about : null,
    likeness: likeness(recipients, reason, isPrivate),
    givenAt: now,
    unlessLikeSince: wish.again ? null : new Date(now.getTime() - ALIKE_MINUTES * 60_000),
    dailyLimit: around.dailyLimit,
    dayStart: startOfDay(now, around.zone),
    toPost: { responseUrl: wish.responseUrl, ...(wish.requestId ? { requestId: wish.requestId } : {}) },
  }
}

type Placed = Pick<Kudos, 'isPrivate' | 'recipients' | 'keptPrivate' | 'saidIn'>

/** The channel in which a card shows it, when it is said where everybody may know and somebody may be named; else null. */
export const cardChannel = (kudos: Placed): string | null => (shownRecipients(kudos).length > 0 ? kudos.saidIn : null)

/** What is to be posted of a kudos: its card, and a note to each recipient. */
export function deliveriesOf(kudos: Placed & { id: string }): NewDelivery[] {
  const { id: kudosId, recipients } = kudos
  const channel = cardChannel(kudos)
  const card: NewDelivery[] = channel ? [{ kudosId, id: cardId(kudosId, channel), kind: 'card', target: channel }] : []
  const notes = recipients.map(
    (target): NewDelivery => ({ kudosId, id: naturalId('kudos.note', kudosId, target), kind: 'note', target }),
  )
  return [...card, ...notes]
}

/** The ledger's id of a kudos's card in a channel: at most one. */
export const cardId = (kudosId: string, channel: string) => naturalId('kudos.card', kudosId, channel)

/** Equal for the same people and the same words, whatever their order and spacing. */
function likeness(recipients: string[], reason: string, isPrivate: boolean): string {
  const words = reason.toLowerCase().replace(/\s+/g, ' ').trim()
  return hash('sha256', JSON.stringify([[...recipients].sort(), words, ...(isPrivate ? ['private'] : [])]), 'base64')
}
