import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createSecrets, UnreadableSecret } from '../../src/platform/secrets.ts'

const key = (id: string) => ({ id, key: randomBytes(32) })
const old = key('2025')
const fresh = key('2026')

it('opens what it sealed, and seals the same text differently each time', () => {
  const secrets = createSecrets([fresh])
  const sealed = secrets.seal('xoxb-1', 'T1')
  expect(secrets.open(sealed, 'T1')).toBe('xoxb-1')
  expect(sealed).toMatch(/^2026\./)
  expect(sealed).not.toContain('xoxb')
  expect(secrets.seal('xoxb-1', 'T1')).not.toBe(sealed)
})

it('opens nothing in another workspace’s row', () => {
  const secrets = createSecrets([fresh])
  const sealed = secrets.seal('xoxb-1', 'T1')
  expect(() => secrets.open(sealed, 'T2')).toThrow(UnreadableSecret)
})

it('opens nothing of which one bit was changed, in whichever part', () => {
  const secrets = createSecrets([fresh])
  const parts = secrets.seal('xoxb-1', 'T1').split('.')
  for (const part of [1, 2, 3]) {
    const bytes = Buffer.from(parts[part] ?? '', 'base64url')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    const changed = parts.with(part, bytes.toString('base64url')).join('.')
    expect(() => secrets.open(changed, 'T1')).toThrow(UnreadableSecret)
  }
  for (const short of ['', '2026', '2026.x', parts.slice(0, 3).join('.'), [...parts.slice(0, 3), 'AAAA'].join('.')]) {
    expect(() => secrets.open(short, 'T1')).toThrow(UnreadableSecret)
  }
})

it('seals with the first key, opens with all of them, and tells which is which', () => {
  const sealed = createSecrets([old]).seal('xoxb-1', 'T1')
  const both = createSecrets([fresh, old])
  expect(both.open(sealed, 'T1')).toBe('xoxb-1')
  expect(both.isCurrent(sealed)).toBe(false)
  expect(both.isCurrent(both.seal('xoxb-1', 'T1'))).toBe(true)
  const without = createSecrets([fresh])
  expect(without.hasKeyFor(sealed)).toBe(false)
  expect(() => without.open(sealed, 'T1')).toThrow('no key "2025" in TOKEN_ENCRYPTION_KEYS')
  // The name of another key does not make it one.
  expect(() => both.open(sealed.replace('2025', '2026'), 'T1')).toThrow(UnreadableSecret)
})
