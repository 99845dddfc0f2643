/**
 * What Slack's requests look like, as far as anything here reads them: looser than Slack's documentation, for new fields come
 * all the time, and strict about what a listener, or Bolt, would stumble over.
 */
import { z } from 'zod'

const id = z.string().regex(/^[A-Z][A-Z0-9]{1,39}$/)
/** It is written into messages as <@U1>: of another kind of thing Slack would refuse the message. */
const person = z.string().regex(/^[UW][A-Z0-9]{1,39}$/)
/** Texts that are stored or compared; a zero byte can't be. */
const word = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0]*$/)
const text = z.string().max(50_000)
const ts = z.string().regex(/^[\d.]{1,40}$/)
const trigger = word(500).min(1)
const address = z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2_000)])
const choice = z.object({ value: text })

const user = z.object({ id: person, team_id: id.nullish() })
const team = z.object({ id }).nullish()

const formValue = z.object({
  value: text.nullish(),
  selected_user: person.nullish(),
  selected_users: z.array(person).nullish(),
  selected_channel: id.nullish(),
  selected_channels: z.array(id).nullish(),
  selected_option: choice.nullish(),
  selected_options: z.array(choice).nullish(),
  selected_date: word(40).nullish(),
  selected_time: word(40).nullish(),
})
const values = z.record(z.string(), z.record(z.string(), formValue))

const view = z.object({
  id: word(100).min(1),
  type: z.string(),
  callback_id: word(255),
  private_metadata: text,
  blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })),
  state: z.object({ values }).nullish(),
  app_installed_team_id: id.nullish(),
})
const form = view.extend({ state: z.object({ values }) })

const action = z
  .object({
    type: z.string(),
    action_id: word(255),
    block_id: word(255).nullish(),
    value: text.nullish(),
    selected_option: choice.nullish(),
    selected_user: person.nullish(),
    selected_users: z.array(person).nullish(),
    selected_channel: id.nullish(),
  })
  .refine(({ type, selected_option }) => type !== 'overflow' || selected_option)

// Bolt looks into the first of them, whatever the interaction is.
const interaction = { user, team, response_urls: z.array(z.object({ response_url: address })).optional() }
const INTERACTIONS = {
  block_actions: z.object({
    ...interaction,
    actions: z.array(action).min(1),
    trigger_id: trigger,
    response_url: address.nullish(),
    channel: z.object({ id }).optional(),
    message: z.object({ ts }).nullish(),
    view: view.nullish(),
  }),
  view_submission: z.object({ ...interaction, view: form }),
  view_closed: z.object({ ...interaction, view }),
  shortcut: z.object({ ...interaction, callback_id: word(255), trigger_id: trigger }),
  message_action: z.object({
    ...interaction,
    callback_id: word(255),
    trigger_id: trigger,
    response_url: address,
    channel: z.object({ id }),
    message: z.object({ ts, user: word(40).nullish(), bot_id: word(40).nullish(), thread_ts: ts.nullish() }),
  }),
}

const command = z.object({
  command: word(100),
  team_id: id,
  user_id: person,
  channel_id: id,
  trigger_id: trigger,
  response_url: address,
  text: text.optional(),
})

const slackUser = z.object({
  id: person,
  team_id: id.optional(),
  tz: word(100).nullish(),
  locale: word(100).nullish(),
  updated: z.int().nonnegative().optional(),
  profile: z
    .object({
      status_emoji: word(255).nullish(),
      status_text: text.nullish(),
      status_expiration: z.int().nonnegative().max(10_000_000_000).nullish(),
    })
    .nullish(),
})
const group = z.object({
  id,
  name: word(1_000).nullish(),
  date_update: z.int().nonnegative().nullish(),
  date_delete: z.int().nonnegative().nullish(),
  users: z.array(person).nullish(),
})
const aboutUser = z.object({ user: slackUser })
const aboutGroup = z.object({ subteam: group })
const aboutChannel = z.object({ channel: id })
const inChannel = z.object({ channel: id, user: person })
const EVENTS: Record<string, z.ZodType> = {
  team_join: aboutUser,
  user_change: aboutUser,
  subteam_created: aboutGroup,
  subteam_updated: aboutGroup,
  member_joined_channel: inChannel,
  member_left_channel: inChannel,
  channel_archive: aboutChannel,
  channel_unarchive: aboutChannel,
  channel_deleted: aboutChannel,
  channel_shared: aboutChannel,
  channel_unshared: aboutChannel,
  app_home_opened: z.object({ user: person, tab: z.string() }),
}

const event = z.object({
  team_id: id.nullish(),
  event_id: word(200).min(1),
  authorizations: z.array(z.object({ team_id: id.nullish() })).nullish(),
  event: z
    // What Bolt looks into, whatever the type.
    .looseObject({
      type: word(100),
      channel: z.union([z.string(), z.object({})]).optional(),
      item: z.object({}).optional(),
    })
    .refine((one) => !Object.hasOwn(EVENTS, one.type) || EVENTS[one.type]?.safeParse(one).success),
})

/** Whether a body is one that our listeners can be given. Its signature says that it is Slack's; this says that it is whole. */
export function isWhole(body: unknown): body is Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false
  const { type } = body as { type?: unknown }
  if (type === 'url_verification') return typeof (body as { challenge?: unknown }).challenge === 'string'
  if ('ssl_check' in body) return body.ssl_check === '1'
  if (type === 'event_callback') return event.safeParse(body).success && !('command' in body)
  if ('event' in body) return false
  if ('command' in body) return command.safeParse(body).success
  if (typeof type !== 'string' || !Object.hasOwn(INTERACTIONS, type)) return false
  // By these two Bolt would take it for something else.
  if ('name' in body || (type !== 'block_actions' && 'actions' in body)) return false
  return INTERACTIONS[type as keyof typeof INTERACTIONS].safeParse(body).success
}
