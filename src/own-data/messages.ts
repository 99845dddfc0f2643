/** What somebody reads who asked for what is kept about them, or to be forgotten. */
import type { KnownBlock, RichTextBlock } from '@slack/types'
import { context, input, section, sentence, tickBox } from '../platform/blocks.ts'
import { type FormState, isTicked } from '../platform/form.ts'
import type { Message, Modal } from '../platform/slack.ts'

export const FORGET_FORM = 'own-data.forget-form'

export const exportComing = (): Message =>
  sentence(
    'Everything Small Acts keeps about you comes in a direct message from it, as JSON. With much of it, it comes in several.',
  )

/** One of the messages of an export; parts are counted from 0. Put one after the other, their texts are one JSON document. */
export function exportPart(text: string, part: number, parts: number, begunAgain: boolean): Message {
  const which = parts === 1 ? '' : `, part ${part + 1} of ${parts}`
  const title = `What Small Acts keeps about you${which}`
  const how =
    parts === 1 ? [] : [context('One after the other, without anything in between, the parts are one JSON document.')]
  const again = begunAgain
    ? [section('Something changed meanwhile, so this begins again: please leave out what came before.')]
    : []
  return {
    text: title,
    blocks: [
      ...again,
      section(`*${title}*`),
      ...slices(text, MOST_IN_A_BLOCK).map(code),
      ...(part === 0 ? how : []),
      ...(part === parts - 1 ? [context('`/smallacts forget me` erases it.')] : []),
    ],
  }
}

/** What Slack takes in one block of text, and what we put into one message: it may have up to 50 blocks and some 12,000 characters. */
const MOST_IN_A_BLOCK = 2_900
const BLOCKS_IN_A_MESSAGE = 4

/** The texts of the messages that an export takes. */
export const partsOf = (json: string): string[] => slices(json, MOST_IN_A_BLOCK * BLOCKS_IN_A_MESSAGE)

/** Never in the middle of a character of two halves. */
function slices(text: string, length: number): string[] {
  const found: string[] = []
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + length)
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? '')) end -= 1
    found.push(text.slice(at, end))
    at = end
  }
  return found
}

/** Text elements of a code block are shown as they are: what somebody wrote notifies nobody. */
const code = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
})

const GOES: KnownBlock = section(
  [
    '*What goes:*',
    '• your answers to prompts, what you did, and what was answered for you alone',
    '• your check-ins: what you said of them, your ratings, working hours, pauses, and that you took part',
    '• who avoids whom, both ways; your team; your choices',
    '• the words of kudos that were for you alone; the notes, check-ins and exports Small Acts sent you',
  ].join('\n'),
)
const STAYS: KnownBlock = section(
  [
    '*What stays, with "somebody" in your place:*',
    '• the kudos you wrote, for the people they were for, unless you tick the box below',
    '• that others were thanked together with you, or had a check-in',
    '• digests that were told: they name nobody',
  ].join('\n'),
)

export const forgetForm = (): Modal => ({
  callbackId: FORGET_FORM,
  title: 'Forget me',
  submit: 'Forget me',
  close: 'Cancel',
  blocks: [
    GOES,
    STAYS,
    input('Kudos you wrote', 'written', tickBox('Also erase the kudos I wrote'), { optional: true }),
    context(
      'It can’t be undone. `/smallacts export` gives you all of it first. Nobody is told. You can go on using Small Acts as somebody new; leave out what you do not want it to know again.',
    ),
  ],
})

export const readForgetForm = (state: FormState): { written: boolean } => ({ written: isTicked(state, 'written') })

export const erasureComing = (): Message =>
  sentence('You are being forgotten. It takes a minute or two, and a last direct message says when it is done.')

export const erased = (): Message =>
  sentence(
    'It is done: Small Acts has forgotten you. That you are a member of this workspace it will read from Slack again, like of everybody. What still stands in this conversation, such as this message, is kept by Slack alone.',
  )
