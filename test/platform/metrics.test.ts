import { expect, it } from 'vitest'
import { createMetrics, requestKind } from '../../src/platform/metrics.ts'
import { SlackFailure } from '../../src/platform/slack-failure.ts'

const none = { pools: {}, queues: async () => [] }

it('counts calls that were refused because the token is good for nothing any more', async () => {
  const metrics = createMetrics(none)
  for (const code of ['token_revoked', 'account_inactive', 'channel_not_found']) {
    metrics.slackFailed(new SlackFailure({ kind: 'ours', method: 'chat.postMessage', code }))
  }
  const { text } = await metrics.read()
  expect(text).toContain('small_acts_slack_token_revoked_total 2\n')
  expect(text).toContain('small_acts_slack_failures_total{method="chat.postMessage",failure="ours"} 3\n')
})

it('two in one process count on their own', async () => {
  const [one, other] = [createMetrics(none), createMetrics(none)]
  one.acked('command', 'done', 0.004)
  const count = 'small_acts_ack_seconds_count{kind="command",outcome="done"}'
  expect((await one.read()).text).toContain(`${count} 1\n`)
  expect((await other.read()).text).not.toContain(count)
})

it.each([
  ['command', { command: '/kudos', user_id: 'U1' }],
  ['event', { event: { type: 'team_join' }, type: 'event_callback' }],
  ['action', { type: 'block_actions' }],
  ['view', { type: 'view_submission' }],
  ['shortcut', { type: 'message_action' }],
  ['options', { type: 'block_suggestion' }],
  ['other', { type: 'something of next year' }],
])('knows what a request is: %s', (kind, body) => {
  expect(requestKind(body)).toBe(kind)
})
