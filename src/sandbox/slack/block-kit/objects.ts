import { z } from 'zod'

/** Slack counts what it was sent; an empty string is never welcome. */
export const text = (most: number) => z.string().min(1).max(most)

export const id = text(255)

export const plainText = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(most), emoji: z.boolean().optional() })

const mrkdwn = (most: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(most), verbatim: z.boolean().optional() })

export const anyText = (most: number) => z.discriminatedUnion('type', [plainText(most), mrkdwn(most)])

export const url = text(3000).refine((value) => URL.canParse(value), 'must be a valid URL')

/** Slack fetches images itself, so what it can't reach it refuses. */
export const imageUrl = text(3000).refine(
  (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  'downloading image failed',
)

export const confirm = z
  .strictObject({
    title: plainText(100),
    text: plainText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional()

const optionOf = <T extends z.ZodType>(label: T) =>
  z.strictObject({ text: label, value: text(150), description: plainText(75).optional() })

/** An option of a select menu: its label is plain text. */
export const plainOption = optionOf(plainText(75))
/** An option of radio buttons or checkboxes. */
export const textOption = z.strictObject({ text: anyText(75), value: text(150), description: anyText(75).optional() })
export const overflowOption = plainOption.extend({ url: url.optional() })
export const optionGroup = z.strictObject({ label: plainText(75), options: z.array(plainOption).min(1).max(100) })

export const userId = z.string().regex(/^[UW][A-Z0-9]{2,}$/)
export const channelId = z.string().regex(/^[CDG][A-Z0-9]{2,}$/)
export const date = z.iso.date()
export const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
