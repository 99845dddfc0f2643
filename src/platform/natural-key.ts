import { createHash } from 'node:crypto'

/** This product's own name space for version 5 uuids. */
const NAMESPACE = Buffer.from('8f1d9a4e6c0b4f0e9a7d3b5c2e1f6a80', 'hex')

/**
 * The uuid (version 5, RFC 9562) of a natural key. Whatever can arrive twice gets its id from what it is about,
 * so the second arrival meets the first one's row.
 */
export function naturalId(...parts: string[]): string {
  // JSON keeps ['a', 'b:c'] and ['a:b', 'c'] apart.
  const hash = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts)).digest()
  hash.writeUInt8(((hash[6] ?? 0) & 0x0f) | 0x50, 6)
  hash.writeUInt8(((hash[8] ?? 0) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether something that comes back to us, such as a button's value, can be an id at all: the database refuses others. */
export const isNaturalId = (value: string): boolean => FORM.test(value)
