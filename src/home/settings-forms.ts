/** The settings as admins see them: one form a section, and how each comes back. */
import type { InputBlock } from '@slack/types'
import { context, input, option, section, select, tickBox } from '../platform/blocks.ts'
import { type FormErrors, type FormState, field, isTicked } from '../platform/form.ts'
import type { Modal } from '../platform/slack.ts'
import { channelField, type Found, withFound } from '../workspace/channel-field.ts'
import { parseSetting, type Rhythm, type SettingKey } from '../workspace/settings.ts'
import type { Settings } from '../workspace/settings-store.ts'
import { teamsFields } from './team-forms.ts'

export const SECTIONS = ['workspace', 'kudos', 'teams', 'check-ins', 'digest'] as const
export type Section = (typeof SECTIONS)[number]

export const settingsForm = (name: Section): string => `settings.${name}-form`

const TITLE: Record<Section, string> = {
  workspace: 'Workspace',
  kudos: 'Kudos',
  teams: 'Teams',
  'check-ins': 'Check-ins',
  digest: 'Monthly digest',
}

const EVERY = [option('Every week', 'week'), option('Every two weeks', 'two weeks'), option('Every month', 'month')]
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((name, index) =>
  option(name, String(index + 1)),
)
const ANSWER_HOURS = [option('One day', '24'), option('Two days', '48'), option('Three days', '72')]

/** What the workspace has to choose from. */
export interface Choices {
  /** The zones that its people are in, the most usual first. */
  zones: string[]
  groups: { id: string; name: string }[]
  /** The fields of profiles; null where the app may not read them. */
  fields: { id: string; label: string }[] | null
}

export function sectionForm(name: Section, settings: Settings, choices: Choices, found: Found | null = null): Modal {
  return {
    callbackId: settingsForm(name),
    title: TITLE[name],
    submit: 'Save',
    close: 'Cancel',
    blocks: withFound(FIELDS[name](settings, choices), found),
  }
}

const FIELDS: Record<Section, (settings: Settings, choices: Choices) => Modal['blocks']> = {
  workspace: (settings, { zones }) => {
    const stored = settings['workspace.zone']
    // Before anybody has said, it is most likely the zone that most people are in.
    const zone = stored === 'UTC' && !settings['setup.done'] ? (zones[0] ?? stored) : stored
    const known = [...new Set([zone, ...zones])].slice(0, 100)
    return [
      input(
        'Time zone',
        'zone',
        select(
          known.map((name) => option(name, name)),
          zone,
        ),
        { hint: 'Days, weeks and months begin by it.' },
      ),
      input(
        'Who else decides',
        'admins',
        {
          type: 'multi_users_select',
          max_selected_items: 20,
          ...(settings.admins.length > 0 ? { initial_users: settings.admins } : {}),
        },
        { optional: true, hint: 'Slack’s own admins and owners always can.' },
      ),
      input(
        'Once the app is removed, delete everything after days',
        'keep',
        text(String(settings['workspace.keep-days'])),
        {
          hint: 'Until then, adding the app again brings everything back.',
        },
      ),
    ]
  },
  kudos: (settings) => [
    channelField('Kudos channel', settings['kudos.channel'], {
      hint: 'Kudos from private places can be shown there, if their giver wants it.',
      optional: true,
    }),
    input('Values', 'values', text(settings['kudos.values'].join(', ')), {
      optional: true,
      hint: 'Single words that a kudos can be tagged with, such as teamwork, craft.',
    }),
    input('Kudos a day for each person', 'limit', text(String(settings['kudos.daily-limit'] ?? '')), {
      optional: true,
      hint: 'Empty: as many as they like.',
    }),
    input(
      'Months until the words of kudos are forgotten',
      'keep',
      text(String(settings['kudos.keep-words-months'] ?? '')),
      {
        optional: true,
        hint: 'Empty: never. That there was a kudos stays; messages in Slack are kept by Slack.',
      },
    ),
  ],
  teams: teamsFields,
  'check-ins': (settings) => {
    const rhythm = settings['check-ins.rhythm']
    return [
      input('How often', 'every', select(EVERY, rhythm.every)),
      input('On', 'weekday', select(WEEKDAYS, String(rhythm.weekday))),
      input('At', 'time', { type: 'timepicker', initial_time: rhythm.time }),
      input('Time to answer', 'answer', select(ANSWER_HOURS, String(rhythm.answerHours))),
      input(
        'Days until people are asked how it went',
        'follow-up',
        text(String(settings['check-ins.follow-up-days'])),
        {
          hint: 'Counted from the day two people were introduced.',
        },
      ),
      input('Guests', 'guests', tickBox('Guests may join', settings['check-ins.guests']), { optional: true }),
      context(`In the workspace’s zone, ${settings['workspace.zone']}. Guests of a single channel never take part.`),
    ]
  },
  digest: (settings) => [
    section('Once a month: whether the workspace is getting closer together. Nobody is named or ranked in it.'),
    input(
      'People who get it',
      'people',
      {
        type: 'multi_users_select',
        max_selected_items: 20,
        ...(settings['digest.people'].length > 0 ? { initial_users: settings['digest.people'] } : {}),
      },
      { optional: true },
    ),
    channelField('Or a channel', settings['digest.channel'], { optional: true }),
  ],
}

