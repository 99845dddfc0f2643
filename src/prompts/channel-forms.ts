/** What admins see of the weekly prompt: the channels, what comes next in each, and the form of one. */
import type { KnownBlock } from '@slack/types'
import { DateTime } from 'luxon'
import {
  actions,
  button,
  context,
  input,
  moment,
  type Option,
  option,
  overflow,
  section,
  select,
  tickBox,
} from '../platform/blocks.ts'
import { type FormErrors, type FormState, field, isTicked } from '../platform/form.ts'
import { headline, readMarkup } from '../platform/markup.ts'
import type { Modal } from '../platform/slack.ts'
import { channelField, type Found, withFound } from '../workspace/channel-field.ts'
import { LANGUAGES } from './library.ts'
import type { ChannelPlan, Next, Prompt } from './planning.ts'
import { isoWeek } from './schedule.ts'

export const CHANNEL_FORM = 'prompts.channel-form'
export const CHANNEL_LIST = 'prompts.channels'
/** Channels on one page of the list. */
export const PAGE = 10

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const KINDS = [
  option('Thank-yous and small acts in turn', 'alternating'),
  option('Thank-yous only', 'appreciation'),
  option('Small acts only', 'connection'),
]
const OWN = [option('First, then the library', 'first'), option('Among those of the library', 'mixed')]

/** A channel in the list. */
export interface ListedChannel extends Next {
  plan: ChannelPlan
  prompt: Prompt
}

export function channelList(channels: ListedChannel[], page: { offset: number; total: number; own: number }): Modal {
  const { offset, total, own } = page
  return {
    callbackId: CHANNEL_LIST,
    title: 'Weekly prompt',
    close: 'Close',
    blocks: [
      section(
        total === 0
          ? 'Once a week a question, in the channels that want one: whom to thank, or a small act. No channel has it yet.'
          : 'Once a week a question, in the channels that want one. This is what goes out next.',
      ),
      ...channels.flatMap(channelPart),
      actions(
        button('prompts.add-channel', 'Add a channel…', 'form'),
        button('prompts.own', own === 0 ? 'Prompts of your own…' : `Prompts of your own (${own})…`, 'list'),
        ...(offset > 0 ? [button('prompts.previous', 'Previous', String(Math.max(0, offset - PAGE)))] : []),
        ...(offset + PAGE < total ? [button('prompts.next', 'More channels', String(offset + PAGE))] : []),
      ),
    ],
  }
}

function channelPart({ plan, due, prompt }: ListedChannel): KnownBlock[] {
  const { channel } = plan
  const choices = [
    { text: 'Change…', value: `change ${channel}` },
    { text: 'Another one', value: `another ${channel} ${prompt.id}` },
    { text: 'Send me a test', value: `test ${channel}` },
    { text: 'None that week', value: `skip ${channel} ${due.week}` },
    { text: 'End it', value: `end ${channel}` },
  ]
  return [
    { type: 'divider' },
    {
      ...section(`*<#${channel}>* · ${rhythm(plan)}\nNext: ${moment(due.at, '{date_long} at {time}')}`),
      accessory: overflow('prompts.channel', choices),
    },
    headline(readMarkup(prompt.text)),
    context(`${prompt.kind === 'appreciation' ? 'A thank-you' : 'A small act'}${prompt.isOwn ? ', of your own' : ''}`),
  ]
}

/** Mondays at 10:00 (Europe/Berlin) */
export const rhythm = ({ weekday, time, zone }: Pick<ChannelPlan, 'weekday' | 'time' | 'zone'>): string =>
  `${WEEKDAYS[weekday - 1]}s at ${time} (${zone})`

/** How many weeks ahead one can be left out. */
const WEEKS_AHEAD = 52

