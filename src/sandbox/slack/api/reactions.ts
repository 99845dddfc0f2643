import { findReal, messageJson } from '../message-store.ts'
import { addReaction, reactionProblem } from '../reactions.ts'
import { Refusal } from '../refusal.ts'
import type { SlackMessage } from '../state.ts'
import { isMember, isPublic, type World } from '../world.ts'
import { type Args, isTs, type Method, string } from './method.ts'

export const reactions: Record<string, Method> = {
  'reactions.add': {
    scope: 'reactions:write',
    tier: 3,
    takes: { channel: 'string', timestamp: 'string', name: 'string' },
    needs: ['channel', 'timestamp', 'name'],
    run(world, args) {
      const { state } = world
      const message = messageNamed(world, args)
      const channel = state.channels[message.channel]
      if (!channel || !isMember(channel, state.app.botUser)) throw new Refusal('not_in_channel')
      if (channel.archived) throw new Refusal('is_archived')
      const name = string(args, 'name')
      const problem = reactionProblem(message, state.app.botUser, name)
      if (problem) throw new Refusal(problem)
      void addReaction(world, message, state.app.botUser, name)
      return {}
    },
  },
  'reactions.get': {
    scope: 'reactions:read',
    tier: 3,
    takes: { channel: 'string', timestamp: 'string', full: 'boolean' },
    needs: [],
    run(world, args) {
      if (args.channel === undefined || args.timestamp === undefined) throw new Refusal('no_item_specified')
      const message = messageNamed(world, args)
      return { type: 'message', channel: message.channel, message: messageJson(world, message) }
    },
  },
}

function messageNamed(world: World, args: Args): SlackMessage {
  const { channels, app } = world.state
  const channel = channels[string(args, 'channel')]
  if (!channel || (!isPublic(channel) && !isMember(channel, app.botUser))) throw new Refusal('channel_not_found')
  const ts = string(args, 'timestamp')
  if (!isTs(ts)) throw new Refusal('bad_timestamp')
  const message = findReal(world, channel.id, ts)
  if (!message) throw new Refusal('message_not_found')
  return message
}
