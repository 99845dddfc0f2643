import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** A stream of random numbers, the same for the same seed on every machine. */
export interface Random {
  /** An integer from 0 to n - 1, each equally likely. n is at least 1 and at most 2^32. */
  below(n: number): number
}

const CHUNK = 4096

/** AES-256 in counter mode over zeroes, keyed by the seed's SHA-256. */
export function seededRandom(seed: string): Random {
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16))
  let buffer = Buffer.alloc(0)
  let at = 0
  const next = () => {
    if (at >= buffer.length) {
      buffer = cipher.update(Buffer.alloc(CHUNK))
      at = 0
    }
    const value = buffer.readUInt32LE(at)
    at += 4
    return value
  }
  return {
    below(n) {
      if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`below(${n}): n must be 1 to 2^32`)
      // Values past the last whole multiple of n would make small results more likely: draw again.
      const limit = 2 ** 32 - (2 ** 32 % n)
      for (;;) {
        const value = next()
        if (value < limit) return value % n
      }
    },
  }
}

/** A seed nobody can guess. */
export const freshSeed = (): string => randomBytes(32).toString('hex')
