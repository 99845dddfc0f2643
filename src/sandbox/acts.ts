import type { PageAct } from './contract.ts'
import { type ActOutcome, done } from './slack/act-outcome.ts'
import { ActProblem } from './slack/act-problem.ts'
import { runCommand } from './slack/commands.ts'
import { openDirect } from './slack/direct.ts'
import { changePerson, joinChannel, leaveChannel } from './slack/directory.ts'
import { sendEvent } from './slack/events.ts'
import { clickElement } from './slack/interactions.ts'
import { escapeText } from './slack/mentions.ts'
import { addMessage, findMessage, findReal, removeMessage } from './slack/message-store.ts'
import { closeModal, submitModal } from './slack/modals.ts'
import { addReaction, type ReactionProblem, reactionProblem, removeReaction } from './slack/reactions.ts'
import { runShortcut } from './slack/shortcuts.ts'
import type { SlackChannel, SlackPerson } from './slack/state.ts'
import { threadAt } from './slack/threads.ts'
import { viewJson } from './slack/view-json.ts'
import { homeOf } from './slack/view-store.ts'
import { canAct, isDirect, isMember, isPublic, type World } from './slack/world.ts'

/** Does what a person does at the keyboard. What they can't do comes back as a sentence, as Slack's client would say it. */
export async function perform(world: World, act: PageAct): Promise<ActOutcome> {
  try {
    const person = world.state.people[act.as]
    if (!person || !canAct(person)) throw new ActProblem('Nobody like that can sign in here.')
    return await performAs(world, person, act)
  } catch (error) {
    if (!(error instanceof ActProblem)) throw error
    return { ok: false, error: error.message, delivery: null }
  }
}

/** What nobody can do with an app that is not there. */
const NEEDS_THE_APP: PageAct['type'][] = ['command', 'action', 'submit', 'close', 'shortcut', 'home.open']

async function performAs(world: World, person: SlackPerson, act: PageAct): Promise<ActOutcome> {
  if (!world.state.installed && NEEDS_THE_APP.includes(act.type)) {
    throw new ActProblem(`${world.state.app.name} is not installed in this workspace.`)
  }
  switch (act.type) {
    case 'message':
      return writeMessage(world, person, writable(world, person, act.channel), act.text, act.threadTs)
    case 'command':
      if (act.command === '/invite') return join(world, person, act.channel, invited(world, person, act.text))
      return runCommand(world, person, writable(world, person, act.channel), act.command, act.text)
    case 'action':
      return clickElement(world, person, { ...act, values: act.values ?? {} })
    case 'submit':
      return submitModal(world, person, act.viewId, act.values)
    case 'close':
      return closeModal(world, person, act.viewId)
    case 'shortcut':
      return runShortcut(world, person, act.callbackId, act.message ?? null)
    case 'react':
      return react(world, person, act)
    case 'home.open':
      return openHome(world, person)
    case 'status':
      return setStatus(world, person, act)
    case 'read':
      return read(world, person, act.channel)
    case 'direct':
      return direct(world, person, act.with)
    case 'delete':
      return deleteMessage(world, person, act.channel, act.ts)
    case 'join':
      return join(world, person, act.channel, act.user)
    case 'leave':
      return leave(world, person, act.channel, act.user)
  }
}

/** A conversation in which the person has a composer. */
function writable(world: World, person: SlackPerson, id: string): SlackChannel {
  const { state, manifest } = world
  const channel = state.channels[id]
  if (!channel || (!isMember(channel, person.id) && !isPublic(channel)))
    throw new ActProblem('There is no such channel.')
  if (!isMember(channel, person.id)) throw new ActProblem(`Join #${channel.name} first.`)
  if (channel.archived) throw new ActProblem(`#${channel.name} is archived.`)
  if (channel.kind !== 'im') return channel
  const others = channel.members.filter((member) => member !== person.id)
  if (manifest.messagesReadOnly && others.includes(state.app.botUser)) {
    throw new ActProblem('Sending messages to this app has been turned off.')
  }
  if (others.some((other) => state.people[other]?.kind === 'deactivated')) {
    throw new ActProblem('This account has been deactivated.')
  }
  return channel
}

function writeMessage(
  world: World,
  person: SlackPerson,
  channel: SlackChannel,
  text: string,
  threadTs?: string,
): ActOutcome {
  if (text.trim() === '') throw new ActProblem('There is nothing to send.')
  const thread = threadTs === undefined ? null : threadAt(world, channel, threadTs)
  if (thread === undefined) throw new ActProblem('That thread is not there any more.')
  const [, command] = /^\s*(\/\S+)/.exec(text) ?? []
  if (thread && world.manifest.commands.some((known) => known.command === command)) {
    throw new ActProblem(`${command} is not supported in threads. Sorry!`)
  }
  // Unlike commands, messages keep mentions without the name.
  const markup = escapeText(text, world.state, person.id).replace(/<@(\w+)\|[^>]*>/g, '<@$1>')
  const message = addMessage(world, channel, { user: person.id, text: markup, blocks: [], thread })
  markRead(world, person, channel.id)
  return { ...done(), message }
}

