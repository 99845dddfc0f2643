import { type ActOutcome, outcomeOf } from './act-outcome.ts'
import { ActProblem } from './act-problem.ts'
import { type Delivery, interaction } from './app-link.ts'
import { spellTs } from './ids.ts'
import { findReal, messageJson } from './message-store.ts'
import { interactionBase } from './payloads.ts'
import type { SlackPerson } from './state.ts'
import { issueResponseUrl, issueTrigger } from './triggers.ts'
import { isMember, payloadName, type World } from './world.ts'

/** Somebody starts one of the app's shortcuts; one for messages comes with the message it was started from. */
export async function runShortcut(
  world: World,
  person: SlackPerson,
  callbackId: string,
  from: { channel: string; ts: string } | null,
): Promise<ActOutcome> {
  const { manifest, state } = world
  if (!manifest.interactive) throw new ActProblem('This app is not configured to handle interactive responses.')
  const type = from ? 'message' : 'global'
  const known = manifest.shortcuts.find((one) => one.callbackId === callbackId && one.type === type)
  // Like commands, shortcuts belong to the workspace: people of another organisation don't have them.
  if (!known || person.teamId !== state.team.id) throw new ActProblem('There is no such shortcut.')
  const kind: Delivery['kind'] = from ? 'message_action' : 'shortcut'
  const place = from && placeOf(world, person, from)
  const { api_app_id: _, ...base } = interactionBase(world, kind, person)
  const payload = {
    ...base,
    callback_id: callbackId,
    action_ts: spellTs(world.clock.now() * 1000),
    trigger_id: issueTrigger(world, person.id),
    ...place,
  }
  const delivery = await world.link.deliver(interaction(kind, callbackId, payload))
  return outcomeOf(state.app.name, delivery)
}

/** The part of the payload that tells of the message. It can be in a conversation without the app. */
function placeOf(world: World, person: SlackPerson, from: { channel: string; ts: string }) {
  const channel = world.state.channels[from.channel]
  const message = findReal(world, from.channel, from.ts)
  if (!channel || !message || !isMember(channel, person.id)) {
    throw new ActProblem('That message is not there any more.')
  }
  return {
    channel: { id: channel.id, name: payloadName(channel) },
    message_ts: message.ts,
    message: messageJson(world, message),
    // The app may not change what somebody else wrote: nothing here can be replaced.
    response_url: issueResponseUrl(world, person.id, channel.id, null),
  }
}
