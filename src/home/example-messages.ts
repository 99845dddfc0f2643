/** What admins can have sent to themselves, to see what people get. */
import { proposal } from '../pairing/messages.ts'
import { context } from '../platform/blocks.ts'
import type { Message } from '../platform/slack.ts'

const TWO_DAYS_MS = 48 * 3_600_000
/** The id of no pairing: a click on the example's buttons hears that there is nothing behind them. */
const NO_PAIRING = '00000000-0000-0000-0000-000000000000'

/** A proposal of a check-in; `other` stands for the coworker. */
export function exampleProposal(other: string, now: Date): Message {
  const { text, blocks } = proposal({
    pairingId: NO_PAIRING,
    sight: 'asked',
    others: [{ id: other, team: 'another team', metAt: null }],
    team: 'your team',
    question: 'What is something small that made your week better?',
    answerBy: new Date(now.getTime() + TWO_DAYS_MS),
    earlier: [],
    expectation: null,
    anyone: false,
    lookingUntil: null,
    gap: null,
  })
  return {
    text: `This is a test, and only you get it. ${text}`,
    blocks: [context('This is a test, and only you get it: nobody is behind its buttons.'), ...blocks],
  }
}
