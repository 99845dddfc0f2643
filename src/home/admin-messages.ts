/** What admins see on the Home tab beside everything else: the settings, tests of what goes out, and the last changes. */
import type { KnownBlock } from '@slack/types'
import { actions, button, context, header, moment, section } from '../platform/blocks.ts'
import { changeLine } from './change-messages.ts'
import { missingScopes } from './checklist.ts'
import { coming, comingText } from './coming.ts'
import type { HomePerson } from './home-store.ts'

export function settingsPart(person: HomePerson, now: Date): KnownBlock[] {
  const { isAdmin, changes, readAt, settings } = person
  if (!isAdmin) return []
  return [
    { type: 'divider' },
    header('For admins'),
    actions(
      button('settings.kudos', 'Kudos…', 'form'),
      button('settings.teams', 'Teams…', 'form'),
      button('settings.person-team', 'People’s teams…', 'form'),
      button('settings.check-ins', 'Check-ins…', 'form'),
      button('settings.prompts', 'Weekly prompt…', 'form'),
      button('settings.digest', 'Digest…', 'form'),
      button('settings.workspace', 'Zone and admins…', 'form'),
      button('settings.channels', 'Channels…', 'list'),
    ),
    actions(
      button('kudos.test', 'Send me a test kudos', 'note'),
      button('check-ins.test', 'Send me a test check-in', 'proposal'),
      button('digest.test', 'Send me a test digest', 'digest'),
    ),
    section(comingText(coming(person, now))),
    // While the setup is open, they are in it.
    ...(settings['setup.done'] ? missingScopes(person) : []),
    ...(changes.length > 0
      ? [
          context(`Last changes:\n${changes.map(changeLine).join('\n')}`),
          actions(button('settings.changes', 'All changes…', 'list')),
        ]
      : []),
    context(
      readAt
        ? `Everybody in this workspace was looked up ${moment(readAt, '{date_short_pretty} at {time}')}, and is again every day; what changes in between, Slack tells.`
        : 'Everybody in this workspace is being looked up right now.',
    ),
  ]
}
