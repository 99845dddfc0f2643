/** What somebody hears beside a message whose button did not do what it says. */
import { sentence } from '../platform/blocks.ts'
import type { Message } from '../platform/slack.ts'
import type { AnswerOutcome, MenuOutcome } from './answering.ts'

const REFUSED: Record<Exclude<AnswerOutcome, 'done'>, string> = {
  unknown: 'This check-in is not there any more. The next round asks you again.',
  said: 'You said so already, and it is kept. There is nothing more to do.',
  'not yours': 'This check-in is between other people, so there is nothing for you to answer.',
  'not taking part':
    'You are not taking part right now. `/smallacts resume` ends a pause, `/smallacts join` brings you back; then this button works.',
  agreed:
    'All of you have said yes, and the message that introduces you is on its way. If it does not suit you any more, say so there.',
  introduced:
    'You are introduced already. If it does not suit you any more, a word in the message you have together is enough.',
  over: 'The time for this one is over. The next round asks you again.',
}

/** null when the message itself says what was done. */
export const answered = (outcome: AnswerOutcome): Message | null =>
  outcome === 'done' ? null : sentence(REFUSED[outcome])

const CHOSEN: Record<MenuOutcome, string> = {
  paused: 'Check-ins are paused until you say so: `/smallacts resume`. Nobody is told.',
  left: 'You have left check-ins. Nothing more comes; `/smallacts join` brings you back. Nobody is told.',
  avoided: 'You are not brought together again. Only you see this; the Home tab changes it.',
  'too many avoided': 'Your list of people to avoid is full. Take somebody out of it on the Home tab first.',
  unknown: REFUSED.unknown,
}

export const chosen = (outcome: MenuOutcome): Message => sentence(CHOSEN[outcome])

export const cameBack = (outcome: 'back' | 'not joined'): Message =>
  sentence(
    outcome === 'back'
      ? 'You are in again, from the next round on.'
      : 'You have left check-ins in the meantime. `/smallacts join` brings you back.',
  )
