import type { KnownBlock } from '@slack/types'
import { context, input, option, section, tickBox } from '../platform/blocks.ts'
import { quote, readMarkup } from '../platform/markup.ts'
import type { Modal } from '../platform/slack.ts'
import { mention, mentionFirst } from '../platform/stand-in.ts'
import { overTheLimit, tooMany } from './answers.ts'
import { MAX_REASON, MAX_RECIPIENTS } from './command.ts'
import type { GiveOutcome } from './decision.ts'
import { type FormContext, writeContext } from './form.ts'
import type { Kudos } from './store.ts'

export const GIVE_FORM = 'kudos.give-form'
export const REPORT_FORM = 'kudos.report-form'
export const REMOVE_FORM = 'kudos.remove-form'

/** Around a form of giving: what is filled in already, and what is said about who will see it. */
export interface GiveFormOptions {
  context: FormContext
  /** Filled in already, or null. */
  person: string | null
  values: string[]
  /** Where the card will be shown, or null. */
  card: string | null
  /** The kudos that is passed on. */
  passedOn: Kudos | null
}

export function giveForm({ context: about, person, values, card, passedOn }: GiveFormOptions): Modal {
  return {
    callbackId: GIVE_FORM,
    title: passedOn ? 'Pass it on' : 'Give kudos',
    submit: 'Give',
    close: 'Cancel',
    metadata: writeContext(about),
    blocks: [
      ...(passedOn ? passingOn(passedOn) : []),
      input('Who do you want to thank?', 'people', {
        type: 'multi_users_select',
        placeholder: { type: 'plain_text', text: 'Choose coworkers' },
        max_selected_items: MAX_RECIPIENTS,
        ...(person ? { initial_users: [person] } : {}),
        ...(person ? {} : { focus_on_load: true }),
      }),
      input('What for?', 'reason', {
        type: 'plain_text_input',
        multiline: true,
        max_length: MAX_REASON,
        placeholder: { type: 'plain_text', text: 'What they did, and what it meant to you' },
        ...(person ? { focus_on_load: true } : {}),
      }),
      ...(values.length > 0
        ? [
            input(
              'A value it shows',
              'value',
              { type: 'static_select', options: values.map((value) => option(`#${value}`, value)) },
              { optional: true },
            ),
          ]
        : []),
      input('Who sees it', 'private', tickBox('Only they see it'), { optional: true }),
      context(whoSees(card)),
    ],
  }
}

const whoSees = (card: string | null) =>
  card
    ? `A card appears in <#${card}>, and they hear of it. With the box ticked, they hear of it and nobody else.`
    : 'Only they hear of it. With the box ticked, that is how it stays: it is never shown anywhere.'

const passingOn = (kudos: Kudos): KnownBlock[] => [
  section(`${mentionFirst(kudos.giver)} thanked you. Who made something easier for you?`),
]

/** What stands under the fields of a form that was not given, by field; null for an outcome that closes the form. */
export function formErrors(result: GiveOutcome): Record<string, string> | null {
  switch (result.kind) {
    case 'refused':
      return { people: [...new Set(result.refused.map(({ because }) => BECAUSE[because]))].join(' ') }
    case 'too many':
      return { people: tooMany }
    case 'over the limit':
      return { people: overTheLimit(result.limit) }
    case 'given':
    case 'again?':
    case 'unknown':
      return null
  }
}

/** Errors are plain text: they can't name anybody. */
const BECAUSE = {
  self: 'A kudos is for somebody else: take yourself out.',
  app: 'Small Acts is only the messenger: take it out.',
  bot: 'One of these is an app: choose the person behind it.',
  deactivated: 'One of these has left this workspace, and can’t be reached here any more.',
  outside: 'One of these belongs to another organisation, where this app can’t write.',
  unknown: 'One of these could not be found here.',
} as const

/** The form with which a kudos is reported. `isOpen`: everybody, and so every admin, can read it. */
export function reportForm(kudosId: string, isOpen: boolean, responseUrl: string | null): Modal {
  const showText = 'Show the text to an admin'
  return {
    callbackId: REPORT_FORM,
    title: 'Report a kudos',
    submit: 'Report',
    close: 'Cancel',
    metadata: JSON.stringify({ kudosId, responseUrl }),
    blocks: [
      section(
        'An admin of this workspace hears of it, with your name, and can remove it. The person who gave it does not hear who reported it.',
      ),
      input(
        'What is wrong with it?',
        'complaint',
        { type: 'plain_text_input', multiline: true, max_length: MAX_REASON },
        { optional: true },
      ),
      ...(isOpen
        ? []
        : [
            input('What the admin sees', 'show-text', tickBox(showText), { optional: true }),
            context(`Without it, an admin hears only that you reported a kudos, and what you write here.`),
          ]),
    ],
  }
}

/** The form with which an admin removes a kudos they may read. */
export function removeForm(reportId: string, kudos: Kudos): Modal {
  return {
    callbackId: REMOVE_FORM,
    title: 'Remove a kudos',
    submit: 'Remove',
    close: 'Cancel',
    metadata: JSON.stringify({ reportId }),
    blocks: [
      section(`The card and the notes disappear, and ${mention(kudos.giver)} hears why.`),
      quote(readMarkup(kudos.reason)),
      input('Why? The giver sees this.', 'reason', {
        type: 'plain_text_input',
        multiline: true,
        max_length: MAX_REASON,
        focus_on_load: true,
      }),
    ],
  }
}
