/** What admins hear who decided about the weekly prompt. */
import { sentence } from '../platform/blocks.ts'
import type { FormErrors } from '../platform/form.ts'
import type { Message, Modal } from '../platform/slack.ts'
import { NOT_THERE } from '../workspace/channel-field.ts'
import { answerModal, onlyAdmins } from '../workspace/messages.ts'
import { MOST_CHANNELS, type SaveOutcome } from './admin-acts.ts'
import { MOST_OWN } from './own-forms.ts'

const WHY_NOT: Record<Exclude<SaveOutcome, 'saved'>, string> = {
  'not there': NOT_THERE,
  'too many': `At most ${MOST_CHANNELS} channels have a weekly prompt. End it in another one first.`,
}

/** Under the field of the channel, or in the form's place where there is no such field. */
export const notSaved = (outcome: Exclude<SaveOutcome, 'saved'>, hasField: boolean): { errors: FormErrors } | Modal =>
  hasField ? { errors: { channel: WHY_NOT[outcome] } } : answerModal(sentence(WHY_NOT[outcome]))

export function notKept(outcome: 'retired' | 'too many' | 'no admin'): Message {
  switch (outcome) {
    case 'retired':
      return sentence('Another admin has retired this prompt meanwhile. You can add it as a new one.')
    case 'too many':
      return sentence(`A workspace keeps at most ${MOST_OWN} prompts of its own. Retire one first.`)
    case 'no admin':
      return onlyAdmins()
  }
}
