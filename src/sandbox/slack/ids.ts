import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Clock } from '../../platform/clock.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const spell = (bytes: Buffer) => [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')

/** An id in Slack's form that is the same for the same name, so that links survive a restart: ('U', 'ann') -> U0…. */
export function idOf(prefix: string, name: string): string {
  const digest = createHash('sha256').update(`${prefix} ${name}`).digest()
  return `${prefix}0${spell(digest.subarray(0, 9))}`
}

/** A fresh id in Slack's form. */
export const freshId = (prefix: string): string => `${prefix}0${spell(randomBytes(9))}`

/** A short random id, such as Slack gives to blocks and elements that come without one. */
export const freshBlockId = (): string => randomBytes(4).toString('base64url').slice(0, 5)

export const freshHash = (now: number): string => `${Math.floor(now / 1000)}.${randomBytes(6).toString('base64url')}`

export const freshSecret = (): string => randomBytes(16).toString('hex')

export function freshBotToken(): string {
  const digits = () => String(randomInt(1e11, 1e12))
  return `xoxb-${digits()}-${digits()}-${randomBytes(18).toString('base64url').replace(/[-_]/g, 'x')}`
}

/** digits.digits */
export const freshClientId = (): string => `${randomInt(1e11, 1e12)}.${randomInt(1e12, 1e13)}`

export const freshAppToken = (): string =>
  `xapp-1-${idOf('A', freshSecret())}-${randomInt(1e12, 1e13)}-${freshSecret()}`

/** digits.digits.hex: nobody can guess one, and none comes twice, whatever happens to the process. */
export function freshTriggerId(): string {
  return `${randomInt(1e12, 1e13)}.${randomInt(1e10, 1e11)}.${randomBytes(16).toString('hex')}`
}

/** The path of a response_url. */
export const freshUrlKey = (): string => randomBytes(24).toString('base64url')

/** A message's ts: the time in microseconds, later than every other one, even when the clock stands still. */
export function nextTs(state: { lastTs: number }, clock: Clock): string {
  state.lastTs = Math.max(clock.now() * 1000 + 100, state.lastTs + 100)
  return spellTs(state.lastTs)
}

/** Microseconds as Slack writes them: 1764000000.000100 */
export function spellTs(micros: number): string {
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
}
