import type { KnownBlock } from '@slack/types'
import { actions, button, context, moment, people, section, sentence } from '../platform/blocks.ts'
import { escapeText, plainText, quote, readMarkup } from '../platform/markup.ts'
import type { Message } from '../platform/slack.ts'
import { type PostOutcome, UNDO_MINUTES, type WithdrawOutcome } from './acts.ts'
import { type CommandProblem, MAX_REASON, MAX_RECIPIENTS } from './command.ts'
import type { Given, GiveOutcome } from './giving.ts'
import type { Refused, RefusedBecause } from './recipients.ts'
import type { Kudos } from './store.ts'

const EXAMPLE = '`/kudos @ann for staying late with the release`'

/** The beginning of a reason, escaped, for notifications: they show a line or two. */
function gist(reason: string): string {
  const text = [...plainText(readMarkup(reason)).replace(/\s+/g, ' ')]
  return escapeText(text.length > 150 ? `${text.slice(0, 149).join('')}…` : text.join(''))
}

export function card(kudos: Kudos): Message {
  const line = `<@${kudos.giver}> thanks ${people(kudos.recipients)}`
  return {
    text: `${line}: ${gist(kudos.reason)}`,
    blocks: [section(`:sparkles: ${line}`), quote(readMarkup(kudos.reason))],
  }
}

/** The note to one recipient. `first` tells how to stop them. */
export function note(kudos: Kudos, recipient: string, first: boolean): Message {
  const others = kudos.recipients.filter((id) => id !== recipient)
  const together = others.length > 0 ? `, together with ${people(others)},` : ''
  const where = kudos.saidIn ? ` in <#${kudos.saidIn}>` : ''
  const line = `<@${kudos.giver}> thanks you${where ? together : together.replace(/,$/, '')}${where}`
  const how: KnownBlock[] = first
    ? [
        context(
          'You get a note like this when a coworker thanks you. If you would rather not, stop them here or with `/kudos notes off`: kudos then show on the Home tab only.',
        ),
        actions(button('kudos.notes-off', 'Stop these notes', 'note')),
      ]
    : []
  return {
    text: `${line}: ${gist(kudos.reason)}`,
    blocks: [section(`:sparkles: ${line}`), quote(readMarkup(kudos.reason)), ...how],
  }
}

/** What stands in the place of a card or note that can't be deleted any more. */
export const withdrawnMessage = (): Message => sentence('_A kudos stood here. It was withdrawn._')

export function confirmation(given: Given): Message {
  const where = given.card
    ? `A card appears in <#${given.card}>, and they hear of it.`
    : 'Only they hear of it: cards appear in public channels that Small Acts was invited to.'
  const buttons = [
    button('kudos.undo', 'Undo', given.kudosId),
    ...(given.offer ? [button('kudos.post', 'Show it in the kudos channel too', given.kudosId)] : []),
  ]
  const text = `Your kudos to ${people(given.recipients)} is on its way. ${where}`
  const offer = given.offer ? ` It can also be shown in <#${given.offer}>.` : ''
  return {
    text,
    blocks: [
      section(text + offer),
      ...refusals(given.refused),
      actions(...buttons),
      context(`Undo works for ${UNDO_MINUTES} minutes; later, \`/kudos given\` withdraws it.`),
    ],
  }
}

const refusals = (refused: Refused[]): KnownBlock[] => (refused.length > 0 ? [section(refusalText(refused))] : [])

/** A sentence about some people, for one and for several of them. */
const BECAUSE: Record<RefusedBecause, (who: string, several: boolean) => string> = {
  self: () => 'A kudos is for somebody else: name the coworker you want to thank.',
  app: () => 'That is kind, but this app is only the messenger. Name a coworker.',
  bot: (who, several) =>
    several ? `${who} are apps. Name the people behind them.` : `${who} is an app. Name the person behind it.`,
  deactivated: (who, several) =>
    `${who} ${several ? 'have' : 'has'} left this workspace and can’t be reached here any more. A personal message elsewhere would.`,
  outside: (who, several) =>
    `${who} ${several ? 'belong' : 'belongs'} to another organisation, where this app can’t write. A message of your own reaches them.`,
  unknown: (who) => `${who} could not be found here. Pick the name from the list that appears when you type @.`,
}

/** A sentence for each reason somebody is refused for; for nobody at all, the one about empty groups. */
function refusalText(refused: Refused[]): string {
  if (refused.length === 0) {
    return 'Nobody in that group can be thanked here: it is empty, new, or only you. Name the people one by one.'
  }
  const reasons = [...new Set(refused.map((one) => one.because))]
  return reasons
    .map((because) => {
      const ids = refused.filter((one) => one.because === because).map((one) => one.id)
      return BECAUSE[because](people(ids.slice(0, MAX_RECIPIENTS)), ids.length > 1)
    })
    .join('\n')
}

