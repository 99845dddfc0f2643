import type { Block, SlackChannel, SlackMessage, SlackState } from './state.ts'

/**
 * Who hears about a new message: whoever a mention in its text or blocks names, in a direct message everybody else in
 * it, and of a reply those who wrote in its thread (`followed` is that thread so far). A mention in the top-level text
 * counts even when blocks are shown instead.
 */
export function whoIsNotified(
  state: SlackState,
  message: { channel: SlackChannel; author: string; text: string; blocks: Block[]; followed: SlackMessage[] },
): string[] {
  const { channel, author, text, blocks, followed } = message
  const people = new Set<string>()
  const add = (ids: string[]) => ids.forEach((id) => void people.add(id))
  const mention = (markup: string) => {
    for (const [, user] of markup.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)) add([user as string])
    for (const [, group] of markup.matchAll(/<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>/g)) {
      add(state.groups[group as string]?.users ?? [])
    }
    if (/<!(?:here|channel|everyone)(?:\|[^>]*)?>/.test(markup)) add(channel.members)
  }
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const node = value as Record<string, unknown>
    if ((node.type === 'mrkdwn' || node.type === 'markdown') && typeof node.text === 'string') mention(node.text)
    if (node.type === 'user' && typeof node.user_id === 'string') add([node.user_id])
    if (node.type === 'usergroup') add(state.groups[node.usergroup_id as string]?.users ?? [])
    if (node.type === 'broadcast') add(channel.members)
    Object.values(node).forEach(walk)
  }
  mention(text)
  walk(blocks)
  if (channel.kind === 'im' || channel.kind === 'mpim') add(channel.members)
  add(followed.map(({ user }) => user).filter((user) => channel.members.includes(user)))
  people.delete(author)
  return [...people].filter((id) => !['bot', 'app', 'deactivated'].includes(state.people[id]?.kind ?? 'bot'))
}
