/** The form of answering, and what somebody sees who has answered already. */
import type { KnownBlock } from '@slack/types'
import { actions, button, context, input, people, plain, section } from '../platform/blocks.ts'
import { type FormErrors, type FormState, field } from '../platform/form.ts'
import { clean, gist, hasWords, headline, lengthOf, quote, readMarkup, typedMarkup } from '../platform/markup.ts'
import type { Message, Modal } from '../platform/slack.ts'
import { mention } from '../platform/stand-in.ts'
import type { Answer } from './answer-store.ts'
import type { Post, PostWords } from './post-store.ts'

export const ANSWER_FORM = 'prompts.answer-form'
export const MAX_ANSWER = 1_000
const MAX_ABOUT = 10

export function answerForm({ id, words }: Post & { words: PostWords }): Modal {
  return {
    callbackId: ANSWER_FORM,
    title: 'This week’s prompt',
    submit: 'Answer',
    close: 'Not now',
    metadata: id,
    blocks: [
      headline(readMarkup(words.text)),
      input('Your answer', 'text', {
        type: 'plain_text_input',
        multiline: true,
        max_length: MAX_ANSWER,
        focus_on_load: true,
        placeholder: plain('A sentence is plenty'),
      }),
      ...(words.kind === 'appreciation'
        ? [
            input(
              'Whom is it about?',
              'about',
              { type: 'multi_users_select', max_selected_items: MAX_ABOUT, placeholder: plain('Choose coworkers') },
              { optional: true, hint: 'Nobody hears of it by this. Afterwards you can give it as a kudos.' },
            ),
          ]
        : []),
      input(
        'For one person alone?',
        'to',
        { type: 'users_select', placeholder: plain('Choose a coworker') },
        { optional: true, hint: 'Then only they see it. Left empty, it stands in the thread, under your name.' },
      ),
    ],
  }
}

export interface FilledAnswer {
  text: string
  about: string[]
  toMember: string | null
}

/** Reads the form as it comes back; what is wrong with it comes by field. */
export function readAnswerForm(state: FormState): FilledAnswer | { errors: FormErrors } {
  const text = typedMarkup(clean(field(state, 'text').value ?? ''))
  if (!hasWords(text)) return { errors: { text: 'Say a word or two. “Done it” on the prompt needs none.' } }
  if (lengthOf(text) > MAX_ANSWER) {
    return { errors: { text: `Please shorten it to ${MAX_ANSWER.toLocaleString('en')} characters.` } }
  }
  return {
    text,
    about: (field(state, 'about').selected_users ?? []).slice(0, MAX_ABOUT),
    toMember: field(state, 'to').selected_user ?? null,
  }
}

/** What somebody sees of their own answer: right after it, and whenever they come back to it. */
export function standingAnswer(answer: Answer, { channel, words }: Post, thanks: string[]): Message {
  const where = answer.toMember
    ? `Your answer is for ${mention(answer.toMember)} alone.`
    : `Your answer stands in the thread in <#${channel}>, under your name.`
  const offer: KnownBlock[] =
    thanks.length > 0 ? [section(`It could also be a kudos to ${people(thanks)}: they hear that you thank them.`)] : []
  return {
    text: where,
    blocks: [
      section(where),
      quote(readMarkup(answer.text)),
      ...offer,
      actions(
        ...(thanks.length > 0 ? [button('prompts.kudos', 'Give it as a kudos', answer.id)] : []),
        button('prompts.remove', 'Remove mine', answer.postId),
      ),
      ...(words ? [context(`The prompt: ${gist(words.text)}`)] : []),
    ],
  }
}