const PROBLEM: Record<CommandProblem, string> = {
  'no person': `Who is it for? Type @ and pick the name from the list, then say what for: ${EXAMPLE}.`,
  'person not first': `Name the people first, then say what for: ${EXAMPLE}.`,
  'no reason': `Say what for: the reason is what people keep. For example: ${EXAMPLE}.`,
  'too long': `That is longer than ${MAX_REASON.toLocaleString('en')} characters. Nothing was given: shorten it a little and send it again.`,
}

export const problem = (what: CommandProblem): Message => sentence(PROBLEM[what])

/** The answer to a giving, whatever came of it. */
export function outcome(result: GiveOutcome): Message {
  switch (result.kind) {
    case 'given':
      return confirmation(result)
    case 'refused':
      return sentence(refusalText(result.refused))
    case 'too many':
      return sentence(
        `A kudos goes to at most ${MAX_RECIPIENTS} people, and this one names more. Nothing was given: choose the closest few, or give several.`,
      )
    case 'unknown':
      return sentence('Checking who that is…')
    case 'again?': {
      const text = `You gave ${people(result.recipients)} the same kudos a moment ago. Again?`
      return {
        text,
        blocks: [
          section(text),
          actions(
            button('kudos.again', 'Give it again', `${result.kudosId} ${result.channel} ${result.request}`),
            button('kudos.dismiss', 'No, once is right', result.kudosId),
          ),
        ],
      }
    }
  }
}

export const notFoundOut = (): Message =>
  sentence('Slack did not say who that is, so nothing was given. Please send it again in a few minutes.')

const WITHDRAWN: Record<WithdrawOutcome, string> = {
  withdrawn: 'Withdrawn. The card and the notes are being removed.',
  'withdrawn before': 'This kudos was withdrawn already.',
  'too late': `Undo works for ${UNDO_MINUTES} minutes. You can still withdraw it with \`/kudos given\`.`,
  'not yours': 'This kudos is not known here any more.',
}

export const withdrawn = (result: WithdrawOutcome): Message => sentence(WITHDRAWN[result])

export const dismissed = (): Message => sentence('All right: it stays at one.')

export const gone = (): Message =>
  sentence('The earlier kudos is not there any more. Send the command once more to give it.')

export function posted(result: PostOutcome, kudosId: string): Message {
  switch (result.kind) {
    case 'posted': {
      const text = `It is being shown in <#${result.channel}>.`
      return { text, blocks: [section(text), actions(button('kudos.undo', 'Undo', kudosId))] }
    }
    case 'withdrawn':
      return withdrawn('withdrawn before')
    case 'not yours':
      return withdrawn('not yours')
    case 'no channel':
      return sentence(
        'There is no open kudos channel with Small Acts in it right now. The notes were sent all the same.',
      )
  }
}

/** Tells the giver that the card could not be shown. `offer` is the channel where it could be. */
export function cardFailed(channel: string, kudosId: string, offer: string | null): Message {
  const text = `The card could not be shown in <#${channel}>: Small Acts can’t post there. The notes are on their way.`
  const show = offer ? [actions(button('kudos.post', 'Show it in the kudos channel', kudosId))] : []
  return { text, blocks: [section(text), ...show] }
}

export function given(list: Kudos[]): Message {
  if (list.length === 0) {
    return sentence(`You have no kudos out there yet. Try ${EXAMPLE}.`)
  }
  const text = list.length === 1 ? 'The last kudos you gave:' : `The last ${list.length} kudos you gave:`
  return {
    text,
    blocks: [
      section(text),
      ...list.flatMap((kudos): KnownBlock[] => [
        {
          ...section(`To ${people(kudos.recipients)}, ${moment(kudos.givenAt, '{date_short_pretty} at {time}')}:`),
          accessory: button('kudos.withdraw', 'Withdraw', kudos.id),
        },
        quote(readMarkup(kudos.reason)),
      ]),
    ],
  }
}

export const notes = (on: boolean): Message =>
  sentence(
    on
      ? 'You get a note when a coworker thanks you. `/kudos notes off` stops them.'
      : 'No more notes. Kudos to you show on the Home tab of Small Acts; `/kudos notes on` brings the notes back.',
  )

export const help = (): Message =>
  sentence(
    [
      `*Thank a coworker:* ${EXAMPLE}`,
      `Name one to ${MAX_RECIPIENTS} people, or a user group, then the reason. In a public channel with Small Acts in it, a card appears; anywhere else only the people you name hear of it.`,
      '*Look back or withdraw:* `/kudos given`',
      '*Notes when somebody thanks you:* `/kudos notes on` or `/kudos notes off`',
    ].join('\n'),
  )
