import { z } from 'zod'
import { channelId, text, url, userId } from './objects.ts'

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional()

const piece = <T extends z.ZodRawShape>(type: string, shape: T) =>
  z.strictObject({ type: z.literal(type), style, ...shape })

const words = piece('text', { text: z.string().min(1) })
const link = piece('link', { url, text: z.string().min(1).optional(), unsafe: z.boolean().optional() })

const inline = z.discriminatedUnion('type', [
  words,
  link,
  piece('user', { user_id: userId }),
  piece('usergroup', { usergroup_id: z.string().regex(/^S[A-Z0-9]{2,}$/) }),
  piece('channel', { channel_id: channelId }),
  piece('team', { team_id: z.string().regex(/^T[A-Z0-9]{2,}$/) }),
  piece('emoji', {
    name: text(255),
    unicode: z.string().optional(),
    skin_tone: z.number().int().min(1).max(6).optional(),
  }),
  piece('broadcast', { range: z.enum(['here', 'channel', 'everyone']) }),
  piece('color', { value: z.string().regex(/^#[0-9a-fA-F]{6}$/) }),
  piece('date', {
    timestamp: z.number().int().min(0),
    format: text(255),
    url: url.optional(),
    fallback: z.string().min(1).optional(),
  }),
])

const border = z.union([z.literal(0), z.literal(1)]).optional()

const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(inline).min(1) })

export const richText = z.discriminatedUnion('type', [
  section,
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(section).min(1),
    indent: z.number().int().min(0).max(8).optional(),
    offset: z.number().int().min(0).optional(),
    border,
  }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(inline).min(1), border }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(z.discriminatedUnion('type', [words, link])).min(1),
    border,
  }),
])
