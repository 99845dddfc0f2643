/** What a giving comes to: who receives it, as things stand, and what its giver hears once that is stored. */
import type { GivingContext, NewKudos, Stored } from './giving-store.ts'
import { cardChannel, composeKudos, type Wish } from './new-kudos.ts'
import { type Chosen, chooseRecipients, type Refused } from './recipients.ts'
import { readValue } from './value.ts'

export interface Giving extends Wish {
  /** The app's own user. */
  app: string
  people: string[]
  groups: string[]
  /** The conversation it was said in; '' for none. */
  channel: string
  /** Slack was asked about the people not known. */
  lookedUp: boolean
  /** Nobody receives it unless everybody named can. */
  wholly: boolean
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

export interface Decision {
  giving: Giving
  choice: Chosen | { kind: 'refused'; refused: Refused[] }
  /** To be stored; null when nobody receives it. */
  kudos: NewKudos | null
}

/** Who receives it, and what is to be stored of it. */
export function decide(workspaceId: string, giving: Giving, context: GivingContext, now: Date): Decision {
  if (context.kinds.get(giving.giver) === 'stranger') {
    return { giving, choice: { kind: 'refused', refused: [{ id: giving.giver, because: 'outside' }] }, kudos: null }
  }
  const fromGroups = giving.groups.flatMap((group) => context.groups.get(group) ?? [])
  const choice = chooseRecipients({ ...giving, fromGroups, kinds: context.kinds })
  if (choice.kind !== 'chosen') return { giving, choice, kudos: null }
  const { recipients, refused } = choice
  if (recipients.length === 0 || (giving.wholly && refused.length > 0)) {
    return { giving, choice: { kind: 'refused', refused }, kudos: null }
  }
  const { reason, value } = readValue(giving.reason, context.values)
  const chosenValue = giving.value && context.values.includes(giving.value) ? giving.value : value
  const kudos = composeKudos(
    { ...giving, reason, value: chosenValue },
    {
      workspaceId,
      recipients,
      onlyMe: context.onlyMe,
      openChannel: context.cardChannels.has(giving.channel) ? giving.channel : null,
      zone: context.zones.get(giving.giver) ?? null,
      dailyLimit: context.dailyLimit,
      now,
    },
  )
  return { giving, choice, kudos }
}

/** What the giver of each hears, in the same order, once they were stored together. */
export function conclude(decisions: Decision[], context: GivingContext, { alike, overLimit }: Stored): GiveOutcome[] {
  return decisions.map(({ giving, choice, kudos }): GiveOutcome => {
    if (choice.kind !== 'chosen' || !kudos) return choice as Exclude<typeof choice, { kind: 'chosen' }>
    if (overLimit.has(kudos.id)) return { kind: 'over the limit', limit: context.dailyLimit ?? 0 }
    const earlier = alike.get(kudos.id)
    if (earlier) {
      const { request, channel } = giving
      return { kind: 'again?', kudosId: earlier, request, channel, recipients: kudos.recipients }
    }
    return given(kudos, choice.refused, context.kudosChannel)
  })
}

function given(kudos: NewKudos, refused: Refused[], kudosChannel: string | null): Given {
  const { id, recipients, isPrivate, keptPrivate: onlyMe, saidIn } = kudos
  const card = cardChannel(kudos)
  const offer = saidIn || isPrivate || onlyMe.length === recipients.length ? null : kudosChannel
  return { kind: 'given', kudosId: id, recipients, refused, isPrivate, onlyMe, card, offer }
}
