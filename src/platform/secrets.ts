/** Secrets at rest: AES-256-GCM, with several keys so that one can be replaced while everything runs. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** A key of TOKEN_ENCRYPTION_KEYS: 32 bytes, and the name under which values sealed with it are found again. */
export interface SecretKey {
  id: string
  key: Buffer
}

/**
 * Seals what must not be read in a stolen dump. A sealed value is `id.nonce.text.tag`, all but the key's id in
 * base64url; `owner` is authenticated with it, so that a value put into somebody else's row does not open.
 */
export interface Secrets {
  /** With the first key. */
  seal(text: string, owner: string): string
  /** Throws UnreadableSecret for a value that was changed, is somebody else's, or whose key is not there. */
  open(sealed: string, owner: string): string
  /** Whether a value is sealed with the first key. */
  isCurrent(sealed: string): boolean
  /** Whether there is the key for a value. */
  hasKeyFor(sealed: string): boolean
}

/** Never says what the value was. */
export class UnreadableSecret extends Error {}

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

export const keyIdOf = (sealed: string): string => sealed.split('.', 1)[0] ?? ''

/** `keys` has at least one; the first one seals, all of them open. */
export function createSecrets(keys: readonly SecretKey[]): Secrets {
  const [current] = keys
  if (!current) throw new Error('there is no key to seal with')
  const keyOf = (sealed: string) => keys.find(({ id }) => id === keyIdOf(sealed))
  return {
    seal(text, owner) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, current.key, nonce, { authTagLength: TAG_BYTES }).setAAD(
        Buffer.from(owner),
      )
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [current.id, ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.')
    },
    open(sealed, owner) {
      const known = keyOf(sealed)
      if (!known) throw new UnreadableSecret(`no key "${keyIdOf(sealed)}" in TOKEN_ENCRYPTION_KEYS`)
      const [nonce, text, tag] = sealed
        .split('.')
        .slice(1)
        .map((part) => Buffer.from(part, 'base64url'))
      try {
        if (!nonce || !text || !tag) throw new Error('incomplete')
        const decipher = createDecipheriv(ALGORITHM, known.key, nonce, { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(owner))
          .setAuthTag(tag)
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
      } catch {
        throw new UnreadableSecret(`a value sealed with the key "${known.id}" does not open`)
      }
    },
    isCurrent: (sealed) => keyIdOf(sealed) === current.id,
    hasKeyFor: (sealed) => keyOf(sealed) !== undefined,
  }
}
