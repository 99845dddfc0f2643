import { expect, it } from 'vitest'
import { limitsOf } from '../../src/platform/slack-limits.ts'

/** The most calls that fit into any minute: those at once, and those that follow at the even pace. */
const inAMinute = (method: string, rate?: number) => {
  const [limit] = limitsOf(method, undefined, rate)
  return limit ? Math.floor((limit.aheadMs + 60_000) / limit.everyMs) + 1 : Number.POSITIVE_INFINITY
}

it.each([
  ['users.list', 22],
  ['chat.update', 55],
  ['views.publish', 110],
  ['chat.postMessage', 300],
])('%s stays within what Slack takes, and uses nearly all of it', (method, most) => {
  expect(inAMinute(method)).toBeLessThanOrEqual(most)
  expect(inAMinute(method)).toBeGreaterThan(most * 0.95)
  expect(inAMinute(method, 0.5)).toBeLessThanOrEqual(most / 2 + 1)
})

it('a channel takes a message a second, whatever the workspace has left', () => {
  const [workspace, channel] = limitsOf('chat.postMessage', 'C1')
  expect([workspace]).toEqual(limitsOf('chat.postMessage'))
  expect(channel).toMatchObject({ aheadMs: 0 })
  expect(channel?.kind).not.toContain('C1')
  expect(channel?.everyMs).toBeGreaterThanOrEqual(1_000)
})

it('what answers somebody who waits is never held back', () => {
  for (const method of ['views.open', 'views.update', 'auth.test']) expect(limitsOf(method)).toEqual([])
})
