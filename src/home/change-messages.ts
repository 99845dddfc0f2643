/** Who changed which setting, from what to what. */
import { moment, section } from '../platform/blocks.ts'
import { escapeText } from '../platform/markup.ts'
import type { Modal } from '../platform/slack.ts'
import { isStandIn, mention, mentionFirst } from '../platform/stand-in.ts'
import type { Rhythm, SettingKey } from '../workspace/settings.ts'
import type { SettingChange } from '../workspace/settings-store.ts'

export const CHANGES_LISTED = 40

export const changesModal = (changes: SettingChange[]): Modal => ({
  callbackId: 'settings.changes-form',
  title: 'Changes',
  close: 'Close',
  blocks:
    changes.length === 0 ? [section('Nothing was changed yet.')] : changes.map((change) => section(changeLine(change))),
})

const NAMES: Record<SettingKey | 'teams.person' | 'prompts.channel', string> = {
  'workspace.zone': 'the time zone',
  admins: 'who else decides',
  'workspace.keep-days': 'for how long data are kept after the app was removed',
  'setup.done': 'the setup',
  'teams.groups': 'the user groups that are teams',
  'teams.field': 'the profile field with the team',
  'teams.person': 'somebody’s team',
  'prompts.channel': 'a weekly prompt',
  'check-ins.rhythm': 'the rhythm of check-ins',
  'check-ins.guests': 'whether guests may join check-ins',
  'check-ins.follow-up-days': 'the days until people are asked how it went',
  'digest.people': 'who gets the digest',
  'digest.channel': 'the channel of the digest',
  'kudos.channel': 'the kudos channel',
  'kudos.values': 'the values',
  'kudos.daily-limit': 'the daily limit',
  'kudos.keep-words-months': 'the months that the words of kudos are kept',
}

export function changeLine({ key, previous, value, by, at }: SettingChange): string {
  const who = by ? mentionFirst(by) : 'The operator'
  return `${who} changed ${NAMES[key as SettingKey] ?? key}, ${moment(at, '{date_short_pretty} at {time}')}: ${show(previous)} → ${show(value)}`
}

const WEEKDAYS = ['', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

const showRhythm = ({ every, weekday, time, answerHours }: Rhythm): string =>
  `every ${every}, on ${WEEKDAYS[weekday]} at ${time}, ${answerHours} hours to answer`

type PromptChannel = { channel: string; weekday: number; time: string; skippedWeeks: string[] }

const showPromptChannel = ({ channel, weekday, time, skippedWeeks }: PromptChannel): string =>
  `<#${channel}> on ${WEEKDAYS[weekday]} at ${time}${skippedWeeks.length > 0 ? `, without ${skippedWeeks.length} weeks` : ''}`

const isRhythm = (value: object): value is Rhythm => 'every' in value && 'weekday' in value

function show(value: unknown): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'none'
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (Array.isArray(value)) return value.slice(0, 5).map(show).join(', ') + (value.length > 5 ? '…' : '')
  if (typeof value === 'string' && /^C[A-Z0-9]+$/.test(value)) return `<#${value}>`
  if (typeof value === 'string' && /^S[A-Z0-9]{5,}$/.test(value)) return `<!subteam^${value}>`
  if (typeof value === 'string' && (/^[UW][A-Z0-9]{5,}$/.test(value) || isStandIn(value))) return mention(value)
  if (typeof value === 'object' && 'channel' in value) return showPromptChannel(value as PromptChannel)
  if (typeof value === 'object')
    return isRhythm(value) ? showRhythm(value) : escapeText(JSON.stringify(value).slice(0, 200))
  return escapeText(String(value))
}
