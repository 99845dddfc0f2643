/** What somebody hears who typed a command or used a button. */
import type { KnownBlock } from '@slack/types'
import { actions, button, context, people, section, sentence } from '../platform/blocks.ts'
import type { Message } from '../platform/slack.ts'
import { type KeepPrivateOutcome, type PostOutcome, UNDO_MINUTES, type WithdrawOutcome } from './acts.ts'
import { type CommandProblem, MAX_REASON, MAX_RECIPIENTS } from './command.ts'
import type { Given, GiveOutcome } from './decision.ts'
import { EXAMPLE } from './messages.ts'
import type { Preference } from './preference-store.ts'
import type { Refused, RefusedBecause } from './recipients.ts'
import type { Decidable, ReportOutcome } from './reporting.ts'

export function confirmation(given: Given): Message {
  const buttons = [
    button('kudos.undo', 'Undo', given.kudosId),
    ...(given.offer ? [button('kudos.post', 'Show it in the kudos channel too', given.kudosId)] : []),
  ]
  const offer = given.offer ? ` It can also be shown in <#${given.offer}>.` : ''
  const text = `Your kudos to ${people(given.recipients)} is on its way. ${whoSees(given)}`
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

function whoSees({ isPrivate, card, onlyMe, recipients }: Given): string {
  if (isPrivate) return 'Only they see it.'
  const prefer = (verb: string) =>
    `${people(onlyMe)} ${onlyMe.length > 1 ? 'prefer' : 'prefers'} to hear of kudos privately, ${verb}.`
  if (card) {
    const without = onlyMe.length > 0 ? ` ${prefer('so the card is without them')}` : ''
    return `A card appears in <#${card}>, and they hear of it.${without}`
  }
  if (onlyMe.length === recipients.length) return prefer('so there is no card')
  return 'Only they hear of it: cards appear in public channels that Small Acts was invited to.'
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

/** What somebody hears who gave as many as a day allows. Without mentions: it also stands under a form. */
export const overTheLimit = (limit: number): string =>
  `Nothing was given: this workspace keeps it to ${limit} kudos a day for each person, and yours for today are out there. Tomorrow there is room again.`

export const tooMany = `A kudos goes to at most ${MAX_RECIPIENTS} people, and this one names more. Nothing was given: choose the closest few, or give several.`

/** The answer to a giving, whatever came of it. */
export function outcome(result: GiveOutcome): Message {
  switch (result.kind) {
    case 'given':
      return confirmation(result)
    case 'refused':
      return sentence(refusalText(result.refused))
    case 'too many':
      return sentence(tooMany)
    case 'over the limit':
      return sentence(overTheLimit(result.limit))
    case 'unknown':
      return sentence('Checking who that is…')
    case 'again?': {
      const text = `You gave ${people(result.recipients)} the same kudos a moment ago. Again?`
      return {
        text,
        blocks: [
          section(text),
          actions(
            button('kudos.again', 'Give it again', `${result.kudosId} ${result.channel || '-'} ${result.request}`),
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
    case 'private':
      return sentence('The people it is for keep it private. They have their notes.')
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

const KEPT: Record<KeepPrivateOutcome, string> = {
  kept: 'It is private now: the card no longer names you, and it counts as private everywhere. `/kudos only me` keeps all of them private from the start.',
  'kept before': 'This kudos is private already.',
  'not yours': 'Only the people a kudos is for can keep it private.',
  withdrawn: 'This kudos was withdrawn. Its card is being removed.',
}

export const keptPrivate = (result: KeepPrivateOutcome): Message => sentence(KEPT[result])

const REPORTED: Record<ReportOutcome, string> = {
  reported:
    'Thank you. The admins of this workspace were told, and will look at it. The giver does not hear who reported it.',
  'reported before': 'You reported this kudos already. The admins of this workspace know.',
  'nobody to tell':
    'There is no other admin in this workspace whom Small Acts could tell. Please talk to somebody you trust.',
  own: 'This kudos is yours: `/kudos given` withdraws it.',
  gone: 'This kudos is not there any more, so there is nothing to report.',
  'not yours': 'Only the people this kudos is for can report it.',
}

export const reported = (result: ReportOutcome): Message => sentence(REPORTED[result])

/** To an admin who decided about a report, or could not. Without mentions: it also stands under a form. */
export function decided(result: Decidable, done: string): string {
  switch (result.kind) {
    case 'decidable':
      return done
    case 'decided':
      return result.state === 'left'
        ? 'Another admin decided already that it stays.'
        : 'Another admin removed it already.'
    case 'gone':
      return 'This kudos is not there any more. There is nothing left to do.'
    case 'no admin':
      return 'Only admins of this workspace can decide about a report.'
    case 'own':
      return 'This kudos is your own: another admin decides about it.'
    case 'closed to you':
      return 'It is not public any more. Talk with the person who reported it.'
  }
}

export const preference = (changed: Partial<Preference>): Message =>
  sentence(
    changed.onlyMe !== undefined
      ? changed.onlyMe
        ? 'Kudos to you are shown to you only: no card names you. `/kudos in the channel` changes it back.'
        : 'Kudos to you are shown where they are said, if that is a public channel. `/kudos only me` keeps them to you.'
      : changed.notes
        ? 'You get a note when a coworker thanks you. `/kudos notes off` stops them.'
        : 'No more notes. Kudos to you show on the Home tab of Small Acts; `/kudos notes on` brings the notes back.',
  )

export const help = (): Message =>
  sentence(
    [
      `*Thank a coworker:* ${EXAMPLE}, or \`/kudos\` alone for a form`,
      `Name one to ${MAX_RECIPIENTS} people, or a user group, then the reason. In a public channel with Small Acts in it, a card appears; anywhere else only the people you name hear of it. In the form you can also give it privately.`,
      '*Kudos to you:* `/kudos mine`. *Kudos from you, and withdrawing them:* `/kudos given`',
      '*Who sees kudos to you:* `/kudos only me` or `/kudos in the channel`',
      '*Notes when somebody thanks you:* `/kudos notes on` or `/kudos notes off`',
    ].join('\n'),
  )
