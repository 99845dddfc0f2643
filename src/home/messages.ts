import type { KnownBlock } from '@slack/types'
import type { Kudos } from '../kudos/store.ts'
import { quote, readMarkup } from '../platform/markup.ts'

const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } })

/** The Home tab of one person: kudos they received, newest first, and whether they get notes. */
export function home(received: Kudos[], notes: boolean): KnownBlock[] {
  return [
    { type: 'header', text: { type: 'plain_text', text: 'Kudos to you' } },
    ...(received.length === 0
      ? [
          section(
            'Nothing here yet. Somebody will be glad to hear from you meanwhile: `/kudos @ann for staying late with the release`.',
          ),
        ]
      : received.flatMap((kudos): KnownBlock[] => [section(line(kudos)), quote(readMarkup(kudos.reason))])),
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

function line(kudos: Kudos): string {
  const seconds = Math.floor(kudos.givenAt.getTime() / 1000)
  const day = kudos.givenAt.toISOString().slice(0, 10)
  const where = kudos.saidIn ? ` in <#${kudos.saidIn}>` : ''
  return `:sparkles: From <@${kudos.giver}>${where}, <!date^${seconds}^{date_short_pretty}|${day}>`
}
