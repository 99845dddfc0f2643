import type { HttpAnswer } from './faulty-server.ts'
import { addMessage, findMessage, readContent, removeMessage, rewriteMessage } from './message-store.ts'
import { Refusal } from './refusal.ts'
import type { ResponseUrl, SlackChannel } from './state.ts'
import { isFresh } from './triggers.ts'
import type { World } from './world.ts'

const USES = 5

/** What an app may send to a response_url. */
const PROPERTIES = new Set([
  'text',
  'blocks',
  'response_type',
  'replace_original',
  'delete_original',
  'unfurl_links',
  'unfurl_media',
  'mrkdwn',
])

/** Takes one answer through a response_url. */
export function answerResponseUrl(world: World, key: string, contentType: string, body: string): HttpAnswer {
  const found = world.state.responseUrls[key]
  if (!found || !isFresh(found.issuedAt, world.clock.now())) return refuse(404, 'expired_url')
  if (found.uses >= USES) return refuse(404, 'used_url')
  found.uses += 1
  if (!contentType.startsWith('application/json')) return refuse(400, 'invalid_payload')
  try {
    respond(world, found, JSON.parse(body))
    return { status: 200, body: 'ok' }
  } catch (error) {
    if (error instanceof SyntaxError) return refuse(400, 'invalid_payload')
    if (!(error instanceof Refusal)) throw error
    return refuse(GONE.has(error.code) ? 404 : 400, error.code, error)
  }
}

const GONE = new Set(['message_not_found', 'channel_not_found', 'is_archived'])

function refuse(status: number, error: string, refusal?: Refusal): HttpAnswer {
  const details = refusal?.messages.length ? { response_metadata: { messages: refusal.messages } } : {}
  return { status, body: { ok: false, error, ...details } }
}

function respond(world: World, from: ResponseUrl, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new Refusal('invalid_payload')
  const input = answer as Record<string, unknown>
  const unknown = Object.keys(input).find((property) => !PROPERTIES.has(property))
  if (unknown) throw new Refusal('invalid_arguments', [`[ERROR] invalid additional property: ${unknown}`])
  const channel = world.state.channels[from.channel]
  if (!channel) throw new Refusal('channel_not_found')
  if (isTrue(input.delete_original)) {
    removeMessage(world, originalOf(world, from))
    return
  }
  const content = readContent(world, input)
  // A command has no original: Slack posts anew, whatever replace_original says. A click's is replaced unless told otherwise.
  const replace =
    input.replace_original === undefined ? input.response_type === undefined : isTrue(input.replace_original)
  if (from.original && replace) rewriteMessage(world, originalOf(world, from), content, false)
  else say(world, channel, from.user, { ...content, responseType: input.response_type })
}

function originalOf(world: World, { channel, original }: ResponseUrl) {
  const message = original ? findMessage(world, channel, original.ts) : undefined
  if (!message) throw new Refusal('message_not_found')
  return message
}

const isTrue = (value: unknown) => value === true || value === 'true'

/** A message of the app that needs no membership: to the person alone, or with 'in_channel' to everybody there. */
export function say(
  world: World,
  channel: SlackChannel,
  user: string,
  answer: ReturnType<typeof readContent> & { responseType: unknown },
): ReturnType<typeof addMessage> {
  const { responseType = 'ephemeral', ...content } = answer
  if (responseType !== 'ephemeral' && responseType !== 'in_channel') throw new Refusal('invalid_arguments')
  if (channel.archived) throw new Refusal('is_archived')
  const from = { ...content, user: world.state.app.botUser }
  return addMessage(world, channel, responseType === 'in_channel' ? from : { ...from, ephemeralTo: user })
}
