/** What is posted about a kudos: to a channel, to those who received it, to admins, to its giver. */
import type { Button, KnownBlock, Overflow } from '@slack/types'
import { actions, button, context, overflow, people, section, sentence } from '../platform/blocks.ts'
import { escapeText, gist, quote, readMarkup } from '../platform/markup.ts'
import type { Message } from '../platform/slack.ts'
import { mention, mentionFirst } from '../platform/stand-in.ts'
import type { Report } from './report-store.ts'
import type { Kudos } from './store.ts'
import { namedBeside, shownRecipients } from './visibility.ts'

export const EXAMPLE = '`/kudos @ann for staying late with the release`'

/** What stands under a reason: the value, the message it was about, where it came from. */
export function details(kudos: Kudos): KnownBlock[] {
  const parts = [
    kudos.value ? `*#${escapeText(kudos.value)}*` : '',
    kudos.permalink ? `<${kudos.permalink}|the message it is about>` : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? [context(parts.join('  ·  '))] : []
}

const PASS_ON = (kudosId: string) => button('kudos.pass-on', 'Pass it on', kudosId)
const KEEP_PRIVATE = (kudosId: string) => ({ text: 'Keep it private', value: `keep-private ${kudosId}` })
const REPORT = (kudosId: string) => ({ text: 'Report it…', value: `report ${kudosId}` })

/** What can be done with a kudos that somebody received. A menu of one choice is a button. */
export const receivedMenu = (kudos: Kudos, member: string): Button | Overflow =>
  kudos.isPrivate || kudos.keptPrivate.includes(member)
    ? button('kudos.more', REPORT(kudos.id).text, REPORT(kudos.id).value)
    : overflow('kudos.more', [KEEP_PRIVATE(kudos.id), REPORT(kudos.id)])

/** For everybody in a channel; null when there is nobody whom it may name. */
export function card(kudos: Kudos): Message | null {
  const shown = shownRecipients(kudos)
  if (shown.length === 0) return null
  const line = `${mentionFirst(kudos.giver)} thanks ${people(shown)}`
  const menu = overflow('kudos.more', [KEEP_PRIVATE(kudos.id), REPORT(kudos.id)])
  return {
    text: `${line}: ${gist(kudos.reason)}`,
    blocks: [
      { ...section(`:sparkles: ${line}`), accessory: menu },
      quote(readMarkup(kudos.reason)),
      ...details(kudos),
      actions(PASS_ON(kudos.id)),
    ],
  }
}

/** The note to one recipient. `first` tells how to stop them. */
export function note(kudos: Kudos, recipient: string, first: boolean): Message {
  const others = namedBeside(kudos, recipient)
  const where = kudos.saidIn && shownRecipients(kudos).includes(recipient) ? ` in <#${kudos.saidIn}>` : ''
  const together = others.length > 0 ? `, together with ${people(others)}${where ? ',' : ''}` : ''
  const line = `${mentionFirst(kudos.giver)} thanks you${together}${where}`
  const how: KnownBlock[] = first
    ? [
        context(
          'You get a note like this when a coworker thanks you. If you would rather not, stop them here or with `/kudos notes off`: kudos then show on the Home tab only.',
        ),
      ]
    : []
  const stop = first ? [button('kudos.notes-off', 'Stop these notes', 'note')] : []
  return {
    text: `${line}: ${gist(kudos.reason)}`,
    blocks: [
      { ...section(`:sparkles: ${line}`), accessory: receivedMenu(kudos, recipient) },
      quote(readMarkup(kudos.reason)),
      ...(kudos.isPrivate
        ? [
            context(
              `:lock: Only ${mention(kudos.giver)} and ${kudos.recipients.length > 1 ? 'the people thanked' : 'you'} can see this.`,
            ),
          ]
        : []),
      ...details(kudos),
      ...how,
      actions(PASS_ON(kudos.id), ...stop),
    ],
  }
}

/** A note as it would come, from the app itself: what an admin gets who asks for a test. Nothing of it is stored. */
export function exampleNote(app: string, recipient: string, now: Date): Message {
  const example: Kudos = {
    id: '00000000-0000-0000-0000-000000000000',
    giver: app,
    recipients: [recipient],
    keptPrivate: [],
    reason: 'This is a test: looking after how this workspace says thanks.',
    isPrivate: false,
    value: null,
    passedOnFrom: null,
    saidIn: null,
    threadTs: null,
    about: null,
    permalink: null,
    givenAt: now,
    withdrawn: false,
    removed: null,
  }
  return note(example, recipient, false)
}

/** What stands in the place of a card or note that can't be deleted any more. */
export const withdrawnMessage = (): Message => sentence('_A kudos stood here. It was withdrawn._')

/** What stands in the place of a card whose people all want to be private, and that can't be deleted. */
export const hiddenMessage = (): Message => sentence('_A kudos stood here. It is private now._')

/**
 * Tells an admin of a report. `isOpen`: everybody can read the kudos. Of one that is not, an admin sees the text only when
 * its recipient says so, and never who else received it.
 */
export function reportMessage(report: Report, kudos: Kudos, isOpen: boolean): Message {
  const closed = kudos.withdrawn || report.state !== 'open'
  const readable = isOpen || (report.showText && !kudos.withdrawn)
  const received = !kudos.withdrawn && kudos.recipients.includes(report.reporter)
  const what = isOpen
    ? `the kudos that ${mention(kudos.giver)} gave ${people(shownRecipients(kudos))}`
    : `a kudos${received ? ' they received' : ''}`
  const line = `${mentionFirst(report.reporter)} reports ${what}.`
  const giver = !isOpen && readable ? [section(`It is from ${mention(kudos.giver)}:`)] : []
  const hidden =
    'It is not public, so its text is not shown here. Only the person who reported it can tell you more: a message to them is the way.'
  return {
    text: line,
    blocks: [
      section(`:speech_balloon: ${line}`),
      ...(report.complaint === '' ? [] : [section('They say:'), quote(readMarkup(report.complaint))]),
      ...(readable ? [...giver, ...(isOpen ? [section('The kudos:')] : []), quote(readMarkup(kudos.reason))] : []),
      ...(closed || readable ? [] : [context(hidden)]),
      ...(closed ? [context(closedLine(report, kudos))] : [decisions(report, readable)]),
    ],
  }
}

const decisions = (report: Report, readable: boolean): KnownBlock =>
  actions(
    ...(readable ? [button('kudos.remove', 'Remove it…', report.id)] : []),
    button('kudos.leave', readable ? 'Leave it' : 'Settled', report.id),
  )

function closedLine(report: Report, kudos: Kudos): string {
  if (report.state === 'left') return `${mentionFirst(report.decidedBy ?? '')} decided that it stays.`
  if (report.state === 'removed') return `${mentionFirst(report.decidedBy ?? '')} removed it.`
  return kudos.removed
    ? `${mentionFirst(kudos.removed.by)} removed it.`
    : 'Its giver withdrew it. There is nothing left to do.'
}

/** Tells the giver that an admin removed a kudos of theirs. */
export function verdict(kudos: Kudos): Message {
  const line = `An admin removed the kudos you gave ${people(kudos.recipients)}.`
  return {
    text: line,
    blocks: [
      section(line),
      quote(readMarkup(kudos.reason)),
      section('The reason they gave:'),
      quote(readMarkup(kudos.removed?.reason ?? '')),
      context(
        'If you see it differently, talk with an admin of this workspace. You can say thanks again in other words.',
      ),
    ],
  }
}
