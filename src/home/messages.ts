/** The Home tab: what everybody sees, and around it what admins see. Always under 100 blocks, whatever the data. */
import type { Button, KnownBlock, SectionBlock } from '@slack/types'
import type { Kudos } from '../kudos/store.ts'
import { namedBeside } from '../kudos/visibility.ts'
import { nextOpening } from '../pairing/schedule.ts'
import { actions, button, context, header, moment, people, section } from '../platform/blocks.ts'
import { escapeText, quote, readMarkup } from '../platform/markup.ts'
import { mention, mentionFirst } from '../platform/stand-in.ts'
import { notOurs } from '../workspace/messages.ts'
import { isAhead, type Participation, standing } from '../workspace/participation.ts'
import { shownAmount, shownPeople } from '../workspace/rule-of-five.ts'
import { settingsPart } from './admin-messages.ts'
import { clock, teamSource } from './check-in-forms.ts'
import { setupPart } from './checklist.ts'
import type { HomeData, HomePerson } from './home-store.ts'
import type { Keepsake } from './keepsake-store.ts'

/** How many kudos a list on the page shows; there are pages for the rest. */
export const SHOWN = 3

export function home({ person, received, given, month, checkIn, outlook }: HomeData, now: Date): KnownBlock[] {
  if (person.kind === 'stranger') return notOurs().blocks
  return named([
    ...setupPart(person),
    ...(checkIn.length > 0 ? [header('Your check-in'), ...checkIn, DIVIDER] : []),
    ...checkIns(person, now),
    ...outlook,
    DIVIDER,
    ...receivedList(received, person.id),
    ...givenList(given),
    actions(
      button('kudos.open-form', 'Give kudos', 'form'),
      button('kudos.open-mine', 'All kudos to me', 'mine'),
      button('kudos.open-given', 'All I gave', 'given'),
    ),
    ...(month.keepsake ? keepsake(month.keepsake) : []),
    DIVIDER,
    ...switches(person),
    DIVIDER,
    section(theMonth(month)),
    context('What you say here is yours. `/smallacts help` lists everything you can type instead.'),
    actions(
      button('home.help', 'Help', 'list'),
      button('home.feedback', 'Give feedback', 'form'),
      button('own-data.export', 'Export my data', 'message'),
      button('own-data.forget', 'Forget me…', 'form'),
    ),
    ...settingsPart(person, now),
  ])
}

/** Names every block with a button by it, so that a click on a page that was just drawn anew still finds it. */
function named(blocks: KnownBlock[]): KnownBlock[] {
  const taken = new Map<string, number>()
  return blocks.map((block) => {
    const [first] = block.type === 'actions' ? block.elements : 'accessory' in block ? [block.accessory] : []
    const id = first && 'action_id' in first ? first.action_id : undefined
    if (!id || block.block_id) return block
    const count = (taken.get(id) ?? 0) + 1
    taken.set(id, count)
    return { ...block, block_id: count === 1 ? id : `${id} ${count}` }
  })
}

const DIVIDER: KnownBlock = { type: 'divider' }

const day = (at: Date) => moment(at, '{date_long}')

function checkIns(person: HomePerson, now: Date): KnownBlock[] {
  const { participation, team } = person
  const title = header('Check-ins')
  const { 'check-ins.rhythm': rhythm, 'workspace.zone': zone } = person.settings
  const next = moment(nextOpening(rhythm, zone, now).at, '{date_long} at {time}')
  switch (standing(participation, now)) {
    case 'not joined':
      return [
        title,
        section('*15 minutes* with a coworker from another team, now and then. Nothing happens before you say yes.'),
        actions(button('home.join', 'Join check-ins', 'form')),
      ]
    case 'paused':
      return [title, section(pausedLine(participation)), actions(button('home.resume', 'Go on now', 'now'), LEAVE)]
    case 'joined':
      return [
        title,
        section(
          participation.skipsNext
            ? `*You are in, and leave the next round out.* It opens ${next}.`
            : `*You are in.* The next round opens ${next}; you are asked first.`,
        ),
        ...awayLine(participation, now),
        ...(team ? [] : [section('Which team are you on? Without one you may meet people of your own.')]),
        actions(
          ...(participation.skipsNext
            ? [button('home.resume', 'Take part after all', 'now')]
            : [button('home.skip', 'Skip the next round', 'next')]),
          button('home.pause', 'Pause…', 'form'),
          LEAVE,
        ),
      ]
  }
}

function awayLine({ readsStatus, awayUntil }: Participation, now: Date): KnownBlock[] {
  if (!readsStatus || !isAhead(awayUntil, now)) return []
  const until = awayUntil instanceof Date ? `until ${day(awayUntil)}` : 'until you change it'
  return [context(`Your status in Slack says that you are away, so nothing comes ${until}.`)]
}

