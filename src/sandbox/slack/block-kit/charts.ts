/** What a data_visualization block may hold: docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
import { z } from 'zod'
import { text } from './objects.ts'

const label = text(20)
const most = 6
const number = z.number('must provide a number')

const axes = z.strictObject({
  categories: z.array(label).min(1).max(20),
  x_label: text(50).optional(),
  y_label: text(50).optional(),
})

const series = z.strictObject({
  name: label,
  data: z
    .array(z.strictObject({ label, value: number }))
    .min(1)
    .max(20),
})

const plotted = <T extends string>(type: T) =>
  z
    .strictObject({ type: z.literal(type), series: z.array(series).min(1).max(most), axis_config: axes })
    .refine(
      (chart) => new Set(chart.series.map(({ name }) => name)).size === chart.series.length,
      'series must have unique names',
    )
    .refine(
      (chart) =>
        chart.series.every(({ data }) => {
          const labels = new Set(data.map((point) => point.label))
          return labels.size === data.length && sameAs(labels, chart.axis_config.categories)
        }),
      'labels of a series must match the categories',
    )

const sameAs = (labels: Set<string>, categories: string[]) =>
  new Set(categories).size === labels.size && categories.every((category) => labels.has(category))

const pie = z.strictObject({
  type: z.literal('pie'),
  segments: z
    .array(z.strictObject({ label, value: number.refine((value) => value > 0, 'must be more than 0') }))
    .min(1)
    .max(most),
})

export const chart = z.discriminatedUnion('type', [pie, plotted('bar'), plotted('area'), plotted('line')])

/** Of all the blocks of a message this many may be charts. */
export const MOST_CHARTS = 2
