/** The digest as it is posted, and what belongs to it. At most 50 blocks and 13,000 characters, whatever there is to tell. */
import type { KnownBlock, TableBlock } from '@slack/types'
import { actions, button, context, header, moment, section, sentence } from '../platform/blocks.ts'
import { escapeText } from '../platform/markup.ts'
import type { Message, Modal } from '../platform/slack.ts'
import { crossingChart, shortMonth, trendChart, unbroken } from './charts.ts'
import { DEFINITIONS, RULE } from './definitions.ts'
import type { Figures } from './figures.ts'
import { monthTitle } from './month.ts'
import { type Chosen, paragraphs, plus, sentenceOf, suggestions } from './summary.ts'

export interface Digest {
  /** Up to twelve months, the oldest first; the last one is the one that is told. */
  months: Figures[]
  chosen: Chosen
  /** When it was due, if it comes later than that. */
  lateFor: Date | null
  /** Something to say before it, such as that only one person gets this one. */
  note: string | null
}

/** Minutes matter to nobody; hours do. */
export const LATE_MS = 3_600_000

export function digest({ months, chosen, lateFor, note }: Digest): Message {
  const now = months.at(-1)
  if (!now) throw new Error('a digest of no month')
  const before = months.at(-2) ?? null
  const lead = sentenceOf(now)
  return {
    text: `${monthTitle(now.month)} in Small Acts. ${lead}`,
    blocks: [
      header(`${monthTitle(now.month)}, in short`),
      ...(note ? [context(note)] : []),
      ...(lateFor ? [context(`This digest is late: it was due on ${moment(lateFor, '{date_long} at {time}')}.`)] : []),
      section(`*${lead}*`),
      ...paragraphs(now, before).map(({ title, text }) => section(`*${title}*\n${text}`)),
      ...trend(months),
      ...crossingChart(now),
      ...teamTable(now),
      { type: 'divider' },
      ...suggestions(now, chosen).map(({ text, section: where }): KnownBlock => {
        const line = section(`:bulb: ${text}`)
        return where ? { ...line, accessory: button(`settings.${where}`, 'Open settings', where) } : line
      }),
      ...(before ? [] : [context(`This is the first digest. Small Acts counts here since ${since(now)}.`)]),
      context(RULE),
      actions(
        button('digest.explain', 'How is this counted?', now.month),
        button('digest.export', 'Export', now.month),
      ),
    ],
  }
}

const since = ({ since: at }: Figures) => moment(new Date(at), '{date_long}')

/** The chart, and the same in words. */
function trend(months: Figures[]): KnownBlock[] {
  const chart = trendChart(months)
  if (chart.length === 0) return []
  const [first, ...others] = unbroken(months)
  const said = ({ month, kudos, givers }: typeof first & object, words: [string, string]) =>
    `${shortMonth(month)} ${plus(kudos)}${words[0]} by ${plus(givers)}${words[1]}`
  const told = [first && said(first, [' kudos', ' people']), ...others.map((month) => said(month, ['', '']))]
  return [...chart, context(`Month by month: ${told.join(', ')}.`)]
}

const cell = (text: string) => ({ type: 'raw_text' as const, text })
const number = (value: number | null) => cell(value === null ? '–' : plus(value))

function teamTable({ teams, others }: Figures): KnownBlock[] {
  if (teams.length === 0) return []
  const rows = teams.map(({ team, within, across }) => [cell(team), number(within), number(across)])
  const rest = others && (others.within !== null || others.across !== null)
  const table: TableBlock = {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }, { align: 'right' }],
    rows: [
      [cell('Team'), cell(DEFINITIONS.within.title), cell(DEFINITIONS.across.title)],
      ...rows,
      ...(rest ? [[cell('All others together'), number(others.within), number(others.across)]] : []),
    ],
  }
  return [section('*Thanks by the team they came from.* Those of too few people are among the others.'), table]
}

