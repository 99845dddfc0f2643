import { describe, expect, it } from 'vitest'
import { insideOf, permalinkOf } from '../../src/sandbox/page/permalink.ts'

const root = { ts: '1764072000.000100', threadTs: null }
const reply = { ts: '1764075600.000200', threadTs: root.ts }

describe('a link to a message', () => {
  it('is Slack’s, and a reply’s names its thread', () => {
    expect(permalinkOf('fernhill', 'C1', root)).toBe('https://fernhill.slack.com/archives/C1/p1764072000000100')
    expect(permalinkOf('fernhill', 'C1', reply)).toBe(
      'https://fernhill.slack.com/archives/C1/p1764075600000200?thread_ts=1764072000.000100&cid=C1',
    )
  })

  it('leads to the message within the page', () => {
    expect(insideOf(permalinkOf('fernhill', 'C1', root), 'fernhill')).toBe('#C1?message=1764072000.000100')
    expect(insideOf(permalinkOf('fernhill', 'C1', reply), 'fernhill')).toBe(
      '#C1?thread=1764072000.000100&message=1764075600.000200',
    )
  })

  it('leads to the conversation when it is the first of its thread', () => {
    const link = `${permalinkOf('fernhill', 'C1', root)}?thread_ts=${root.ts}&cid=C1`
    expect(insideOf(link, 'fernhill')).toBe('#C1?message=1764072000.000100')
  })

  it('is none when it is to another workspace, or to anything else', () => {
    expect(insideOf('https://elsewhere.slack.com/archives/C1/p1764072000000100', 'fernhill')).toBeNull()
    expect(insideOf('https://fernhill.slack.com/archives/C1', 'fernhill')).toBeNull()
    expect(
      insideOf('https://example.com/?https://fernhill.slack.com/archives/C1/p1764072000000100', 'fernhill'),
    ).toBeNull()
  })
})
