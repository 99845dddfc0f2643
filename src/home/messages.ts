import type { KnownBlock } from '@slack/types'
import type { Kudos } from '../kudos/store.ts'
import { quote, readMarkup } from '../platform/markup.ts'

const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } })

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
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: notes
          ? '*Notes are on.* You get a message when a coworker thanks you.'
          : '*Notes are off.* Kudos to you show here only.',
      },
      accessory: {
        type: 'button',
        action_id: 'home.notes',
        text: { type: 'plain_text', text: notes ? 'Stop notes' : 'Send me notes' },
        value: notes ? 'off' : 'on',
      },
    },
  ]
}

function line(kudos: Kudos, person: string): string {
  const seconds = Math.floor(kudos.givenAt.getTime() / 1000)
  const day = kudos.givenAt.toISOString().slice(0, 10)
  const where = kudos.saidIn ? ` in <#${kudos.saidIn}>` : ''
  const others = kudos.recipients.filter((id) => id !== person).map((id) => `<@${id}>`)
  const together = others.length > 0 ? `, together with ${others.join(', ')}` : ''
  return `:sparkles: From <@${kudos.giver}>${where}${together}, <!date^${seconds}^{date_short_pretty}|${day}>`
}
