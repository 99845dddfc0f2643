/** What somebody hears who clicked. */
import { actions, button, section, sentence } from '../platform/blocks.ts'
import type { Message } from '../platform/slack.ts'
import type { AnswerOutcome, DoneOutcome } from './acts.ts'

const NOT_THERE = 'This prompt is only a test, or is not known here any more. The next one comes as usual.'

export const notThere = (): Message => sentence(NOT_THERE)

export function done(outcome: DoneOutcome, postId: string): Message {
  if (outcome === 'no prompt') return notThere()
  const text =
    outcome === 'noted'
      ? 'Lovely. It counts, and nobody sees that it was you.'
      : 'It counts already, and nobody sees that it was you.'
  return { text, blocks: [section(text), actions(button('prompts.remove', 'Remove mine', postId))] }
}

export const removed = (was: boolean): Message =>
  sentence(
    was
      ? 'Removed. If your answer was in the thread or with somebody, it disappears there, too.'
      : 'There is nothing of yours here.',
  )

/** What stands under the fields of an answer that was not taken, by field; null where the form is done with. */
export function answerErrors({ kind }: AnswerOutcome): Record<string, string> | null {
  switch (kind) {
    case 'yourself':
      return { to: 'That is you. Choose somebody else, or leave it empty.' }
    case 'nobody':
      return { to: 'They can’t be reached here: it is an app, or somebody who is not here any more.' }
    case 'notes off':
      return { to: 'They get no messages from Small Acts. A message of your own reaches them.' }
    case 'no prompt':
      return { text: NOT_THERE }
    case 'answered':
    case 'answered before':
      return null
  }
}

export const kudosGone = (): Message => sentence('That answer is not there any more, so nothing was given.')

export const kudosGivenBefore = (): Message =>
  sentence('You gave this as a kudos already. `/kudos given` lists it, and can withdraw it.')
