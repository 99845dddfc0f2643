import type { KnownBlock, SectionBlock } from '@slack/types'
import type { Preference } from '../kudos/preference-store.ts'
import type { Kudos } from '../kudos/store.ts'
import { button, header, moment, people, section } from '../platform/blocks.ts'
import { quote, readMarkup } from '../platform/markup.ts'

/** The Home tab of `person`: kudos they received, newest first, and how they want to have them. */
export function home(person: string, received: Kudos[], { notes, onlyMe }: Preference): KnownBlock[] {
  return [
    header('Kudos to you'),
    ...(received.length === 0
      ? [
          section(
            'Nothing here yet. You could be the first to say thanks: `/kudos @ann for staying late with the release`.',
          ),
        ]
      : received.flatMap((kudos): KnownBlock[] => [section(line(kudos, person)), quote(readMarkup(kudos.reason))])),
    { type: 'divider' },
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
  ]
}

const choice = (text: string, actionId: string, label: string, value: string): SectionBlock => ({
  ...section(text),
  accessory: button(actionId, label, value),
})

function line(kudos: Kudos, person: string): string {
  const isPrivate = kudos.isPrivate || kudos.keptPrivate.includes(person)
  const where = kudos.saidIn && !isPrivate ? ` in <#${kudos.saidIn}>` : ''
  const others = kudos.recipients.filter((id) => id !== person)
  const together = others.length > 0 ? `, together with ${people(others)}` : ''
  return `${isPrivate ? ':lock:' : ':sparkles:'} From <@${kudos.giver}>${where}${together}, ${moment(kudos.givenAt, '{date_short_pretty}')}`
}
