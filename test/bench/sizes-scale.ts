/** How much of everything there is, and how to name a row of it. */
import { createHash } from 'node:crypto'

/** When all of it is read: late in a month, so that there is a month to count. */
export const NOW = new Date('2026-09-28T12:00:00Z')
/** Five years. */
export const WEEKS = 260
/** The one that the queries are about. */
export const LARGE = 'TLARGE'

export interface Size {
  id: string
  members: number
  kudos: number
  channels: number
  /** Channels with a weekly prompt. */
  prompts: number
  /** People in each round; there is one every two weeks. */
  rounds: number
}

export const SIZES: Size[] = [
  { id: LARGE, members: 20_000, kudos: 3_000_000, channels: 1_000, prompts: 200, rounds: 5_000 },
  { id: 'TMIDDLE', members: 6_000, kudos: 1_400_000, channels: 300, prompts: 40, rounds: 2_000 },
  { id: 'TSMALL', members: 1_500, kudos: 400_000, channels: 100, prompts: 20, rounds: 500 },
  { id: 'TOTHER', members: 1_000, kudos: 200_000, channels: 50, prompts: 10, rounds: 200 },
]

/** The id of the n-th row of a kind, as `idSql` makes it. */
export function idOf(kind: string, n: number | string): string {
  const hex = createHash('md5').update(`${LARGE} ${kind} ${n}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
export const idSql = ({ id }: Size, kind: string, n = 'n') => `md5('${id} ${kind} ' || ${n})::uuid`

/** A number from 0 up to `below`, the same in every run; with `skew`, the low ones come more often: a few are busy. */
export function chosen(below: number, n: string, salt: number, skew = false): string {
  const share = `((hashint8extended(${n}, ${salt}) & 2147483647) / 2147483648.0::float8)`
  return `floor(${below} * ${skew ? `power(${share}, 2)` : share})::int`
}
