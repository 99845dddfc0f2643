import { isStandIn } from '../platform/stand-in.ts'
import type { Kudos } from './store.ts'

type Shown = Pick<Kudos, 'isPrivate' | 'recipients' | 'keptPrivate'>

/** Whom a note or a list names beside the one who reads it: neither who keeps it private nor who was erased. */
export const namedBeside = ({ recipients, keptPrivate }: Omit<Shown, 'isPrivate'>, reader: string): string[] =>
  recipients.filter((id) => id !== reader && !keptPrivate.includes(id) && !isStandIn(id))

/** Whom a card of this kudos names. Without anybody there is no card. */
export function shownRecipients({ isPrivate, recipients, keptPrivate }: Shown): string[] {
  return isPrivate ? [] : recipients.filter((id) => !keptPrivate.includes(id) && !isStandIn(id))
}
