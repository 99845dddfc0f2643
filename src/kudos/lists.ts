/** Looking back: the kudos somebody received or gave, a page at a time, for their eyes only. */
import type { Button, KnownBlock } from '@slack/types'
import { actions, button, context, moment, people, section, sentence } from '../platform/blocks.ts'
import { quote, readMarkup } from '../platform/markup.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import type { Message } from '../platform/slack.ts'
import { mention } from '../platform/stand-in.ts'
import { details, EXAMPLE, receivedMenu } from './messages.ts'
import type { Cursor, Kudos } from './store.ts'
import { namedBeside } from './visibility.ts'

export const PAGE = 5

export type List = 'mine' | 'given'

/** One page: at most PAGE kudos, whether more follow, and whether it is the first page. */
export interface ListPage {
  kudos: Kudos[]
  more: boolean
  first: boolean
}

const EMPTY: Record<List, { first: string; later: string }> = {
  mine: {
    first: `Nothing here yet. You could be the first to say thanks: ${EXAMPLE}.`,
    later: 'No older kudos to you.',
  },
  given: { first: `You have no kudos out there yet. Try ${EXAMPLE}.`, later: 'You gave no older kudos.' },
}

const TITLE: Record<List, string> = { mine: '*Kudos to you*', given: '*Kudos you gave*' }

export function listMessage(list: List, member: string, page: ListPage): Message {
  const { kudos, more, first } = page
  const last = kudos.at(-1)
  const turns: Button[] = [
    ...(more && last ? [button(`kudos.${list}-older`, 'Older', writeCursor(last))] : []),
    ...(first ? [] : [button(`kudos.${list}-newest`, 'Newest', 'newest')]),
  ]
  const turning: KnownBlock[] = turns.length > 0 ? [actions(...turns)] : []
  if (kudos.length === 0) {
    const text = EMPTY[list][first ? 'first' : 'later']
    return { ...sentence(text), blocks: [section(text), ...turning] }
  }
  const title = `${TITLE[list]}${first ? ', newest first' : ', older'}`
  return {
    text: title,
    blocks: [
      section(title),
      ...kudos.flatMap((one) => (list === 'mine' ? received(one, member) : gave(one))),
      ...turning,
      ...(list === 'given' ? [context('Withdraw works at any time: the card and the notes are removed.')] : []),
    ],
  }
}

function received(kudos: Kudos, member: string): KnownBlock[] {
  const others = namedBeside(kudos, member)
  const together = others.length > 0 ? `, together with ${people(others)}` : ''
  const isPrivate = kudos.isPrivate || kudos.keptPrivate.includes(member)
  return [
    {
      ...section(`${isPrivate ? ':lock: ' : ''}From ${mention(kudos.giver)}${together}, ${when(kudos)}`),
      accessory: receivedMenu(kudos, member),
    },
    quote(readMarkup(kudos.reason)),
    ...details(kudos),
    // Several of these in one message: each block has its own id, so the same action_id is no clash.
    actions(button('kudos.pass-on', 'Pass it on', kudos.id)),
  ]
}

function gave(kudos: Kudos): KnownBlock[] {
  return [
    {
      ...section(`${kudos.isPrivate ? ':lock: ' : ''}To ${people(kudos.recipients)}, ${when(kudos)}`),
      accessory: button('kudos.withdraw', 'Withdraw', kudos.id),
    },
    quote(readMarkup(kudos.reason)),
    ...details(kudos),
  ]
}

const when = ({ givenAt }: Kudos) => moment(givenAt, '{date_short_pretty} at {time}')

const writeCursor = ({ givenAt, id }: Kudos) => `${givenAt.getTime()} ${id}`

/** Where a page goes on, from a button's value; null for the beginning. */
export function readCursor(value: string): Cursor | null {
  const [, givenAt = '', id = ''] = /^(\d{1,15}) (\S+)$/.exec(value) ?? []
  return isNaturalId(id) ? { givenAt: new Date(Number(givenAt)), id } : null
}