const LEAVE: Button = {
  ...button('home.leave', 'Leave', 'now'),
  confirm: {
    title: { type: 'plain_text', text: 'Leave check-ins?' },
    text: { type: 'plain_text', text: 'Nobody is told. You can join again at any time.' },
    confirm: { type: 'plain_text', text: 'Leave' },
    deny: { type: 'plain_text', text: 'Stay' },
  },
}

const pausedLine = ({ pausedUntil }: Participation): string =>
  pausedUntil instanceof Date ? `*Paused until ${day(pausedUntil)}.*` : '*Paused until you say so.*'

function receivedList(received: Kudos[], person: string): KnownBlock[] {
  const title = header('Kudos to you this month')
  if (received.length === 0) {
    return [title, section('None yet this month. You could be the first to say thanks to somebody.')]
  }
  const more = received.length > SHOWN ? [context('And more: all of them are behind the button below.')] : []
  return [
    title,
    ...received.slice(0, SHOWN).flatMap((kudos) => [section(line(kudos, person)), quote(readMarkup(kudos.reason))]),
    ...more,
  ]
}

function line(kudos: Kudos, person: string): string {
  const isPrivate = kudos.isPrivate || kudos.keptPrivate.includes(person)
  const where = kudos.saidIn && !isPrivate ? ` in <#${kudos.saidIn}>` : ''
  const others = namedBeside(kudos, person)
  const together = others.length > 0 ? `, together with ${people(others)}` : ''
  return `${isPrivate ? ':lock:' : ':sparkles:'} From ${mention(kudos.giver)}${where}${together}, ${moment(kudos.givenAt, '{date_short_pretty}')}`
}

function givenList(given: Kudos[]): KnownBlock[] {
  if (given.length === 0) return []
  const lines = given
    .slice(0, SHOWN)
    .map((kudos) => `To ${people(kudos.recipients)}, ${moment(kudos.givenAt, '{date_short_pretty}')}`)
  return [section(`*You gave this month*\n${lines.join('\n')}${given.length > SHOWN ? '\nand more' : ''}`)]
}

const keepsake = ({ kudosId, giver, reason, givenAt }: Keepsake): KnownBlock[] => [
  { type: 'divider' },
  header('From a while ago'),
  section(`:leaves: ${mentionFirst(giver)} thanked you on ${day(givenAt)}`),
  quote(readMarkup(reason)),
  actions(button('home.keepsake-not-again', 'Not this one again', kudosId)),
]

function switches(person: HomePerson): KnownBlock[] {
  const { notes, onlyMe, team, participation, avoids } = person
  const { days, from, until } = participation.hours
  return [
    header('Yours to decide'),
    notes
      ? choice('*Notes are on.* You get a message when a coworker thanks you.', 'home.notes', 'Stop notes', 'off')
      : choice('*Notes are off.* Kudos to you show here only.', 'home.notes', 'Send me notes', 'on'),
    onlyMe
      ? choice('*Only you see kudos to you.* No card names you.', 'home.only-me', 'Show them in the channel', 'off')
      : choice(
          '*Kudos to you are shown where they are said,* if that is a public channel.',
          'home.only-me',
          'Show them to me only',
          'on',
        ),
    choice(
      team
        ? `*Your team is ${escapeText(team.name)}.* ${teamSource(team.source)}`
        : '*Your team is not known.* With it, check-ins bring you together with other ones.',
      'home.team',
      team ? 'Your team…' : 'Say your team…',
      'form',
    ),
    choice(
      `*You work ${days.map((number) => DAY_NAMES[number - 1]).join(', ')}, ${clock(from)} to ${clock(until)}.*${participation.readsStatus ? ' An away status in Slack counts as a pause.' : ''}`,
      'home.hours',
      'Working hours…',
      'form',
    ),
    choice(
      avoids === 0
        ? '*You avoid nobody.* Only you see this.'
        : `*${avoids === 1 ? 'One person' : `${avoids} people`} you are not brought together with.* Only you see this.`,
      'home.avoid',
      'People I avoid…',
      'form',
    ),
  ]
}

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const choice = (text: string, actionId: string, label: string, value: string): SectionBlock => ({
  ...section(text),
  accessory: button(actionId, label, value),
})

function theMonth({ kudos, givers, receivers, members }: HomeData['month']): string {
  const title = '*This month in the workspace*'
  const amount = shownAmount(kudos, givers, receivers)
  if (amount === null) return `${title}\nThe first few kudos are on their way.`
  const [from, to] = [shownPeople(givers, members), shownPeople(receivers, members)]
  const told = `${amount.toLocaleString('en')}+ kudos`
  if (from === null || to === null) return `${title}\n${told} so far.`
  return `${title}\n${told}, given by ${from.toLocaleString('en')}+ people to ${to.toLocaleString('en')}+.`
}
