/** The forms with which people decide about their own part, and how they come back. */
import type { InputBlock } from '@slack/types'
import { context, input, option, plain, section, tickBox } from '../platform/blocks.ts'
import { type FormErrors, type FormState, field, isTicked } from '../platform/form.ts'
import { escapeText } from '../platform/markup.ts'
import type { Modal } from '../platform/slack.ts'
import type { Participation, WorkingHours } from '../workspace/participation.ts'
import { MAX_TEAM_NAME, type Team, type TeamSource, teamName } from '../workspace/team.ts'
import { MOST_AVOIDED } from './acts.ts'
import type { PauseUntil } from './command.ts'

export const JOIN_FORM = 'home.join-form'
export const PAUSE_FORM = 'home.pause-form'
export const HOURS_FORM = 'home.hours-form'
export const AVOID_FORM = 'home.avoid-form'
export const TEAM_FORM = 'home.team-form'
export const FEEDBACK_FORM = 'home.feedback-form'

/** `example` is somebody of another team to show what a check-in looks like, or null. */
export function joinForm(person: string, example: string | null, team: Team | null): Modal {
  const partner = example ? `<@${example}>` : 'somebody from another team'
  return {
    callbackId: JOIN_FORM,
    title: 'Join check-ins',
    submit: 'Join',
    close: 'Not now',
    blocks: [
      section(
        'A check-in is *15 minutes* with a coworker from another team, as often as this workspace does them. You are asked each time; both say yes, or nothing happens.',
      ),
      section(
        `>For example: _<@${person}>, meet ${partner}. A question to start with: what is something small that made your week better?_`,
      ),
      ...(team ? [] : [teamInput(null, { optional: true })]),
      context('You can pause, skip a round or leave at any time, on the Home tab. Nobody else sees that you did.'),
    ],
  }
}

const teamInput = (initial: string | null, options: { optional?: boolean } = {}): InputBlock =>
  input(
    'Which team are you on?',
    'team',
    {
      type: 'plain_text_input',
      max_length: MAX_TEAM_NAME,
      placeholder: plain('Platform, Design, Customer care…'),
      ...(initial ? { initial_value: initial } : {}),
    },
    { hint: 'So that you meet people of other teams.', ...options },
  )

export const readTeam = (state: FormState): string | null => teamName(field(state, 'team').value ?? '')

const SOURCE: Record<TeamSource, string> = {
  admin: 'An admin set it. Ask them if it is another one by now.',
  group: 'It comes from a user group in Slack.',
  field: 'It comes from your profile in Slack.',
  self: 'You said so.',
}

export const teamSource = (source: TeamSource): string => SOURCE[source]

export function teamForm(team: Team | null): Modal {
  const fixed = team?.source === 'admin'
  return {
    callbackId: TEAM_FORM,
    title: 'Your team',
    ...(fixed ? {} : { submit: 'Save' }),
    close: 'Close',
    blocks: [
      ...(team ? [section(`*${escapeText(team.name)}*. ${SOURCE[team.source]}`)] : []),
      ...(fixed ? [] : [teamInput(team?.source === 'self' ? team.name : null, { optional: true })]),
      ...(team && !fixed && team.source !== 'self'
        ? [context('What Slack says of your team counts before what you say here.')]
        : []),
    ],
  }
}

const PAUSES: [text: string, value: string][] = [
  ['One week', '7'],
  ['Two weeks', '14'],
  ['A month', '30'],
  ['Until a date', 'date'],
  ['Until I say so', 'open'],
]

export function pauseForm(): Modal {
  const options = PAUSES.map(([text, value]) => option(text, value))
  return {
    callbackId: PAUSE_FORM,
    title: 'Pause check-ins',
    submit: 'Pause',
    close: 'Cancel',
    blocks: [
      input('For how long?', 'span', {
        type: 'radio_buttons',
        options,
        initial_option: options[1] as (typeof options)[number],
      }),
      input('Until this day', 'date', { type: 'datepicker' }, { optional: true }),
      context('From now on nothing comes, also of what is planned already. Nobody else sees why.'),
    ],
  }
}

export function readPauseForm(state: FormState): PauseUntil | { errors: FormErrors } {
  const span = field(state, 'span').selected_option?.value
  const date = field(state, 'date').selected_date
  if (span === 'open') return 'until I say so'
  if (span === 'date') return date ? { date } : { errors: { date: 'Choose the day on which it goes on.' } }
  return { days: Number(span) || 14 }
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((name, index) =>
  option(name, String(index + 1)),
)

export function hoursForm({ hours, readsStatus }: Participation): Modal {
  const days = DAYS.filter(({ value }) => hours.days.includes(Number(value)))
  return {
    callbackId: HOURS_FORM,
    title: 'Working hours',
    submit: 'Save',
    close: 'Cancel',
    blocks: [
      input('On which days?', 'days', {
        type: 'checkboxes',
        options: DAYS,
        ...(days.length > 0 ? { initial_options: days } : {}),
      }),
      input('From', 'from', { type: 'timepicker', initial_time: clock(hours.from) }),
      input('Until', 'until', { type: 'timepicker', initial_time: clock(hours.until) }),
      input('Away', 'status', tickBox('When my Slack status says I am away, do not ask me', readsStatus), {
        optional: true,
      }),
      context('In your own time zone, as Slack knows it. Times are suggested within these hours.'),
    ],
  }
}

/** Minutes from midnight as 09:30. */
export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const SHORTEST_DAY = 60

export function readHoursForm(
  state: FormState,
): { hours: WorkingHours; readsStatus: boolean } | { errors: FormErrors } {
  const chosen = (field(state, 'days').selected_options ?? []).map(({ value }) => value)
  const days = DAYS.filter(({ value }) => chosen.includes(value)).map(({ value }) => Number(value))
  const [from, until] = ['from', 'until'].map((name) => readClock(field(state, name).selected_time))
  if (days.length === 0) return { errors: { days: 'Choose at least one day.' } }
  if (from === undefined || until === undefined || until - from < SHORTEST_DAY) {
    return { errors: { until: 'Choose an hour or more: the end comes after the beginning.' } }
  }
  return { hours: { days, from, until }, readsStatus: isTicked(state, 'status') }
}

function readClock(time: string | null | undefined): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time ?? '')
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined
}

export function avoidForm(avoided: string[]): Modal {
  return {
    callbackId: AVOID_FORM,
    title: 'People I avoid',
    submit: 'Save',
    close: 'Cancel',
    blocks: [
      section(
        'You and the people named here are never brought together. Only you see this list: no admin, and none of them; nothing they see differs because of it.',
      ),
      input(
        'Not with',
        'people',
        {
          type: 'multi_users_select',
          // Somebody who was forgotten and came back is on it beside the most that can be chosen.
          max_selected_items: Math.max(MOST_AVOIDED, avoided.length),
          ...(avoided.length > 0 ? { initial_users: avoided } : {}),
        },
        { optional: true },
      ),
    ],
  }
}

export function feedbackForm(): Modal {
  return {
    callbackId: FEEDBACK_FORM,
    title: 'Feedback',
    submit: 'Send',
    close: 'Cancel',
    blocks: [
      section('What do you think of Small Acts here? The admins of this workspace get it, with your name.'),
      input('Your words', 'text', {
        type: 'plain_text_input',
        multiline: true,
        max_length: 1_000,
        focus_on_load: true,
      }),
    ],
  }
}