/** What each figure means. */
export const explanation = (month: string, zone: string): Modal => ({
  callbackId: 'digest.explanation',
  title: 'How is this counted?',
  close: 'Close',
  blocks: [
    section(`*${monthTitle(month)}* is every day of it in the zone ${escapeText(zone)}.\n${RULE}`),
    { type: 'divider' },
    ...Object.values(DEFINITIONS).map(({ title, meaning }) => section(`*${title}*\n${meaning}`)),
  ],
})

/** The month's figures, to be copied. */
export const exported = (month: string, csv: string): Modal => ({
  callbackId: 'digest.exported',
  title: 'Export',
  close: 'Close',
  blocks: [
    section(`*The figures of ${monthTitle(month)}, as CSV.* Copy them into a file, or let an operator write one:`),
    preformatted(`npm run ops -- digest --month ${month} --csv > ${month}.csv`),
    ...inPieces(csv).map(preformatted),
  ],
})

/** Where the app may write files. */
export const fileOnItsWay = (month: string): Message =>
  sentence(
    `The figures of ${monthTitle(month)} come to you as a file, in your messages with Small Acts. A spreadsheet opens it.`,
  )

/** Instead of the file, when Slack did not take it. */
export function notExported(month: string): Message {
  const text = `Slack did not take the file with the figures of ${monthTitle(month)}. An operator can write one:`
  return { text, blocks: [section(text), preformatted(`npm run ops -- digest --month ${month} --csv > ${month}.csv`)] }
}

const preformatted = (text: string): KnownBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
})

const MOST_IN_A_BLOCK = 2_500

/** Whole lines, in pieces that Slack takes. */
function inPieces(text: string): string[] {
  const pieces: string[] = []
  for (const line of text.trimEnd().split('\n')) {
    const last = pieces.at(-1)
    if (last === undefined || last.length + line.length > MOST_IN_A_BLOCK) pieces.push(line)
    else pieces[pieces.length - 1] = `${last}\n${line}`
  }
  return pieces
}

const named = (target: string) => (target.startsWith('C') ? `<#${target}>` : `<@${target}>`)

/** To an admin, when nobody can say whether a digest arrived. */
export function perhapsSent(deliveryId: string, month: string, target: string): Message {
  const text = `The digest of ${monthTitle(month)} may not have reached ${named(target)}: Slack did not say whether it was posted. Please look there first.`
  return { text, blocks: [section(text), actions(button('digest.post-again', 'Post it again', deliveryId))] }
}

/** To an admin, when a digest certainly did not arrive. */
export function notSent(deliveryId: string, month: string, target: string): Message {
  const why = target.startsWith('C') ? 'Perhaps Small Acts is not in that channel any more.' : 'Slack does not let us.'
  const text = `The digest of ${monthTitle(month)} could not be posted to ${named(target)}. ${why} Who gets it is a setting.`
  const mend = [
    button('digest.post-again', 'Post it again', deliveryId),
    button('settings.digest', 'Open settings', 'digest'),
  ]
  return { text, blocks: [section(text), actions(...mend)] }
}

export const postedAgain = (fresh: boolean): Message =>
  sentence(fresh ? 'It is being posted again.' : 'That has been taken care of already.')

/** Answers to `/smallacts digest`, and to “Send me a test”. */
export const onItsWay = (month: string): Message =>
  sentence(`The digest of ${monthTitle(month)} comes to you as a message from Small Acts, in a moment.`)

export const notOver = (month: string): Message =>
  sentence(
    `${monthTitle(month)} is not over. A month is counted when it is: figures that grow from day to day would tell of single people.`,
  )

export const beforeCounting = (at: Date, month: string): Message =>
  sentence(
    `Small Acts counts here since ${moment(at, '{date_long}')}, so there is nothing to tell of ${monthTitle(month)}. \`/smallacts digest\` is always about the last month that is over.`,
  )

export const noSuchMonth = (): Message =>
  sentence('Write the month as a year and a number: `/smallacts digest 2026-10`. Without one it is the last month.')

export const onlyYou = 'Only you get this one. The real one goes to those whom the settings name.'
