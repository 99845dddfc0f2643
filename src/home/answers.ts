/** What somebody hears who typed `/smallacts` or used a button. */
import { moment, people, section, sentence } from '../platform/blocks.ts'
import { escapeText, quote, readMarkup } from '../platform/markup.ts'
import type { Message } from '../platform/slack.ts'
import { type MayJoin, MOST_AVOIDED, type PartOutcome, type PauseOutcome, type TeamOutcome } from './acts.ts'

const JOIN: Record<MayJoin, string> = {
  'may join': 'You are in. When the next round comes, you are asked first, and nothing happens before you say yes.',
  'joined before':
    'You are in already. `/smallacts skip` leaves the next round out, `/smallacts pause 2 weeks` several.',
  'no guests': 'Check-ins are for the members of this workspace; its admins have not opened them for guests.',
  'not known': 'Small Acts does not know you here yet. Please try again in a minute.',
}

export const joined = (outcome: MayJoin): Message => sentence(JOIN[outcome])

const NOT_JOINED = 'You have not joined check-ins, so nothing comes. `/smallacts join` would be the way in.'

export const left = (outcome: PartOutcome): Message =>
  sentence(
    outcome === 'done' ? 'You have left check-ins. Nothing more comes; `/smallacts join` brings you back.' : NOT_JOINED,
  )

export const resumed = (outcome: PartOutcome): Message =>
  sentence(outcome === 'done' ? 'You are in again, from the next round on.' : NOT_JOINED)

export const skipped = (outcome: PartOutcome): Message =>
  sentence(outcome === 'done' ? 'The next round goes by without you. `/smallacts resume` takes it back.' : NOT_JOINED)

export function paused(outcome: PauseOutcome): Message {
  switch (outcome.kind) {
    case 'paused':
      return sentence(
        outcome.until instanceof Date
          ? `Check-ins are paused until ${moment(outcome.until, '{date_long}')}. \`/smallacts resume\` ends the pause.`
          : 'Check-ins are paused until you say so: `/smallacts resume`.',
      )
    case 'over':
      return sentence('That day is over. Choose a day to come, or say `/smallacts pause 2 weeks`.')
    case 'not joined':
      return sentence(NOT_JOINED)
  }
}

export function avoided(outcome: { kind: 'saved'; avoided: string[] } | { kind: 'too many' }): Message {
  if (outcome.kind === 'too many') {
    return sentence(`This list holds ${MOST_AVOIDED} people. Take somebody out of it on the Home tab first.`)
  }
  return sentence(
    outcome.avoided.length === 0
      ? 'Name the people: `/smallacts avoid @name`. Only you would see it.'
      : `You are not brought together with ${people(outcome.avoided)}. Only you see this; the Home tab changes it.`,
  )
}

export function team(outcome: TeamOutcome): Message {
  if (outcome.kind === 'an admin set it') {
    return sentence(`An admin set your team: ${escapeText(outcome.name)}. Ask them if it is another one by now.`)
  }
  return sentence(
    outcome.name === null ? 'No team is kept for you.' : `Your team is ${escapeText(outcome.name)}, as far as you say.`,
  )
}

export const feedbackGiven = (outcome: 'passed on' | 'nobody to tell'): Message =>
  sentence(
    outcome === 'passed on'
      ? 'Thank you. The admins of this workspace get it.'
      : 'There is nobody in this workspace whom Small Acts could tell. Please talk to whoever installed it.',
  )

/** To an admin: what somebody thinks of Small Acts. */
export function feedback(from: string, text: string): Message {
  const line = `<@${from}> has feedback about Small Acts:`
  return { text: line, blocks: [section(`:speech_balloon: ${line}`), quote(readMarkup(text))] }
}

export const unknown = (): Message =>
  sentence('That was not understood. `/smallacts help` lists what there is; everything is on the Home tab too.')

/** When the app is added to a channel: `shows` cards there, or nothing where another organisation reads along. */
export const hello = (shows: boolean): Message =>
  sentence(
    shows
      ? 'Small Acts is here now: `/kudos @ann for staying late with the release` shows a card in this channel. It reads nothing that is written here.'
      : 'Small Acts is here now. Another organisation reads along in this channel, so kudos said here show no card: the people thanked hear of them alone. It reads nothing that is written here.',
  )

export const help = (): Message =>
  sentence(
    [
      '*Check-ins, 15 minutes with somebody from another team:* `/smallacts join`, `leave`, `skip` (the next round), `pause 2 weeks`, `pause until 2026-12-24`, `resume`',
      '*Your team:* `/smallacts team Design`. *People you would rather not meet,* for your eyes only: `/smallacts avoid @name`',
      '*Kudos:* `/kudos help`',
      '*What is kept about you:* `/smallacts export` sends it to you, `/smallacts forget me` erases it',
      '*For admins:* `/smallacts settings`, `/smallacts digest` or `digest 2026-10`. *What you think of all this:* `/smallacts feedback …`',
      'All of it is on the Home tab of Small Acts as well.',
    ].join('\n'),
  )
