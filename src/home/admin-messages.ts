/** What admins see on the Home tab beside everything else: the setup, the settings, and who changed them. */
import type { KnownBlock } from '@slack/types'
import { actions, button, context, header, moment, section } from '../platform/blocks.ts'
import { escapeText } from '../platform/markup.ts'
import type { Rhythm, SettingKey } from '../workspace/settings.ts'
import type { SettingChange, Settings } from '../workspace/settings-store.ts'
import type { HomePerson } from './home-store.ts'
import type { Section } from './settings-forms.ts'

interface Step {
  done: boolean
  text: string
  button: { text: string; actionId: string } | null
}

/** What is set up and what is not, in the order that makes sense. */
export function steps({ settings, channels, prompts }: Pick<HomePerson, 'settings' | 'channels' | 'prompts'>): Step[] {
  const toOpen = (section: Section | 'prompts') => ({ text: 'Choose…', actionId: `settings.${section}` })
  return [
    {
      done: settings['workspace.zone'] !== 'UTC',
      text: `The workspace’s time zone: ${settings['workspace.zone']}.`,
      button: toOpen('workspace'),
    },
    {
      done: channels > 0,
      text:
        channels > 0
          ? `Small Acts is in ${channels === 1 ? 'one channel' : `${channels} channels`}; \`/invite @Small Acts\` brings it into more.`
          : 'Invite Small Acts to the channels where cards should appear: write `/invite @Small Acts` there.',
      button: null,
    },
    {
      done: settings['kudos.channel'] !== null,
      text: settings['kudos.channel']
        ? `Kudos from private places can be shown in <#${settings['kudos.channel']}>.`
        : 'A channel where kudos from private places can be shown.',
      button: toOpen('kudos'),
    },
    {
      done: settings['teams.groups'].length > 0,
      text:
        settings['teams.groups'].length > 0
          ? `Teams come from ${settings['teams.groups'].length === 1 ? 'one user group' : `${settings['teams.groups'].length} user groups`}.`
          : 'Where teams come from, so that check-ins bring different ones together.',
      button: toOpen('teams'),
    },
    {
      done: prompts.channels > 0,
      text:
        prompts.channels > 0
          ? `A weekly prompt in ${prompts.channels === 1 ? 'one channel' : `${prompts.channels} channels`}.`
          : 'A weekly prompt, in the channels that want one.',
      button: toOpen('prompts'),
    },
    {
      done: settings['digest.people'].length > 0 || settings['digest.channel'] !== null,
      text: `The monthly digest goes to ${digestTo(settings)}.`,
      button: toOpen('digest'),
    },
  ]
}

const digestTo = (settings: Settings): string =>
  [
    ...settings['digest.people'].map((id) => `<@${id}>`),
    ...(settings['digest.channel'] ? [`<#${settings['digest.channel']}>`] : []),
  ].join(', ') || 'nobody yet'

/** Until an admin says that it is enough, what is missing comes first. */
export function setupPart(person: HomePerson): KnownBlock[] {
  if (!person.isAdmin || person.settings['setup.done']) return []
  const all = steps(person)
  const missing = all.filter(({ done }) => !done).length
  return [
    header('Set up Small Acts'),
    section(
      missing === 0
        ? 'Everything is chosen. You can change it at any time.'
        : `${missing === 1 ? 'One thing is' : `${missing} things are`} still open. None of them is needed for \`/kudos\` to work.`,
    ),
    ...all.map((step): KnownBlock => {
      const line = section(`${step.done ? ':white_check_mark:' : ':white_circle:'} ${step.text}`)
      return step.button
        ? {
            ...line,
            accessory: button(step.button.actionId, step.button.text, 'setup'),
          }
        : line
    }),
    actions(button('settings.setup-done', missing === 0 ? 'Done' : 'That is enough for now', 'done')),
    { type: 'divider' },
  ]
}

/** The settings, a test of what goes out, and the last changes with who made them. */
export function settingsPart({ isAdmin, changes, prompts }: HomePerson): KnownBlock[] {
  if (!isAdmin) return []
  return [
    { type: 'divider' },
    header('For admins'),
    actions(
      button('settings.kudos', 'Kudos…', 'form'),
      button('settings.teams', 'Teams…', 'form'),
      button('settings.check-ins', 'Check-ins…', 'form'),
      button('settings.prompts', 'Weekly prompt…', 'form'),
      button('settings.digest', 'Digest…', 'form'),
      button('settings.workspace', 'Zone and admins…', 'form'),
    ),
    actions(
      button('kudos.test', 'Send me a test kudos', 'note'),
      button('digest.test', 'Send me a test digest', 'digest'),
    ),
    ...(prompts.next
      ? [
          context(
            `Next weekly prompt: in <#${prompts.next.channel}>, ${moment(prompts.next.at, '{date_short_pretty} at {time}')}. *Weekly prompt…* shows which one.`,
          ),
        ]
      : []),
    ...(changes.length > 0 ? [context(`Last changes:\n${changes.map(changeLine).join('\n')}`)] : []),
  ]
}

const NAMES: Record<SettingKey | 'prompts.channel', string> = {
  'workspace.zone': 'the time zone',
  admins: 'who else decides',
  'setup.done': 'the setup',
  'teams.groups': 'the user groups that are teams',
  'prompts.channel': 'a weekly prompt',
  'check-ins.rhythm': 'the rhythm of check-ins',
  'check-ins.guests': 'whether guests may join check-ins',
  'digest.people': 'who gets the digest',
  'digest.channel': 'the channel of the digest',
  'kudos.channel': 'the kudos channel',
  'kudos.values': 'the values',
  'kudos.daily-limit': 'the daily limit',
}

function changeLine({ key, previous, value, by, at }: SettingChange): string {
  const who = by ? `<@${by}>` : 'The operator'
  return `${who} changed ${NAMES[key as SettingKey] ?? key}, ${moment(at, '{date_short_pretty}')}: ${show(previous)} → ${show(value)}`
}

const WEEKDAYS = ['', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

const showRhythm = ({ every, weekday, time, answerHours }: Rhythm): string =>
  `every ${every}, on ${WEEKDAYS[weekday]} at ${time}, ${answerHours} hours to answer`

type PromptChannel = { channel: string; weekday: number; time: string; skippedWeeks: string[] }

const showPromptChannel = ({ channel, weekday, time, skippedWeeks }: PromptChannel): string =>
  `<#${channel}> on ${WEEKDAYS[weekday]} at ${time}${skippedWeeks.length > 0 ? `, without ${skippedWeeks.length} weeks` : ''}`

function show(value: unknown): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'none'
  if (Array.isArray(value)) return value.slice(0, 5).map(show).join(', ') + (value.length > 5 ? '…' : '')
  if (typeof value === 'string' && /^C[A-Z0-9]+$/.test(value)) return `<#${value}>`
  if (typeof value === 'string' && /^[UW][A-Z0-9]{5,}$/.test(value)) return `<@${value}>`
  if (typeof value === 'object' && 'channel' in value) return showPromptChannel(value as PromptChannel)
  if (typeof value === 'object') return showRhythm(value as Rhythm)
  return escapeText(String(value))
}