const text = (initial: string): InputBlock['element'] => ({
  type: 'plain_text_input',
  max_length: 700,
  ...(initial === '' ? {} : { initial_value: initial }),
})

export interface FilledSection {
  values: Partial<Settings>
  /** The channels chosen, by the field they were chosen in: the app has to be in each. */
  channels: Record<string, string[]>
}

/** Reads a form as it comes back; what is wrong with it comes by field. */
export function readSection(name: Section, state: FormState): FilledSection | { errors: FormErrors } {
  switch (name) {
    case 'workspace':
      return check({
        'workspace.zone': ['zone', field(state, 'zone').selected_option?.value ?? null],
        admins: ['admins', list(field(state, 'admins').selected_users)],
        // A form that was opened by an older process has no such field, and changes nothing of it.
        ...('keep' in state ? { 'workspace.keep-days': ['keep', field(state, 'keep').value?.trim() || null] } : {}),
      })
    case 'kudos':
      return check(
        {
          'kudos.channel': ['channel', field(state, 'channel').selected_channel ?? null],
          'kudos.values': ['values', field(state, 'values').value?.trim() || null],
          'kudos.daily-limit': ['limit', field(state, 'limit').value?.trim() || null],
          ...('keep' in state
            ? { 'kudos.keep-words-months': ['keep', field(state, 'keep').value?.trim() || null] }
            : {}),
        },
        { channel: one(field(state, 'channel').selected_channel) },
      )
    case 'teams':
      return check({
        'teams.groups': ['groups', list((field(state, 'groups').selected_options ?? []).map(({ value }) => value))],
        ...('field' in state ? { 'teams.field': ['field', field(state, 'field').selected_option?.value ?? null] } : {}),
      })
    case 'check-ins':
      return check({
        'check-ins.rhythm': ['every', JSON.stringify(readRhythm(state))],
        'check-ins.guests': ['guests', String(isTicked(state, 'guests'))],
        ...('follow-up' in state
          ? { 'check-ins.follow-up-days': ['follow-up', field(state, 'follow-up').value?.trim() || null] }
          : {}),
      })
    case 'digest':
      return check(
        {
          'digest.people': ['people', list(field(state, 'people').selected_users)],
          'digest.channel': ['channel', field(state, 'channel').selected_channel ?? null],
        },
        { channel: one(field(state, 'channel').selected_channel) },
      )
  }
}

const list = (ids: string[] | undefined) => (ids && ids.length > 0 ? ids.join(',') : null)
const one = (id: string | null | undefined) => (id ? [id] : [])

const readRhythm = (state: FormState): Partial<Rhythm> => ({
  every: field(state, 'every').selected_option?.value as Rhythm['every'],
  weekday: Number(field(state, 'weekday').selected_option?.value),
  time: field(state, 'time').selected_time ?? '',
  answerHours: Number(field(state, 'answer').selected_option?.value),
})

/** By setting: the field it stands in, and what was set, as an operator would type it; null empties it. */
function check(
  given: Partial<Record<SettingKey, [field: string, text: string | null]>>,
  channels: Record<string, string[]> = {},
): FilledSection | { errors: FormErrors } {
  const errors: FormErrors = {}
  const values: Record<string, unknown> = {}
  for (const [key, [name, typed]] of Object.entries(given)) {
    const parsed = parseSetting(key, typed ?? 'none')
    if (parsed.ok) values[key] = parsed.value
    else errors[name] = sentenceOf(parsed.problem.slice(key.length + 1))
  }
  return Object.keys(errors).length > 0 ? { errors } : { values: values as Partial<Settings>, channels }
}

const sentenceOf = (problem: string) => `This ${problem}`
