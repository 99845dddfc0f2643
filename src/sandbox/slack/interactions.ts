import type { ActionPlace, Chosen } from '../contract.ts'
import { type ActOutcome, outcomeOf } from './act-outcome.ts'
import { ActProblem } from './act-problem.ts'
import { interaction } from './app-link.ts'
import { findElement } from './block-kit/walk.ts'
import { actionJson, type Choices, stateValues } from './element-values.ts'
import { nextTs } from './ids.ts'
import { findMessage, messageJson } from './message-store.ts'
import { interactionBase } from './payloads.ts'
import type { Block, SlackMessage, SlackPerson, SlackView } from './state.ts'
import { issueResponseUrl, issueTrigger } from './triggers.ts'
import { viewJson } from './view-json.ts'
import { homeOf, modalsOf } from './view-store.ts'
import { isMember, isPublic, payloadName, type World } from './world.ts'

export interface Click {
  where: ActionPlace
  blockId: string
  actionId: string
  chosen: Chosen
  /** What else is set on the same surface. */
  values: Choices
}

/** Somebody uses a button, a menu or another element: the app gets block_actions. */
export async function clickElement(world: World, person: SlackPerson, click: Click): Promise<ActOutcome> {
  if (!world.manifest.interactive) throw new ActProblem('This app is not configured to handle interactive responses.')
  const surface = surfaceOf(world, person, click.where)
  const found = findElement(surface.blocks, click.blockId, click.actionId)
  if (!found) throw new ActProblem('That is not there any more.')
  if (found.block.type === 'input' && found.block.dispatch_action !== true) {
    throw new ActProblem('What is filled in here is only sent with the whole form.')
  }
  const { blockId, actionId, chosen, values } = click
  const action = actionJson(world.state, found.block, found.element, chosen, nextTs(world.state, world.clock))
  const all = { ...values, [blockId]: { ...values[blockId], [actionId]: chosen } }
  const state = stateValues(world.state, surface.blocks, all, true)
  const payload = {
    ...interactionBase(world, 'block_actions', person),
    ...surface.payload(state),
    actions: [action],
  }
  const delivery = await world.link.deliver(interaction('block_actions', actionId, payload))
  return outcomeOf(world.state.app.name, delivery)
}

interface Surface {
  blocks: Block[]
  /** The part of the payload that tells the place. */
  payload(state: ReturnType<typeof stateValues>): Record<string, unknown>
}

function surfaceOf(world: World, person: SlackPerson, where: ActionPlace): Surface {
  if (where.kind === 'message') return messageSurface(world, person, where.channel, where.ts)
  const view = where.kind === 'home' ? homeOf(world, person.id) : modalsOf(world, person.id).at(-1)
  if (!view || (where.kind === 'view' && view.id !== where.viewId)) throw new ActProblem('That is not open any more.')
  return viewSurface(world, person, view)
}

function messageSurface(world: World, person: SlackPerson, channelId: string, ts: string): Surface {
  const channel = world.state.channels[channelId]
  const message = findMessage(world, channelId, ts)
  const sees = channel && (isMember(channel, person.id) || isPublic(channel)) && isFor(message, person)
  if (!message || !sees) throw new ActProblem('That message is not there any more.')
  const isEphemeral = message.ephemeralTo !== null
  return {
    blocks: message.blocks,
    payload: (values) => ({
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channelId,
        is_ephemeral: isEphemeral,
        ...(message.threadTs && { thread_ts: message.threadTs }),
      },
      trigger_id: issueTrigger(world, person.id),
      channel: { id: channelId, name: payloadName(channel) },
      // Slack keeps no ephemeral messages, and so can't send one along.
      ...(!isEphemeral && { message: messageJson(world, message) }),
      state: { values },
      response_url: issueResponseUrl(world, person.id, channelId, { ts }),
    }),
  }
}

const isFor = (message: SlackMessage | undefined, { id }: SlackPerson) =>
  message !== undefined && (message.ephemeralTo === null || message.ephemeralTo === id)

function viewSurface(world: World, person: SlackPerson, view: SlackView): Surface {
  return {
    blocks: view.view.blocks,
    payload: (values) => ({
      container: { type: 'view', view_id: view.id },
      trigger_id: issueTrigger(world, person.id, view.view.type === 'modal' ? view.id : null),
      view: viewJson(world, view, values),
      response_urls: [],
    }),
  }
}
