import type { Kudos } from './store.ts'

type Shown = Pick<Kudos, 'isPrivate' | 'recipients' | 'keptPrivate'>

/** Whom a card of this kudos names. Without anybody there is no card. */
export function shownRecipients({ isPrivate, recipients, keptPrivate }: Shown): string[] {
  return isPrivate ? [] : recipients.filter((id) => !keptPrivate.includes(id))
}
