import type { SlackState } from './state.ts'

const BROADCASTS = new Set(['here', 'channel', 'everyone'])

/** What a composer turns into markup: markup that is there already, links, mail addresses, @names and #channels. */
const PIECES = new RegExp(
  [
    /<@(?<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>/,
    /<#(?<channel>C[A-Z0-9]+)(?:\|[^>]*)?>/,
    /<!subteam\^(?<group>S[A-Z0-9]+)(?:\|[^>]*)?>/,
    /<!(?<broadcast>here|channel|everyone)(?:\|[^>]*)?>/,
    /<?(?<link>https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"])>?/,
    /(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/,
    /(?<![\w@])@(?<name>[\p{L}\p{N}][\p{L}\p{N}._-]*)/u,
    /(?<![\w#&])#(?<place>[\p{L}\p{N}][\p{L}\p{N}_-]*)/u,
    /(?<special>[&<>])/,
  ]
    .map((part) => part.source)
    .join('|'),
  'gu',
)

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Typed text as Slack keeps it and, where the manifest says should_escape, as a command gets it: mentions by id, links in
 * angle brackets, & < > as entities. A private channel is only known to its members; for a null viewer to nobody.
 */
export function escapeText(text: string, state: SlackState, viewer: string | null): string {
  return text.replace(PIECES, (...args) => {
    const whole = args[0] as string
    const found = args.at(-1) as Record<string, string | undefined>
    if (found.user) return mentionOf(state, found.user) ?? escapeEntities(whole)
    if (found.channel) return channelMention(state, found.channel, viewer) ?? escapeEntities(whole)
    if (found.group) return groupMention(state, found.group) ?? escapeEntities(whole)
    if (found.broadcast) return `<!${found.broadcast}>`
    if (found.link) return `<${escapeEntities(found.link)}>`
    if (found.mail) return `<mailto:${found.mail}|${found.mail}>`
    if (found.name) return byName(state, found.name) ?? whole
    if (found.place) return byPlace(state, found.place, viewer) ?? whole
    return escapeEntities(whole)
  })
}

const escapeEntities = (text: string) => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character)

function mentionOf(state: SlackState, id: string): string | undefined {
  const person = state.people[id]
  return person && `<@${id}|${person.name}>`
}

function channelMention(state: SlackState, id: string, viewer: string | null): string | undefined {
  const channel = state.channels[id]
  if (!channel || channel.kind === 'im' || channel.kind === 'mpim') return undefined
  if (channel.kind === 'private' && !(viewer && channel.members.includes(viewer))) return undefined
  return `<#${id}|${channel.name}>`
}

function groupMention(state: SlackState, id: string): string | undefined {
  const group = state.groups[id]
  return group && !group.disabled ? `<!subteam^${id}|@${group.handle}>` : undefined
}

/** "@ann." is Ann and a full stop: of a name only the end may be something else. */
function byName(state: SlackState, typed: string): string | undefined {
  for (let name = typed; name; name = name.replace(/[._-]$/, '')) {
    const found = exactName(state, name.toLowerCase())
    if (found) return found + typed.slice(name.length)
    if (!/[._-]$/.test(name)) return undefined
  }
  return undefined
}

function exactName(state: SlackState, name: string): string | undefined {
  if (BROADCASTS.has(name)) return `<!${name}>`
  const person = Object.values(state.people).find((p) => p.name === name && p.kind !== 'deactivated')
  if (person) return mentionOf(state, person.id)
  const group = Object.values(state.groups).find((g) => g.handle === name)
  return group && groupMention(state, group.id)
}

function byPlace(state: SlackState, typed: string, viewer: string | null): string | undefined {
  const channel = Object.values(state.channels).find((c) => c.name === typed.toLowerCase())
  return channel && channelMention(state, channel.id, viewer)
}
