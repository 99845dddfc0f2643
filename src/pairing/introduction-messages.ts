/** What the people of a pairing get together. */
import type { KnownBlock } from '@slack/types'
import { DateTime } from 'luxon'
import { context, people, section } from '../platform/blocks.ts'
import type { Message } from '../platform/slack.ts'
import { CHECK_IN_MINUTES } from './suggested-times.ts'

export interface IntroductionView {
  people: { id: string; zone: string | null }[]
  question: string
  /** Who goes first. */
  first: string
  /** None when they have less than an hour a day in common. */
  times: Date[]
}

export function introduction({ people: all, question, first, times }: IntroductionView): Message {
  const names = people(all.map(({ id }) => id))
  const line = `${names}: you ${all.length > 2 ? 'all' : 'both'} said yes to a check-in. 15 minutes, a call or a walk, as you like.`
  return {
    text: line,
    blocks: [
      section(`:wave: ${line}`),
      section(`*To begin with:* ${question}\n<@${first}> goes first.`),
      ...(times.length > 0 ? suggestions(all, times) : exchange(first, all.length)),
      context('What you say here is yours: Small Acts does not read it.'),
    ],
  }
}

function suggestions(all: IntroductionView['people'], times: Date[]): KnownBlock[] {
  const lines = times.map((at) => {
    const local = all.map(({ id, zone }) => `${localTime(at, zone)} for <@${id}>`)
    return `• ${isSame(all, at) ? localTime(at, all[0]?.zone ?? null) : local.join(', ')}  ·  <${google(at)}|Google Calendar>  ·  <${outlook(at)}|Outlook>`
  })
  const both = all.length > 2 ? 'all' : 'both'
  const clocks = times.every((at) => isSame(all, at)) ? ', on your clocks' : ''
  const when = times.length > 1 ? 'Times' : 'A time'
  return [section(`${when} when ${both} of you work${clocks}:\n${lines.join('\n')}`)]
}

function exchange(first: string, size: number): KnownBlock[] {
  const others = size > 2 ? 'the others answer when their days begin' : 'the other answers when their day begins'
  return [
    section(
      `Your working days hardly meet, so an exchange of messages fits better: <@${first}> answers the question here, and ${others}. That counts just as much.`,
    ),
  ]
}

function localTime(at: Date, zone: string | null): string {
  const there = DateTime.fromJSDate(at, { zone: zone ?? 'utc' })
  const here = there.isValid ? there : DateTime.fromJSDate(at, { zone: 'utc' })
  return here.setLocale('en').toFormat('ccc d LLL, HH:mm')
}

const isSame = (all: IntroductionView['people'], at: Date) =>
  new Set(all.map(({ zone }) => localTime(at, zone))).size === 1

const TITLE = 'Check-in'
const end = (at: Date) => new Date(at.getTime() + CHECK_IN_MINUTES * 60_000)
const compact = (at: Date) => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

const google = (at: Date) =>
  `https://calendar.google.com/calendar/render?action=TEMPLATE&text=${TITLE}&dates=${compact(at)}/${compact(end(at))}`

const outlook = (at: Date) =>
  `https://outlook.office.com/calendar/0/deeplink/compose?subject=${TITLE}&startdt=${at.toISOString()}&enddt=${end(at).toISOString()}`
