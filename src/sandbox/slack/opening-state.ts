import type { Clock } from '../../platform/clock.ts'
import type { Company, CompanyPerson, OpeningMessage } from '../company/company.ts'
import { freshAppToken, freshBotToken, freshClientId, freshSecret, idOf, spellTs } from './ids.ts'
import { escapeText } from './mentions.ts'
import {
  NO_STATUS,
  SHAPE,
  type SlackChannel,
  type SlackMessage,
  type SlackPerson,
  type SlackState,
  type Status,
} from './state.ts'

const SLACKBOT = { handle: 'slackbot', realName: 'Slackbot', title: '', team: '', tz: 'America/Los_Angeles' }
const HOUR = 3_600_000

/** The workspace of a company, with the app installed, at the clock's present. */
export function openingState(
  company: Company,
  appName: string,
  clock: Clock,
  teamId: string = idOf('T', company.domain),
): SlackState {
  const now = clock.now()
  const seconds = Math.floor(now / 1000)
  const botUser = idOf('U', `app ${appName}`)
  const state: SlackState = {
    shape: SHAPE,
    version: 1,
    lastTs: 0,
    team: { id: teamId, name: company.name, domain: company.domain },
    app: {
      id: idOf('A', appName),
      name: appName,
      botId: idOf('B', appName),
      botUser,
      botToken: freshBotToken(),
      appToken: freshAppToken(),
      signingSecret: freshSecret(),
      verificationToken: freshSecret().slice(0, 24),
      clientId: freshClientId(),
      clientSecret: freshSecret(),
    },
    installed: true,
    revokedTokens: [],
    granted: [],
    profileFields: company.profileFields.map((label) => ({ id: idOf('Xf', label), label })),
    people: {},
    groups: {},
    channels: {},
    messages: {},
    read: {},
    views: {},
    modals: {},
    homes: {},
    triggers: {},
    responseUrls: {},
    rateLimits: false,
  }

  const addPerson = (id: string, person: Company['people'][number]) => {
    const { handle, isAdmin = false, isOwner = false, kind = 'member', fields = {}, status, ...rest } = person
    const foreign = kind === 'stranger'
    state.people[id] = {
      ...rest,
      id,
      name: handle,
      kind,
      isAdmin,
      isOwner,
      hue: hueOf(handle),
      teamId: foreign ? idOf('T', 'another workspace') : teamId,
      locale: 'en-US',
      status: status ? statusFrom(status, seconds) : NO_STATUS,
      fields: Object.fromEntries(Object.entries(fields).map(([label, value]) => [idOf('Xf', label), value])),
      updated: seconds,
    } satisfies SlackPerson
  }
  for (const person of company.people) addPerson(idOf('U', person.handle), person)
  const appHandle = appName.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  addPerson(botUser, { handle: appHandle, realName: appName, title: '', team: '', tz: SLACKBOT.tz, kind: 'app' })
  addPerson('USLACKBOT', { ...SLACKBOT, kind: 'bot' })

  for (const { handle, name, people } of company.groups) {
    const id = idOf('S', handle)
    const users = people.map((person) => idOf('U', person))
    state.groups[id] = { id, handle, name, users, disabled: false, created: seconds, updated: seconds }
  }

  const fill = (channel: SlackChannel, messages: OpeningMessage[]) => {
    state.channels[channel.id] = channel
    const written = messages.flatMap((message) => {
      const parent = write(channel.id, message, null)
      return [parent, ...(message.replies ?? []).map((reply) => write(channel.id, reply, parent.ts))]
    })
    state.messages[channel.id] = written.sort((a, b) => Number(a.ts) - Number(b.ts))
    const last = state.messages[channel.id]?.at(-1)?.ts ?? '0'
    for (const member of channel.members) state.read[member] = { ...state.read[member], [channel.id]: last }
  }
  const write = (channel: string, message: OpeningMessage, threadTs: string | null): SlackMessage => ({
    channel,
    ts: freshTs(Math.floor(now - message.hoursAgo * HOUR) * 1000),
    user: idOf('U', message.from),
    text: escapeText(message.text, state, null),
    blocks: [],
    edited: false,
    ephemeralTo: null,
    notified: [],
    threadTs,
    reactions: (message.reactions ?? []).map(({ name, people }) => ({
      name,
      users: people.map((person) => idOf('U', person)),
    })),
    tombstone: false,
  })
  const taken = new Set<number>()
  const freshTs = (micros: number) => {
    let free = micros
    while (taken.has(free)) free += 100
    taken.add(free)
    return spellTs(free)
  }

  for (const { name, kind, topic, people, hasApp = false, archived = false, messages = [] } of company.channels) {
    const members = [...people.map((person) => idOf('U', person)), ...(hasApp ? [botUser] : [])]
    const creator = members[0] ?? botUser
    const created = seconds - 400 * 24 * 3600
    fill({ id: idOf('C', name), kind, name, topic, members, archived, created, creator }, messages)
  }
  for (const { people, messages } of company.directMessages) {
    const members = people.map((person) => idOf('U', person))
    const [prefix, kind] = members.length > 2 ? (['C', 'mpim'] as const) : (['D', 'im'] as const)
    const name = kind === 'mpim' ? `mpdm-${people.join('--')}-1` : ''
    const common = { topic: '', archived: false, created: seconds, creator: members[0] ?? botUser }
    fill({ id: idOf(prefix, people.join(' ')), kind, name, members, ...common }, messages)
  }
  return state
}

function statusFrom({ emoji, text, forHours }: NonNullable<CompanyPerson['status']>, seconds: number): Status {
  return { emoji, text, expiration: seconds + forHours * 3600 }
}

/** 0..359, spread over names. */
function hueOf(handle: string): number {
  return [...handle].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)
}