/** Adds the reaction, or takes it back when it is there. */
async function react(
  world: World,
  person: SlackPerson,
  { channel: id, ts, name }: Extract<PageAct, { type: 'react' }>,
): Promise<ActOutcome> {
  const channel = world.state.channels[id]
  const message = findReal(world, id, ts)
  if (!channel || !message || !isMember(channel, person.id)) throw new ActProblem('That message is not there any more.')
  if (channel.archived) throw new ActProblem(`#${channel.name} is archived.`)
  const problem = reactionProblem(message, person.id, name)
  if (problem === 'already_reacted') await removeReaction(world, message, person.id, name)
  else if (problem === null) await addReaction(world, message, person.id, name)
  else throw new ActProblem(REACTION_PROBLEMS[problem])
  return done()
}

const REACTION_PROBLEMS: Record<Exclude<ReactionProblem, 'already_reacted'>, string> = {
  invalid_name: 'There is no such emoji.',
  too_many_emoji: 'There are as many different reactions to this message as Slack allows.',
  too_many_reactions: 'You have reacted to this message as often as Slack allows.',
}

async function openHome(world: World, person: SlackPerson): Promise<ActOutcome> {
  if (!world.manifest.homeTab) throw new ActProblem(`${world.state.app.name} has no Home tab.`)
  const channel = openDirect(world, [person.id, world.state.app.botUser])
  const home = homeOf(world, person.id)
  const view = home && { view: viewJson(world, home) }
  return done(await sendEvent(world, 'app_home_opened', { user: person.id, channel: channel.id, tab: 'home', ...view }))
}

async function setStatus(
  world: World,
  person: SlackPerson,
  { emoji, text, hours }: Extract<PageAct, { type: 'status' }>,
): Promise<ActOutcome> {
  if (text.length > MOST_OF_STATUS) throw new ActProblem(`A status has at most ${MOST_OF_STATUS} characters.`)
  const expiration = hours > 0 ? Math.floor(world.clock.now() / 1000 + hours * 3600) : 0
  return done(await changePerson(world, person, { status: { emoji, text, expiration } }))
}

const MOST_OF_STATUS = 100

function read(world: World, person: SlackPerson, channel: string): ActOutcome {
  markRead(world, person, channel)
  return done()
}

function markRead(world: World, { id }: SlackPerson, channel: string): void {
  const { state } = world
  const last = state.messages[channel]?.at(-1)?.ts
  if (!last || state.read[id]?.[channel] === last) return
  state.read[id] = { ...state.read[id], [channel]: last }
  world.changed()
}

function direct(world: World, person: SlackPerson, others: string[]): ActOutcome {
  const people = new Set([person.id, ...others])
  if (people.size > 9) throw new ActProblem('A direct message has at most nine people.')
  for (const id of people) if (!world.state.people[id]) throw new ActProblem('There is nobody like that.')
  return { ...done(), channel: openDirect(world, [...people]).id }
}

function deleteMessage(world: World, person: SlackPerson, channel: string, ts: string): ActOutcome {
  const message = findMessage(world, channel, ts)
  const isMine = message && (message.ephemeralTo ?? message.user) === person.id
  const isGone = !message || message.tombstone || (message.ephemeralTo !== null && !isMine)
  if (isGone) throw new ActProblem('That message is not there any more.')
  if (!isMine && !person.isAdmin) throw new ActProblem('Only admins delete the messages of others.')
  removeMessage(world, message)
  return done()
}

/** Whom Slack's own command names: a mention, or the app by the name that people read. */
function invited({ state }: World, person: SlackPerson, text: string): string {
  const name = text.trim().replace(/^@/, '')
  if (name.toLowerCase() === state.app.name.toLowerCase()) return state.app.botUser
  const mentioned = /<@([A-Z0-9]+)/.exec(escapeText(text, state, person.id))?.[1]
  if (!mentioned) throw new ActProblem('Say whom to add: /invite @somebody.')
  return mentioned
}

async function join(world: World, person: SlackPerson, id: string, user: string): Promise<ActOutcome> {
  const channel = membershipOf(world, id)
  const invites = user !== person.id
  const isGuest = person.kind !== 'member'
  if (!world.state.people[user]) throw new ActProblem('There is nobody like that.')
  if (!isMember(channel, person.id) && (invites || isGuest || !isPublic(channel))) {
    throw new ActProblem('Only somebody in the channel can add people to it.')
  }
  await joinChannel(world, channel, user, invites ? person.id : undefined)
  return done()
}

async function leave(world: World, person: SlackPerson, id: string, user: string): Promise<ActOutcome> {
  const channel = membershipOf(world, id)
  if (!isMember(channel, person.id)) throw new ActProblem('Only somebody in the channel can do that.')
  await leaveChannel(world, channel, user)
  return done()
}

function membershipOf({ state }: World, id: string): SlackChannel {
  const channel = state.channels[id]
  if (!channel || isDirect(channel)) throw new ActProblem('There is no such channel.')
  if (channel.archived) throw new ActProblem(`#${channel.name} is archived.`)
  return channel
}
