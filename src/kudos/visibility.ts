import type { Kudos } from './store.ts'

type Shown = Pick<Kudos, 'isPrivate' | 'recipients' | 'keptPrivate'>

/** Whom a note or a list names beside the one who reads it: those who keep it to themselves are on neither. */
export const namedBeside = ({ recipients, keptPrivate }: Omit<Shown, 'isPrivate'>, reader: string): string[] =>
  recipients.filter((id) => id !== reader && !keptPrivate.includes(id))

/** Whom a card of this kudos names. Without anybody there is no card. */
export function shownRecipients({ isPrivate, recipients, keptPrivate }: Shown): string[] {
  return isPrivate ? [] : recipients.filter((id) => !keptPrivate.includes(id))
}
