/** What a message says as things stand right now. */
import type { Tenant } from '../platform/database.ts'
import type { Message } from '../platform/slack.ts'
import { type FollowUpView, followUp } from './follow-up-messages.ts'
import { readTurns } from './history-store.ts'
import { introduction } from './introduction-messages.ts'
import { sightOf, willing } from './lifecycle.ts'
import type { CheckInMessage } from './message-store.ts'
import * as messages from './messages.ts'
import { workerOf } from './opening.ts'
import type { StoredPairing, StoredParty } from './pairing-store.ts'
import { questionFor } from './questions.ts'
import { findSeen, type SeenPairing } from './seen-store.ts'
import { suggestTimes } from './suggested-times.ts'

/** Null when there is nothing to say any more. Of an introduction: composeIntroduction. */
export async function compose(tenant: Tenant, message: CheckInMessage, now: Date): Promise<Message | null> {
  const { kind, pairingId, target } = message
  switch (kind) {
    case 'alone':
      return messages.alone()
    case 'ghost':
      return messages.ghost()
    case 'too few':
      return messages.tooFew()
    case 'missed':
      return messages.missed()
    case 'introduction':
      return null
  }
  const pairing = pairingId && target ? await findSeen(tenant, pairingId, target, now) : null
  if (!pairing) return null
  const { own } = pairing
  switch (kind) {
    case 'proposal':
      return messages.proposal(viewProposal(pairing))
    case 'reminder':
      return pairing.state === 'proposed' && own.answer === 'open' && pairing.answerBy > now
        ? messages.reminder(othersOf(pairing, own), pairing.answerBy)
        : null
    case 'follow-up':
    case 'second follow-up':
      return followUp(viewFollowUp(pairing, own, kind === 'second follow-up'))
  }
}

const othersOf = ({ parties }: Pick<StoredPairing, 'parties'>, own: StoredParty) =>
  parties.filter(({ id }) => id !== own.id).map(({ id }) => id)

/** Nothing in it depends on what anybody else answered, nor on who keeps apart from whom. */
export function viewProposal(pairing: SeenPairing): messages.ProposalView {
  const { own, round, metAt, earlier } = pairing
  const sight = sightOf(pairing, own.answer)
  const isIn = ({ id, answer }: StoredParty) => id !== own.id && (sight !== 'introduced' || answer === 'yes')
  return {
    pairingId: pairing.id,
    sight,
    others: pairing.parties
      .filter(isIn)
      .map(({ id, person }) => ({ id, team: person?.team?.name ?? null, metAt: metAt.get(id) ?? null })),
    team: own.person?.team?.name ?? null,
    question: questionFor(pairing.id),
    answerBy: pairing.answerBy,
    earlier,
    expectation: own.expectation,
    anyone: own.anyone,
    lookingUntil: round.state === 'open' && !own.later && own.fate === null ? round.closesAt : null,
    gap: round.gap,
  }
}

export const viewFollowUp = (pairing: StoredPairing, own: StoredParty, again: boolean): FollowUpView => ({
  pairingId: pairing.id,
  others: othersOf({ parties: pairing.parties.filter(({ answer }) => answer === 'yes') }, own),
  outcome: own.outcome,
  rating: own.rating,
  again,
})

export interface Introduction {
  people: string[]
  first: string
  message: Message
}

/** The message to those who said yes and still mean it. */
export async function composeIntroduction(tenant: Tenant, pairing: StoredPairing, now: Date): Promise<Introduction> {
  const parties = willing(pairing) as StoredParty[]
  const people = parties.map(({ id }) => id)
  const turns = await readTurns(tenant, people)
  const first = whoGoesFirst(people.map((id) => ({ id, ...(turns.get(id) ?? { introduced: 0, first: 0 }) })))
  const persons = parties.flatMap(({ person }) => person ?? [])
  const message = introduction({
    people: persons.map(({ id, tz }) => ({ id, zone: tz })),
    question: questionFor(pairing.id),
    first,
    times: suggestTimes(persons.map(workerOf), now),
  })
  return { people, first, message }
}

/** In somebody's first check-in another one goes first; then whoever did so the least of their times. */
export function whoGoesFirst(people: { id: string; introduced: number; first: number }[]): string {
  const known = people.filter(({ introduced }) => introduced > 0)
  const [chosen] = (known.length > 0 ? known : people).toSorted((a, b) => share(a) - share(b) || (a.id < b.id ? -1 : 1))
  return chosen?.id ?? ''
}

const share = ({ introduced, first }: { introduced: number; first: number }) => first / Math.max(1, introduced)
