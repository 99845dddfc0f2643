import { type ActOutcome, done, isAcked } from './act-outcome.ts'
import { ActProblem } from './act-problem.ts'
import type { Delivery } from './app-link.ts'
import { escapeText } from './mentions.ts'
import { readContent } from './message-store.ts'
import { commandForm } from './payloads.ts'
import { Refusal } from './refusal.ts'
import { say } from './response-url.ts'
import type { SlackChannel, SlackMessage, SlackPerson } from './state.ts'
import { issueResponseUrl, issueTrigger } from './triggers.ts'
import type { World } from './world.ts'

/** Somebody types a slash command. What the app answers with 200 is shown to them. */
export async function runCommand(
  world: World,
  person: SlackPerson,
  channel: SlackChannel,
  command: string,
  text: string,
): Promise<ActOutcome> {
  const known = world.manifest.commands.find((candidate) => candidate.command === command)
  // Commands belong to the workspace: people of another organisation don't have them.
  if (!known || person.teamId !== world.state.team.id) throw new ActProblem(`${command} is not a valid command.`)
  const trimmed = text.trim()
  const body = commandForm(world, person, channel, {
    command,
    text: known.escapes ? escapeText(trimmed, world.state, person.id) : trimmed,
    responseUrl: issueResponseUrl(world, person.id, channel.id, null),
    triggerId: issueTrigger(world, person.id),
  })
  const contentType = 'application/x-www-form-urlencoded'
  const delivery = await world.link.deliver({ kind: 'command', name: command, body, contentType })
  const failed = (code: string): ActOutcome => ({
    ok: false,
    error: `${command} failed with the error "${code}"`,
    delivery,
  })
  if (!isAcked(delivery)) return failed(delivery.failure === 'timeout' ? 'operation_timeout' : 'dispatch_failed')
  try {
    const message = showAnswer(world, channel, person, delivery)
    return message ? { ...done(delivery), message } : done(delivery)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    world.onProblem(`Slack would refuse the answer to ${command}: ${[error.code, ...error.messages].join(' ')}`)
    return failed(error.code)
  }
}

function showAnswer(
  world: World,
  channel: SlackChannel,
  person: SlackPerson,
  { response }: Delivery,
): SlackMessage | null {
  if (typeof response === 'string') {
    return response.trim() === '' ? null : show(world, channel, person, { text: response })
  }
  if (typeof response !== 'object' || response === null || Object.keys(response).length === 0) return null
  return show(world, channel, person, response)
}

function show(world: World, channel: SlackChannel, person: SlackPerson, answer: object): SlackMessage {
  const responseType = 'response_type' in answer ? answer.response_type : undefined
  return say(world, channel, person.id, { ...readContent(world, answer), responseType })
}
