import { findReal } from '../message-store.ts'
import { Refusal } from '../refusal.ts'
import type { SlackMessage } from '../state.ts'
import { isMember, isPublic, type World } from '../world.ts'
import { type Method, string } from './method.ts'

export const permalink: Record<string, Method> = {
  'chat.getPermalink': {
    scope: null,
    // Slack says "special" and gives no figure.
    tier: 3,
    takes: { channel: 'string', message_ts: 'string' },
    needs: ['channel', 'message_ts'],
    run(world, args) {
      const { channels, app } = world.state
      const channel = channels[string(args, 'channel')]
      if (!channel || (!isPublic(channel) && !isMember(channel, app.botUser))) throw new Refusal('channel_not_found')
      const message = findReal(world, channel.id, string(args, 'message_ts'))
      if (!message) throw new Refusal('message_not_found')
      return { channel: channel.id, permalink: permalinkOf(world, message) }
    },
  },
}

/** The address of a message, as people open it; a reply's names its thread too. */
function permalinkOf({ state }: World, { channel, ts, threadTs }: SlackMessage): string {
  const thread = threadTs ? `?thread_ts=${threadTs}&cid=${channel}` : ''
  return `https://${state.team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}${thread}`
}
