/** What is set up and what is not, as admins see it on the Home tab until they say that it is enough. */
import type { KnownBlock } from '@slack/types'
import { actions, button, context, header, section } from '../platform/blocks.ts'
import type { Modal } from '../platform/slack.ts'
import { OPTIONAL_SCOPES } from '../workspace/scopes.ts'
import type { Settings } from '../workspace/settings-store.ts'
import type { HomePerson } from './home-store.ts'

interface Step {
  done: boolean
  text: string
  /** What its button does, and says. */
  action: string
  label: string
}

const count = (number: number, one: string, many: string) => (number === 1 ? one : `${number} ${many}`)

/** In the order that makes sense. */
export function steps({ settings, channels, prompts }: Pick<HomePerson, 'settings' | 'channels' | 'prompts'>): Step[] {
  const zone = settings['workspace.zone']
  const { admins } = settings
  const groups = settings['teams.groups'].length
  const hasTeams = groups > 0 || settings['teams.field'] !== null
  const choose = (section: string) => ({ action: `settings.${section}`, label: 'Choose…' })
  return [
    {
      // Nobody else may be just what they want.
      done: zone !== 'UTC' || admins.length > 0,
      text: `The workspace’s time zone: ${zone}. Beside Slack’s own admins and owners, ${
        admins.length > 0
          ? count(admins.length, 'one more person decides', 'more people decide')
          : 'nobody else decides'
      }.`,
      ...choose('workspace'),
    },
    {
      done: channels > 0,
      text:
        channels > 0
          ? `Small Acts is in ${count(channels, 'one channel', 'channels')}. Cards are shown there.`
          : 'Small Acts is in no channel yet. Cards are shown where it was invited.',
      action: 'settings.channels',
      label: 'How to…',
    },
    {
      done: settings['kudos.channel'] !== null,
      text: settings['kudos.channel']
        ? `Kudos from private places can be shown in <#${settings['kudos.channel']}>.`
        : 'A channel where kudos from private places can be shown.',
      ...choose('kudos'),
    },
    {
      done: hasTeams,
      text: hasTeams
        ? `Teams come from ${[
            ...(groups > 0 ? [count(groups, 'one user group', 'user groups')] : []),
            ...(settings['teams.field'] === null ? [] : ['a field of people’s profiles']),
          ].join(' and ')}.`
        : 'Where teams come from, so that check-ins bring different ones together.',
      ...choose('teams'),
    },
    {
      done: prompts.channels > 0,
      text:
        prompts.channels > 0
          ? `A weekly prompt in ${count(prompts.channels, 'one channel', 'channels')}.`
          : 'A weekly prompt, in the channels that want one.',
      ...choose('prompts'),
    },
    {
      done: settings['digest.people'].length > 0 || settings['digest.channel'] !== null,
      text: `The monthly digest goes to ${digestTo(settings)}.`,
      ...choose('digest'),
    },
  ]
}

const digestTo = (settings: Settings): string =>
  [
    ...settings['digest.people'].map((id) => `<@${id}>`),
    ...(settings['digest.channel'] ? [`<#${settings['digest.channel']}>`] : []),
  ].join(', ') || 'nobody yet'

export function setupPart(person: HomePerson): KnownBlock[] {
  if (!person.isAdmin || person.settings['setup.done']) return []
  const all = steps(person)
  const missing = all.filter(({ done }) => !done).length
  return [
    header('Set up Small Acts'),
    section(
      missing === 0
        ? 'Everything is chosen. You can change it at any time.'
        : `${missing === 1 ? 'One thing is' : `${missing} things are`} still open. \`/kudos\` works without.`,
    ),
    ...all.map(
      ({ done, text, action, label }, index): KnownBlock => ({
        ...section(`${done ? ':white_check_mark:' : ':white_circle:'} ${text}`),
        accessory: button(action, label, `setup ${index}`),
      }),
    ),
    ...missingScopes(person),
    actions(button('settings.setup-done', missing === 0 ? 'Done' : 'That is enough for now', 'done')),
    { type: 'divider' },
  ]
}

/** What would be possible with more scopes, and how to get them. */
export function missingScopes({ scopes }: Pick<HomePerson, 'scopes'>): KnownBlock[] {
  const missing = OPTIONAL_SCOPES.filter(({ scope }) => !scopes.includes(scope))
  if (missing.length === 0) return []
  return [
    ...missing.map(({ scope, adds }) => section(`:heavy_plus_sign: With the optional scope \`${scope}\`, ${adds}.`)),
    context(
      'Whoever installed Small Acts adds them on api.slack.com/apps under *OAuth & Permissions*, and installs the app anew.',
    ),
    actions(button('settings.look-again', 'Look again', 'scopes')),
  ]
}

export const CHANNELS_LISTED = 30

/** How to bring the app into channels, and where it is. */
export const channelsModal = (channels: string[]): Modal => ({
  callbackId: 'settings.channels-form',
  title: 'Channels',
  close: 'Close',
  blocks: [
    section(
      'Go to a channel and write `/invite @Small Acts`. It says hello there once; from then on kudos said there show a card. Everywhere else only the people thanked hear of them.',
    ),
    section(
      channels.length === 0
        ? 'It is in no channel yet.'
        : `It is in ${channels.map((id) => `<#${id}>`).join(', ')}${channels.length === CHANNELS_LISTED ? ' and more' : ''}.`,
    ),
  ],
})
