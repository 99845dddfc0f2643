import { z } from 'zod'
import { chart, MOST_CHARTS } from './charts.ts'
import { accessory, actionsElement, contextImage, inputElement } from './elements.ts'
import { anyText, id, imageUrl, plainText, text } from './objects.ts'
import { richText } from './rich-text.ts'

const block = <N extends string, T extends z.ZodRawShape>(type: N, shape: T) =>
  z.strictObject({ type: z.literal(type), block_id: id.optional(), ...shape })

const section = block('section', {
  text: anyText(3000).optional(),
  fields: z.array(anyText(2000)).min(1).max(10).optional(),
  accessory: accessory.optional(),
  expand: z.boolean().optional(),
}).refine((s) => s.text !== undefined || s.fields !== undefined, 'missing required field: text')

const image = block('image', {
  image_url: imageUrl,
  alt_text: text(2000),
  title: plainText(2000).optional(),
})

const richTextBlock = block('rich_text', { elements: z.array(richText).min(1) })

const everywhere = [
  section,
  image,
  richTextBlock,
  block('divider', {}),
  block('header', { text: plainText(150) }),
  block('context', {
    elements: z
      .array(z.union([contextImage, anyText(3000)]))
      .min(1)
      .max(10),
  }),
  block('actions', { elements: z.array(actionsElement).min(1).max(25) }),
] as const

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  richTextBlock,
])

const table = block('table', {
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z.strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() }),
    )
    .max(20)
    .optional(),
})

const input = block('input', {
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
})

const dataVisualization = block('data_visualization', { title: text(50), chart })

const messageBlock = z.discriminatedUnion('type', [
  ...everywhere,
  table,
  dataVisualization,
  block('markdown', { text: text(12_000) }),
])
const viewBlock = z.discriminatedUnion('type', [...everywhere, input])

export const messageBlocks = z
  .array(messageBlock)
  .max(50)
  .refine(
    (blocks) => blocks.filter(({ type }) => type === 'data_visualization').length <= MOST_CHARTS,
    `no more than ${MOST_CHARTS} data_visualization blocks allowed`,
  )
  .refine((blocks) => blocks.filter(({ type }) => type === 'table').length <= 1, 'only one table allowed')

const view = {
  blocks: z.array(viewBlock).min(1).max(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
}

export const homeView = z.strictObject({ type: z.literal('home'), ...view })

export const modalView = z.strictObject({
  type: z.literal('modal'),
  ...view,
  title: plainText(24),
  submit: plainText(24).optional(),
  close: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
})
