import { type Clock, type ShiftedClock, systemClock } from '../platform/clock.ts'
import type { Conversation, Message, OpenView, PageState, Person } from './contract.ts'
import { statusOf } from './slack/api/objects.ts'
import type { SlackChannel, SlackMessage, SlackPerson, SlackView } from './slack/state.ts'
import { threadOf } from './slack/threads.ts'
import { homeOf, modalsOf } from './slack/view-store.ts'
import { canAct, isDirect, isMember, isPublic, type World } from './slack/world.ts'

/** Whom one can be, members first. */
export function readPeople(world: World): Person[] {
  const order = ['member', 'guest', 'single-channel guest', 'stranger']
  return Object.values(world.state.people)
    .filter(canAct)
    .sort((a, b) => Number(a.isAdmin) - Number(b.isAdmin) || order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((person) => personJson(world, person))
}

/** Everything that person can see, and nothing else. null for somebody who can't sign in. */
export function readPageState(world: World, viewerId: string): PageState | null {
  const { state, manifest } = world
  const viewer = state.people[viewerId]
  if (!viewer || !canAct(viewer)) return null
  const channels = Object.values(state.channels).filter((channel) => canSee(viewer, channel))
  const insider = viewer.kind === 'member'
  const hasApp = viewer.teamId === state.team.id && state.installed
  const now = world.clock.now()
  const company = new Set(channels.flatMap((channel) => channel.members).concat(state.app.botUser, viewerId))
  return {
    version: state.version,
    workspace: { id: state.team.id, name: state.team.name, domain: state.team.domain },
    viewer: viewerId,
    people: Object.values(state.people)
      .filter((person) => insider || company.has(person.id))
      .map((person) => personJson(world, person)),
    groups: Object.values(state.groups)
      .filter((group) => !group.disabled)
      .map(({ id, handle, name, users }) => ({ id, handle, name, users })),
    commands: hasApp
      ? manifest.commands.map(({ command, description, usageHint }) => ({ command, description, usageHint }))
      : [],
    shortcuts: hasApp ? manifest.shortcuts : [],
    conversations: channels
      .sort((a, b) => Number(isMember(b, viewerId)) - Number(isMember(a, viewerId)))
      .map((channel) => conversationJson(world, viewer, channel)),
    modal: openViewJson(modalsOf(world, viewerId)),
    home: { app: state.app.botUser, view: homeOf(world, viewerId)?.view ?? null },
    clock: { now, ahead: aheadOf(world.clock, now) },
    rateLimits: state.rateLimits,
    installation: { installed: state.installed, page: world.link.page() },
    optionalScopes: manifest.optionalScopes.map((scope) => ({ scope, granted: state.granted.includes(scope) })),
  }
}

const aheadOf = (clock: Clock | ShiftedClock, now: number): number =>
  'ahead' in clock ? clock.ahead() : now - systemClock.now()

/** Members may look into every public channel; guests and people from outside see only where they are. */
function canSee(viewer: SlackPerson, channel: SlackChannel): boolean {
  return isMember(channel, viewer.id) || (viewer.kind === 'member' && isPublic(channel))
}

function conversationJson(world: World, viewer: SlackPerson, channel: SlackChannel): Conversation {
  const { id, kind, topic, members, archived } = channel
  const messages = (world.state.messages[id] ?? []).filter((m) => m.ephemeralTo === null || m.ephemeralTo === viewer.id)
  const readUpTo = world.state.read[viewer.id]?.[id] ?? '0'
  // Replies are no news of the channel's: Slack has a place of its own for threads.
  const isNews = (m: SlackMessage) => m.user !== viewer.id && m.ephemeralTo === null && m.threadTs === null
  const isNew = (m: SlackMessage) => isNews(m) && Number(m.ts) > Number(readUpTo)
  return {
    id,
    kind,
    name: isDirect(channel) ? namesOf(world, viewer, channel) : channel.name,
    topic,
    members,
    archived,
    messages: messages.map((message) => messageJson(world, message)),
    unread: isMember(channel, viewer.id) ? messages.filter(isNew).length : 0,
  }
}

function namesOf({ state }: World, viewer: SlackPerson, { members }: SlackChannel): string {
  const others = members.filter((member) => member !== viewer.id)
  const shown = others.length > 0 ? others : [viewer.id]
  return shown.map((id) => state.people[id]?.realName ?? id).join(', ')
}

function messageJson(world: World, message: SlackMessage): Message {
  const { ts, user, text, blocks, edited, ephemeralTo, threadTs, reactions, files = [] } = message
  const thread = threadTs === null && ephemeralTo === null ? threadOf(world, message) : null
  return { ts, user, text, blocks, edited, ephemeral: ephemeralTo !== null, threadTs, thread, reactions, files }
}

function openViewJson(modals: SlackView[]): OpenView | null {
  const top = modals.at(-1)
  if (!top) return null
  const { id, hash, view, errors } = top
  return { id, view: { ...view, id, hash }, errors, depth: modals.length }
}

function personJson(world: World, person: SlackPerson): Person {
  const { id, name, realName, title, team, tz, kind, isAdmin, hue } = person
  const { emoji, text } = statusOf(world, person)
  return { id, name, realName, title, team, tz, kind, isAdmin, hue, status: { emoji, text } }
}
