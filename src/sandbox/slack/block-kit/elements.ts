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
import { amongOptions, distinct, FOREIGN, ONE_LIST, oneList, REPEATED, TOO_MANY, within } from './options.ts'

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
  .refine(distinct, REPEATED)
  .refine((s) => !s.initial_option || amongOptions(s, [s.initial_option]), FOREIGN)

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...many,
    ...choices,
    initial_options: z.array(plainOption).min(1).optional(),
  })
  .refine(oneList, ONE_LIST)
  .refine(distinct, REPEATED)
  .refine((s) => amongOptions(s, s.initial_options ?? []), FOREIGN)
  .refine((s) => within(s.max_selected_items, s.initial_options), TOO_MANY)

const usersSelect = z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: userId.optional() })
const multiUsersSelect = z
  .strictObject({
    type: z.literal('multi_users_select'),
    ...many,
    initial_users: z.array(userId).min(1).optional(),
  })
  .refine((s) => within(s.max_selected_items, s.initial_users), TOO_MANY)

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

const multiConversationsSelect = z
  .strictObject({
    type: z.literal('multi_conversations_select'),
    ...many,
    initial_conversations: z.array(channelId).min(1).optional(),
    default_to_current_conversation: z.boolean().optional(),
    filter,
  })
  .refine((s) => within(s.max_selected_items, s.initial_conversations), TOO_MANY)
const multiChannelsSelect = z
  .strictObject({
    type: z.literal('multi_channels_select'),
    ...many,
    initial_channels: z.array(channelId).min(1).optional(),
  })
  .refine((s) => within(s.max_selected_items, s.initial_channels), TOO_MANY)

const overflow = z
  .strictObject({ type: z.literal('overflow'), ...action, options: z.array(overflowOption).min(1).max(5), confirm })
  .refine(distinct, REPEATED)

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...action,
    options: z.array(textOption).min(1).max(10),
    initial_option: textOption.optional(),
    confirm,
    focus_on_load: z.boolean().optional(),
  })
  .refine(distinct, REPEATED)
  .refine((r) => !r.initial_option || amongOptions(r, [r.initial_option]), FOREIGN)

const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...action,
    options: z.array(textOption).min(1).max(10),
    initial_options: z.array(textOption).min(1).optional(),
    confirm,
    focus_on_load: z.boolean().optional(),
  })
  .refine(distinct, REPEATED)
  .refine((c) => amongOptions(c, c.initial_options ?? []), FOREIGN)

const datepicker = z.strictObject({ type: z.literal('datepicker'), ...menu, initial_date: date.optional() })
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...menu,
  initial_time: time.optional(),
  timezone: z.string().optional(),
})

const plainTextInput = z
  .strictObject({
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
  .refine((t) => (t.min_length ?? 0) <= (t.max_length ?? 3000), 'min_length must not be more than max_length')
  .refine((t) => (t.initial_value ?? '').length <= (t.max_length ?? 3000), 'initial_value is longer than max_length')

const choosers = [
  staticSelect,
  multiStaticSelect,
  usersSelect,
  multiUsersSelect,
  conversationsSelect,
  channelsSelect,
  multiConversationsSelect,
  multiChannelsSelect,
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