/** The form of a channel; a new one without `plan.channel`. */
export function channelForm(
  plan: Omit<ChannelPlan, 'channel'> & { channel: string | null },
  zones: string[],
  now: Date,
  found: Found | null = null,
): Modal {
  const known = [...new Set([plan.zone, ...zones])].slice(0, 100).map((zone) => option(zone, zone))
  const weeks = weeksAhead(now, plan.zone)
  const skipped = weeks.filter(({ value }) => plan.skippedWeeks.includes(value))
  return {
    callbackId: CHANNEL_FORM,
    title: 'Weekly prompt',
    submit: 'Save',
    close: 'Cancel',
    metadata: plan.channel ?? '',
    blocks: [
      ...(plan.channel
        ? [section(`The weekly prompt in <#${plan.channel}>.`)]
        : withFound(
            [channelField('Channel', null, { hint: 'Public, and with Small Acts in it.', optional: false })],
            found,
          )),
      input(
        'Day',
        'weekday',
        select(
          WEEKDAYS.map((name, index) => option(name, String(index + 1))),
          String(plan.weekday),
        ),
      ),
      input('Time', 'time', { type: 'timepicker', initial_time: plan.time }),
      input('Time zone', 'zone', select(known, plan.zone)),
      input('What kind', 'kinds', select(KINDS, plan.kinds)),
      input('Prompts of your own', 'own', select(OWN, plan.own)),
      ...(LANGUAGES.length > 1
        ? [
            input(
              'Language',
              'language',
              select(
                LANGUAGES.map((language) => option(languageName(language), language)),
                plan.language,
              ),
            ),
          ]
        : []),
      input('Check-ins', 'join', tickBox('Once a month with a button to join them', plan.joinButton), {
        optional: true,
      }),
      input(
        'Weeks without a prompt',
        'weeks',
        {
          type: 'multi_static_select',
          options: weeks,
          ...(skipped.length > 0 ? { initial_options: skipped } : {}),
        },
        { optional: true },
      ),
    ],
  }
}

const languageName = (language: string): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language

function weeksAhead(now: Date, zone: string): Option[] {
  const monday = DateTime.fromJSDate(now, { zone }).startOf('week')
  return Array.from({ length: WEEKS_AHEAD }, (_, index) => {
    const week = monday.plus({ weeks: index })
    return option(`Week of ${week.setLocale('en').toFormat('d LLLL yyyy')}`, isoWeek(week))
  })
}

/** Reads the form as it comes back; what is wrong with it comes by field. `metadata` is the channel, or ''. */
export function readChannelForm(
  state: FormState,
  metadata: string,
  language: string,
): ChannelPlan | { errors: FormErrors } {
  const channel = metadata || field(state, 'channel').selected_channel
  if (!channel) return { errors: { channel: 'Choose a channel.' } }
  const chosen = (name: string) => field(state, name).selected_option?.value ?? ''
  const time = field(state, 'time').selected_time ?? ''
  const zone = chosen('zone')
  const weekday = Number(chosen('weekday'))
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return { errors: { time: 'Choose a time.' } }
  if (!DateTime.fromMillis(0, { zone }).isValid) return { errors: { zone: 'Choose a zone.' } }
  if (!WEEKDAYS[weekday - 1]) return { errors: { weekday: 'Choose a day.' } }
  const kinds = KINDS.find(({ value }) => value === chosen('kinds'))?.value as ChannelPlan['kinds'] | undefined
  if (!kinds) return { errors: { kinds: 'Choose one of these.' } }
  const own = OWN.find(({ value }) => value === chosen('own'))?.value as ChannelPlan['own'] | undefined
  if (!own) return { errors: { own: 'Choose one of these.' } }
  return {
    channel,
    weekday,
    time,
    zone,
    kinds,
    own,
    language: LANGUAGES.find((known) => known === chosen('language')) ?? language,
    joinButton: isTicked(state, 'join'),
    skippedWeeks: (field(state, 'weeks').selected_options ?? [])
      .map(({ value }) => value)
      .filter((week) => WEEK.test(week)),
  }
}

const WEEK = /^\d{4}-W\d{2}$/
