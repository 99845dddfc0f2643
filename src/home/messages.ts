import type { KnownBlock } from '@slack/types'
import type { Kudos } from '../kudos/store.ts'
import { button, moment, people, section } from '../platform/blocks.ts'
import { quote, readMarkup } from '../platform/markup.ts'

/** The Home tab of `person`: kudos they received, newest first, and whether they get notes. */
export function home(person: string, received: Kudos[], notes: boolean): KnownBlock[] {
  return [
    { type: 'header', text: { type: 'plain_text', text: 'Kudos to you' } },
    ...(received.length === 0
      ? [
          section(
            'Nothing here yet. You could be the first to say thanks: `/kudos @ann for staying late with the release`.',
          ),
        ]
      : received.flatMap((kudos): KnownBlock[] => [section(line(kudos, person)), quote(readMarkup(kudos.reason))])),
    { type: 'divider' },
    {
      ...section(
        notes
          ? '*Notes are on.* You get a message when a coworker thanks you.'
          : '*Notes are off.* Kudos to you show here only.',
      ),
      accessory: notes ? button('home.notes', 'Stop notes', 'off') : button('home.notes', 'Send me notes', 'on'),
    },
  ]
}

function line(kudos: Kudos, person: string): string {
  const where = kudos.saidIn ? ` in <#${kudos.saidIn}>` : ''
  const others = kudos.recipients.filter((id) => id !== person)
  const together = others.length > 0 ? `, together with ${people(others)}` : ''
  return `:sparkles: From <@${kudos.giver}>${where}${together}, ${moment(kudos.givenAt, '{date_short_pretty}')}`
}
