/**
 * Slack's own charts: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block. They only draw what
 * the words beside them say, for not every client shows them. @slack/types does not know them yet.
 */
import type { KnownBlock } from '@slack/types'
import type { Message } from '../platform/slack.ts'
import type { Figures } from './figures.ts'
import { monthTitle } from './month.ts'

interface Series {
  name: string
  /** One for each category, by its name. */
  data: { label: string; value: number }[]
}

/** Title and axis label at most 50 characters, everything else 20; at most six segments or series, two charts a message. */
interface DataVisualization {
  type: 'data_visualization'
  title: string
  chart:
    | { type: 'pie'; segments: { label: string; value: number }[] }
    | { type: 'line'; series: Series[]; axis_config: { categories: string[]; x_label?: string; y_label?: string } }
}

const block = (chart: DataVisualization): KnownBlock => chart as unknown as KnownBlock

/** The same message for a Slack that does not take charts. */
export const withoutCharts = ({ text, blocks }: Message): Message => ({
  text,
  blocks: blocks.filter(({ type }) => (type as string) !== 'data_visualization'),
})

/** Nov: of at most twelve months in a row no two have the same. */
export const shortMonth = (name: string): string => monthTitle(name).slice(0, 3)

/** Those months, up to the last, in which both numbers could be told: a hole is no zero, and a line would hide it. */
export function unbroken(months: Figures[]): (Figures & { kudos: number; givers: number })[] {
  const hole = months.findLastIndex(({ kudos, givers }) => kudos === null || givers === null)
  return months.slice(hole + 1) as (Figures & { kudos: number; givers: number })[]
}

/** Kudos and givers over the months, the oldest first; nothing before there are two of them. */
export function trendChart(months: Figures[]): KnownBlock[] {
  const told = unbroken(months)
  if (told.length < 2) return []
  const series = (name: string, value: (month: (typeof told)[number]) => number): Series => ({
    name,
    data: told.map((month) => ({ label: shortMonth(month.month), value: value(month) })),
  })
  return [
    block({
      type: 'data_visualization',
      title: 'Kudos, and people who gave, by month',
      chart: {
        type: 'line',
        series: [series('Kudos', ({ kudos }) => kudos), series('People who gave', ({ givers }) => givers)],
        axis_config: {
          categories: told.map(({ month }) => shortMonth(month)),
          x_label: `${monthTitle(told[0]?.month ?? '')} to ${monthTitle(told.at(-1)?.month ?? '')}`,
          y_label: 'Rounded down to fives',
        },
      },
    }),
  ]
}

/** How much of the thanks crossed. */
export function crossingChart({ crossed }: Figures): KnownBlock[] {
  // A segment of nothing is none.
  if (crossed === null || crossed === 0 || crossed === 100) return []
  return [
    block({
      type: 'data_visualization',
      title: 'Thanks to another team, in percent',
      chart: {
        type: 'pie',
        segments: [
          { label: 'To another team', value: crossed },
          { label: 'Within a team', value: 100 - crossed },
        ],
      },
    }),
  ]
}
