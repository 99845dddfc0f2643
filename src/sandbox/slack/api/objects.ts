import { NO_STATUS, type SlackChannel, type SlackGroup, type SlackPerson, type Status } from '../state.ts'
import { isMember, isPublic, type World } from '../world.ts'

/** Slack's user object. */
export function userJson(world: World, person: SlackPerson, withLocale: boolean): Record<string, unknown> {
  const { state } = world
  const { kind } = person
  const isApp = kind === 'app'
  const common = {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: kind === 'deactivated',
    profile: {
      ...profileJson(world, person),
      team: person.teamId,
      ...(isApp && { api_app_id: state.app.id, bot_id: state.app.botId }),
    },
    // Slackbot is the exception: Slack does not call it a bot.
    is_bot: (kind === 'bot' || isApp) && person.id !== 'USLACKBOT',
    is_app_user: false,
    updated: person.updated,
  }
  if (kind === 'deactivated') return common
  return {
    ...common,
    real_name: person.realName,
    tz: person.tz,
    tz_label: zonePart(world, person.tz, 'long'),
    tz_offset: zoneOffset(world, person.tz),
    is_admin: person.isAdmin,
    is_owner: person.isOwner,
    is_primary_owner: person.isOwner,
    is_restricted: kind === 'guest' || kind === 'single-channel guest',
    is_ultra_restricted: kind === 'single-channel guest',
    is_email_confirmed: true,
    ...(kind === 'stranger' && { is_stranger: !sharesChannelWithApp(world, person.id) }),
    ...(withLocale && { locale: person.locale }),
  }
}

/** What a user object and users.profile.get both tell of a profile. */
export function profileJson(world: World, person: SlackPerson): Record<string, unknown> {
  const { emoji, text, expiration } = statusOf(world, person)
  return {
    real_name: person.realName,
    display_name: person.name,
    title: person.title,
    status_text: text,
    status_emoji: emoji,
    status_expiration: expiration,
  }
}

/** What somebody says about themselves now; nothing once it has expired. */
export function statusOf({ clock }: World, { status }: SlackPerson): Status {
  const isOver = status.expiration !== 0 && status.expiration * 1000 <= clock.now()
  return isOver ? NO_STATUS : status
}

function sharesChannelWithApp({ state }: World, user: string): boolean {
  return Object.values(state.channels).some((c) => isMember(c, user) && isMember(c, state.app.botUser))
}

function zonePart({ clock }: World, timeZone: string, style: 'long' | 'longOffset'): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: style })
  return format.formatToParts(clock.now()).find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}

function zoneOffset(world: World, timeZone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/.exec(zonePart(world, timeZone, 'longOffset')) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}

/** Slack's conversation object. */
export function channelJson({ state }: World, channel: SlackChannel): Record<string, unknown> {
  const { id, kind, name, created, archived } = channel
  const common = { id, created, is_archived: archived, is_org_shared: false, context_team_id: state.team.id }
  if (kind === 'im') {
    const user = channel.members.find((member) => member !== state.app.botUser)
    return { ...common, is_im: true, user, is_user_deleted: state.people[user ?? '']?.kind === 'deactivated' }
  }
  const shared = kind === 'shared'
  return {
    ...common,
    name,
    name_normalized: name,
    is_channel: isPublic(channel),
    is_group: kind === 'private',
    is_im: false,
    is_mpim: kind === 'mpim',
    is_private: !isPublic(channel),
    is_general: name === 'general',
    is_shared: shared,
    is_ext_shared: shared,
    is_pending_ext_shared: false,
    pending_shared: [],
    is_member: isMember(channel, state.app.botUser),
    creator: channel.creator,
    topic: { value: channel.topic, creator: channel.creator, last_set: created },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
    num_members: channel.members.length,
  }
}

/** Slack's user group object. */
export function groupJson({ state }: World, group: SlackGroup, withUsers: boolean): Record<string, unknown> {
  return {
    id: group.id,
    team_id: state.team.id,
    is_usergroup: true,
    is_subteam: true,
    is_external: false,
    name: group.name,
    description: '',
    handle: group.handle,
    date_create: group.created,
    date_update: group.updated,
    date_delete: group.disabled ? group.updated : 0,
    auto_type: null,
    prefs: { channels: [], groups: [] },
    user_count: group.users.length,
    ...(withUsers && { users: group.users }),
  }
}
