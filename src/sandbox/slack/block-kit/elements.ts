import { z } from 'zod'
import {
  channelId,
  confirm,
  date,
  id,
  imageUrl,
  optionGroup,
  overflowOption,
  plainOption,
  plainText,
  text,
  textOption,
  time,
  url,
  userId,
} from './objects.ts'

const action = { action_id: id.optional() }
const menu = {
  ...action,
  placeholder: plainText(150).optional(),
  confirm,
  focus_on_load: z.boolean().optional(),
}
const many = { ...menu, max_selected_items: z.number().int().min(1).optional() }
const choices = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
}

interface Choices {
  options?: unknown[] | undefined
  option_groups?: { options: unknown[] }[] | undefined
}

const sameAsOne = (option: unknown, options: unknown[]) =>
  options.some((other) => JSON.stringify(other) === JSON.stringify(option))

const every = ({ options, option_groups: groups }: Choices) =>
  options ?? groups?.flatMap((group) => group.options) ?? []

const oneList = (element: Choices) => (element.options === undefined) !== (element.option_groups === undefined)
const ONE_LIST = 'must have either options or option_groups'
const FOREIGN = 'initial option must be exactly one of the options'

const image = z.strictObject({ type: z.literal('image'), image_url: imageUrl, alt_text: text(2000) })

const button = z.strictObject({
  type: z.literal('button'),
  ...action,
  text: plainText(75),
  url: url.optional(),
  value: text(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm,
  accessibility_label: text(75).optional(),
})

const staticSelect = z
  .strictObject({ type: z.literal('static_select'), ...menu, ...choices, initial_option: plainOption.optional() })
  .refine(oneList, ONE_LIST)
  .refine((s) => !s.initial_option || sameAsOne(s.initial_option, every(s)), FOREIGN)

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...many,
    ...choices,
    initial_options: z.array(plainOption).min(1).optional(),
  })
  .refine(oneList, ONE_LIST)
  .refine((s) => (s.initial_options ?? []).every((option) => sameAsOne(option, every(s))), FOREIGN)

const usersSelect = z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: userId.optional() })
const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...many,
  initial_users: z.array(userId).min(1).optional(),
})

const filter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((f) => Object.keys(f).length > 0, 'must provide at least one filter')
  .optional()

const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...menu,
  initial_conversation: channelId.optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter,
})
const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...menu,
  initial_channel: channelId.optional(),
  response_url_enabled: z.boolean().optional(),
})

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...action,
  options: z.array(overflowOption).min(1).max(5),
  confirm,
})

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...action,
    options: z.array(textOption).min(1).max(10),
    initial_option: textOption.optional(),
    confirm,
    focus_on_load: z.boolean().optional(),
  })
  .refine((r) => !r.initial_option || sameAsOne(r.initial_option, r.options), FOREIGN)

const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...action,
    options: z.array(textOption).min(1).max(10),
    initial_options: z.array(textOption).min(1).optional(),
    confirm,
    focus_on_load: z.boolean().optional(),
  })
  .refine((c) => (c.initial_options ?? []).every((option) => sameAsOne(option, c.options)), FOREIGN)

const datepicker = z.strictObject({ type: z.literal('datepicker'), ...menu, initial_date: date.optional() })
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...menu,
  initial_time: time.optional(),
  timezone: z.string().optional(),
})

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...action,
  placeholder: plainText(150).optional(),
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z
        .array(z.enum(['on_enter_pressed', 'on_character_entered']))
        .min(1)
        .optional(),
    })
    .optional(),
})

const choosers = [
  staticSelect,
  multiStaticSelect,
  usersSelect,
  multiUsersSelect,
  conversationsSelect,
  channelsSelect,
  radioButtons,
  checkboxes,
  datepicker,
  timepicker,
] as const

/** What may stand in an actions block, beside a section, in an input block and in a context block. */
export const actionsElement = z.discriminatedUnion('type', [button, overflow, ...choosers])
export const accessory = z.discriminatedUnion('type', [button, overflow, image, ...choosers])
export const inputElement = z.discriminatedUnion('type', [plainTextInput, ...choosers])
export const contextImage = image
