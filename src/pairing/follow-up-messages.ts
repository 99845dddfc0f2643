/** How it went: asked after a week, by button. */
import type { KnownBlock } from '@slack/types'
import { actions, button, people, section } from '../platform/blocks.ts'
import type { Message } from '../platform/slack.ts'
import { scale } from './messages.ts'
import type { MeetingOutcome } from './pairing-store.ts'

export interface FollowUpView {
  pairingId: string
  others: string[]
  outcome: MeetingOutcome | null
  rating: number | null
  /** It is asked for the second time. */
  again: boolean
}

export function followUp(view: FollowUpView): Message {
  const line = `Your check-in with ${people(view.others)}: ${view.again ? 'did it happen in the meantime?' : 'did it happen?'}`
  return {
    text: line,
    blocks: [section(line), ...reply(view)],
  }
}

function reply(view: FollowUpView): KnownBlock[] {
  const { outcome, pairingId } = view
  switch (outcome) {
    case null:
      return [question(pairingId)]
    case 'met':
      return [
        section(
          view.rating === null
            ? '*You met.* How was it? One tap, if you like; only you see it.'
            : `*You met*, and it was a ${view.rating}. Only you see that.`,
        ),
        scale('pairing.rate', pairingId, view.rating),
      ]
    case 'planned':
      return [section('*It is planned.* Enjoy it. If you meet, say so here:'), question(pairingId)]
    case 'not yet':
      return view.again
        ? [section('*Not yet.* That is fine; nobody asks again. If you meet, say so here:'), question(pairingId)]
        : [
            section('*Not yet.* That is fine; you are asked once more in a week. If you meet before:'),
            question(pairingId),
          ]
    case 'no':
      return [section('*It won’t happen*, and that is fine. The next round asks you again.'), question(pairingId)]
  }
}

const question = (pairingId: string) =>
  actions(
    button('pairing.met', 'We met', pairingId),
    button('pairing.planned', 'It is planned', pairingId),
    button('pairing.not-yet', 'Not yet', pairingId),
    button('pairing.will-not', 'It won’t happen', pairingId),
  )
