/** What one person gets about a check-in. What it says depends on their own answer and the pairing's state, on nobody else's answer. */
import type { KnownBlock } from '@slack/types'
import { DateTime } from 'luxon'
import { actions, button, context, moment, overflow, people, section, sentence } from '../platform/blocks.ts'
import { escapeText } from '../platform/markup.ts'
import type { Message } from '../platform/slack.ts'
import { mentionFirst } from '../platform/stand-in.ts'
import type { Sight } from './lifecycle.ts'
import type { Gap } from './round-store.ts'
import { whyUs } from './why-us.ts'

export interface Other {
  id: string
  team: string | null
  /** When the two last met in a check-in, or null. */
  metAt: Date | null
}

/** A proposal as one of its people sees it. */
export interface ProposalView {
  pairingId: string
  sight: Sight
  others: Other[]
  team: string | null
  question: string
  answerBy: Date
  /** The earlier proposals of the same round that do not fit, by their people. */
  earlier: string[][]
  expectation: number | null
  anyone: boolean
  /** Until when somebody else is looked for; null when the round is over. */
  lookingUntil: Date | null
  gap: Gap | null
}

/** The one sentence, whatever the cause: nobody is told who it was or why. */
export const doesNotFit = (others: string[]): string => `The check-in with ${people(others)} does not fit this week.`

const when = (at: Date) => moment(at, '{date_short_pretty} at {time}')
const names = (view: ProposalView) => people(view.others.map(({ id }) => id))

export function proposal(view: ProposalView): Message {
  const blocks = PARTS[view.sight](view)
  const [first] = blocks
  const text = first?.type === 'section' ? (first.text?.text ?? '') : ''
  return { text: text.replaceAll('*', ''), blocks }
}

const PARTS: Record<Sight, (view: ProposalView) => KnownBlock[]> = {
  asked: (view) => [
    ...view.earlier.map((others) => section(doesNotFit(others))),
    {
      ...section(
        `${view.earlier.length > 0 ? 'How about' : 'A check-in:'} *15 minutes with ${names(view)}*${team(view)}?`,
      ),
      accessory: menu(view),
    },
    section(why(view)),
    section(`*To begin with:* ${view.question}`),
    actions(
      { ...button('pairing.accept', 'Accept', view.pairingId), style: 'primary' },
      button('pairing.decline', 'Not this week', view.pairingId),
      anyoneButton(view),
    ),
    ...expectations(view),
    context(`Until ${when(view.answerBy)}, your time. A no is never told: not who, and not why.`),
  ],
  waiting: (view) => [
    {
      ...section(`*You said yes* to 15 minutes with ${names(view)}. Waiting until ${when(view.answerBy)}, your time.`),
      accessory: menu(view),
    },
    actions(button('pairing.reconsider', 'Change my mind', view.pairingId), anyoneButton(view)),
    ...expectations(view),
  ],
  declined: (view) => [
    section(
      `*Not this week*, then: no check-in with ${names(view)}. Nobody is told, and the next round asks you again.`,
    ),
    actions(button('pairing.reconsider', 'Change my mind', view.pairingId)),
  ],
  introduced: (view) => [section(`*You are introduced:* you and ${names(view)} have a message together.`)],
  'does not fit': (view) => [
    section(doesNotFit(view.others.map(({ id }) => id))),
    ...(view.lookingUntil
      ? [
          section(`Thank you for saying yes. Somebody else is looked for until ${when(view.lookingUntil)}, your time.`),
          actions(anyoneButton(view)),
        ]
      : []),
  ],
  missed: (view) => [
    section(`The time to answer is over: no check-in with ${names(view)} this week. The next round asks you again.`),
  ],
  'declined for good': (view) => [
    section(`*Not this week*, then: no check-in with ${names(view)}. The next round asks you again.`),
  ],
}

const team = ({ others }: ProposalView): string => {
  const teams = [...new Set(others.flatMap((other) => (other.team ? [escapeText(other.team)] : [])))]
  return teams.length > 0 ? ` (${teams.join(', ')})` : ''
}

const month = (at: Date) => DateTime.fromJSDate(at, { zone: 'utc' }).setLocale('en').toFormat('LLLL yyyy')

function why({ others, team }: ProposalView): string {
  const lines = others.map(({ id, team: otherTeam, metAt }) => {
    const line = whyUs({ team, otherTeam, metAt }, month)
    return others.length > 1 ? `${mentionFirst(id)}: ${line}` : line
  })
  return `*Why us?* ${lines.join('\n')}`
}

const anyoneButton = ({ pairingId, anyone }: ProposalView) =>
  button(
    'pairing.anyone',
    anyone ? '☑ Or anyone else waiting' : '☐ Or anyone else waiting',
    `${anyone ? 'off' : 'on'} ${pairingId}`,
  )

function menu({ pairingId, others }: ProposalView) {
  const place = ['the first of them', 'the second of them']
  return overflow('pairing.more', [
    { text: 'Pause check-ins', value: `pause ${pairingId}` },
    ...others.map((_, index) => ({
      text: others.length > 1 ? `Avoid ${place[index]}` : 'Avoid this person',
      value: `avoid${index} ${pairingId}`,
    })),
    { text: 'Leave check-ins', value: `leave ${pairingId}` },
  ])
}

const FACES = ['1 · awkward', '2', '3', '4', '5 · great']

export const scale = (actionId: string, pairingId: string, chosen: number | null) =>
  actions(
    ...FACES.map((label, index) => ({
      ...button(`${actionId}-${index + 1}`, label, pairingId),
      ...(chosen === index + 1 ? { style: 'primary' as const } : {}),
    })),
  )

function expectations(view: ProposalView): KnownBlock[] {
  const gap = view.gap ? ` Here, people expected ${view.gap.expected} on average, and it was ${view.gap.was}.` : ''
  return [
    section(
      view.expectation === null
        ? `How do you think it will go? One tap, if you like; only you see it.${gap}`
        : `You think it will go like a ${view.expectation}. Only you see it.${gap}`,
    ),
    scale('pairing.expect', view.pairingId, view.expectation),
  ]
}

/** To somebody who has not answered. Without buttons: those of the proposal work. */
export const reminder = (others: string[], answerBy: Date): Message =>
  sentence(
    `The check-in with ${people(others)} above can be answered until ${when(answerBy)}, your time. Either answer is fine.`,
  )

/** Nobody was left for somebody who was ready. */
export const alone = (): Message =>
  sentence(
    'This time nobody was left for a check-in with you. Thank you for being ready: in the next round you come first.',
  )

/** After three rounds without an answer: told once. */
export const ghost = (): Message => {
  const line =
    'Check-ins are paused for you, so that nothing piles up here. Whenever they suit you again, one tap is enough.'
  return { text: line, blocks: [section(line), actions(button('pairing.come-back', 'Take part again', 'now'))] }
}

const INVITATION =
  '> Small Acts brings two of us together for 15 minutes, now and then, across teams. You are asked first each time, and a no is never told. Write `/smallacts join` if you would like that.'

/** Tells an admin that a round did not open; with an invitation to pass on. */
export const tooFew = (): Message => {
  const line = 'No round of check-ins opened: fewer than four people take part right now.'
  return {
    text: line,
    blocks: [
      section(`${line} An invitation you could post where people read it:`),
      section(INVITATION),
      context('Nobody is entered by anybody else: people join by themselves.'),
    ],
  }
}

/** Tells an admin that a round was left out. */
export const missed = (): Message =>
  sentence(
    'A round of check-ins was left out: Small Acts was not running at its time, and came back over a day later. The next one opens as planned.',
  )
