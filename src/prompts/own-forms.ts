/** The workspace's own prompts as admins see them: the list, the form, and the look before it is kept. */
import type { KnownBlock } from '@slack/types'
import { z } from 'zod'
import { actions, button, context, input, option, overflow, section } from '../platform/blocks.ts'
import { type FormErrors, type FormState, field } from '../platform/form.ts'
import { clean, hasWords, headline, lengthOf, readMarkup, typedMarkup } from '../platform/markup.ts'
import type { Modal } from '../platform/slack.ts'
import { postMessage } from './messages.ts'
import type { OwnPrompt } from './planning.ts'
import { TEST_POST } from './post-store.ts'
import { KINDS, type Kind } from './rotation.ts'

export const OWN_FORM = 'prompts.own-form'
export const OWN_PREVIEW = 'prompts.own-preview'
export const MAX_PROMPT = 500
/** So many can be waiting at the same time. */
export const MOST_OWN = 200
const PAGE = 20

const KIND_OPTIONS = [
  option('A thank-you: about somebody else, with a reason', 'appreciation'),
  option('A small act: ask, wave, introduce, share', 'connection'),
]

export function ownList(own: OwnPrompt[], offset: number): Modal {
  const shown = own.slice(offset, offset + PAGE)
  return {
    callbackId: 'prompts.own-list',
    title: 'Prompts of your own',
    close: 'Close',
    blocks: [
      section(
        own.length === 0
          ? 'None yet. The best ones can be answered in two minutes by a shy person, and leave nobody out.'
          : 'They come before the library’s or among them, as each channel is set.',
      ),
      ...shown.flatMap((prompt): KnownBlock[] => [
        headline(readMarkup(prompt.text)),
        {
          ...section(prompt.kind === 'appreciation' ? 'A thank-you' : 'A small act'),
          accessory: overflow('prompts.own-one', [
            { text: 'Change…', value: `change ${prompt.id}` },
            { text: 'Retire', value: `retire ${prompt.id}` },
          ]),
        },
      ]),
      actions(
        ...(own.length < MOST_OWN ? [button('prompts.add-own', 'Add one…', 'form')] : []),
        ...(offset > 0 ? [button('prompts.own-previous', 'Previous', String(Math.max(0, offset - PAGE)))] : []),
        ...(offset + PAGE < own.length ? [button('prompts.own-next', 'More', String(offset + PAGE))] : []),
        button('settings.prompts', 'Back to the channels', 'list'),
      ),
    ],
  }
}

/** `typed` is what stands in the field; null for a new prompt. */
export function ownForm(prompt: OwnPrompt | null): Modal {
  const kind = KIND_OPTIONS.find(({ value }) => value === prompt?.kind)
  return {
    callbackId: OWN_FORM,
    title: prompt ? 'Change a prompt' : 'A prompt of your own',
    submit: 'See how it looks',
    close: 'Cancel',
    metadata: prompt?.id ?? '',
    blocks: [
      input('The prompt', 'text', {
        type: 'plain_text_input',
        multiline: true,
        max_length: MAX_PROMPT,
        focus_on_load: true,
        ...(prompt ? { initial_value: asTyped(prompt.text) } : {}),
      }),
      input('What it asks for', 'kind', {
        type: 'radio_buttons',
        options: KIND_OPTIONS,
        ...(kind ? { initial_option: kind } : {}),
      }),
      context('Nothing about family, health, faith, looks or drinking, please: it is read by everybody.'),
    ],
  }
}

/** Markup that came from a plain text field, as it was typed. */
const asTyped = (markup: string): string =>
  markup
    .replace(/<(https?:[^<>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

const filledOwn = z.object({ id: z.string(), kind: z.enum(KINDS), text: z.string() })
/** `id` is '' for a new one. */
export type FilledOwn = z.infer<typeof filledOwn>

/** Reads the form as it comes back; what is wrong with it comes by field. */
export function readOwnForm(state: FormState, id: string): FilledOwn | { errors: FormErrors } {
  const text = typedMarkup(clean(field(state, 'text').value ?? ''))
  const kind = KINDS.find((known) => known === field(state, 'kind').selected_option?.value)
  const errors = {
    ...(hasWords(text) ? {} : { text: 'Write the prompt.' }),
    ...(lengthOf(text) > MAX_PROMPT ? { text: `Please shorten it to ${MAX_PROMPT} characters.` } : {}),
    ...(kind ? {} : { kind: 'Choose one of the two.' }),
  }
  return kind && Object.keys(errors).length === 0 ? { id, kind, text } : { errors }
}

export function ownPreview(filled: FilledOwn): Modal {
  const words = { promptId: filled.id, kind: filled.kind as Kind, text: filled.text, language: '', joinButton: false }
  const { blocks } = postMessage({ id: TEST_POST, shownCount: 0, words })
  return {
    callbackId: OWN_PREVIEW,
    title: 'How it looks',
    submit: 'Keep it',
    close: 'Back',
    metadata: JSON.stringify(filled),
    blocks: blocks.filter(({ type }) => type !== 'actions'),
  }
}

/** Throws for what is not ours: Slack hands back what we gave it. */
export const readOwnPreview = (metadata: string): FilledOwn => filledOwn.parse(JSON.parse(metadata))
