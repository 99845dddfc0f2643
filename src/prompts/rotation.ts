/** Which prompt a channel gets next. */
import { createHash } from 'node:crypto'

export const KINDS = ['appreciation', 'connection'] as const
export type Kind = (typeof KINDS)[number]

export interface Candidate {
  id: string
  kind: Kind
  /** The workspace's own, not the library's. */
  isOwn: boolean
}

/** A prompt the channel has had. */
export interface Used {
  id: string
  kind: Kind
  /** Counted from 1: each prompt comes once in each. */
  cycle: number
}

export interface Wish {
  kinds: 'alternating' | Kind
  /** When the workspace's own prompts come: all of them before the library's, or wherever. */
  own: 'first' | 'mixed'
  /** Keeps the order of one channel apart from another's. */
  seed: string
  /** What an admin passed over this time, in that order: it comes later in the cycle. */
  passedOver: string[]
}

export interface Choice {
  id: string
  kind: Kind
  cycle: number
}

/**
 * The next prompt, or null when there is none of the kind wanted. None comes twice in a channel until all that there are
 * by then have come once; what is added in between still comes in the same cycle. Within that the own ones come first
 * where that is wanted, kinds alternate, and what came lately waits. `used` is newest first.
 */
export function choose(pool: Candidate[], used: Used[], wish: Wish): Choice | null {
  const eligible = pool.filter(({ kind }) => wish.kinds === 'alternating' || wish.kinds === kind)
  if (eligible.length === 0) return null
  const current = used.reduce((most, { cycle }) => Math.max(most, cycle), 1)
  const came = new Set(used.filter(({ cycle }) => cycle === current).map(({ id }) => id))
  const left = eligible.filter(({ id }) => !came.has(id))
  const cycle = left.length > 0 ? current : current + 1
  const lately = new Set(used.slice(0, Math.floor(eligible.length / 2)).map(({ id }) => id))
  const last = used[0]?.kind
  const narrowed = [
    ({ id }: Candidate) => id !== wish.passedOver.at(-1),
    ({ id }: Candidate) => !wish.passedOver.includes(id),
    ({ isOwn }: Candidate) => isOwn || wish.own === 'mixed',
    ({ kind }: Candidate) => kind !== last,
    ({ id }: Candidate) => !lately.has(id),
  ].reduce(preferring, left.length > 0 ? left : eligible)
  const [first] = narrowed
    .map((candidate) => ({ ...candidate, place: placeOf(candidate.id, cycle, wish.seed) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
  return first ? { id: first.id, kind: first.kind, cycle } : null
}

/** Those that are preferred, or all where none is. */
function preferring(candidates: Candidate[], isPreferred: (candidate: Candidate) => boolean): Candidate[] {
  const preferred = candidates.filter(isPreferred)
  return preferred.length > 0 ? preferred : candidates
}

/** Another order for each channel and cycle, which what is added or taken away does not change for the others. */
const placeOf = (id: string, cycle: number, seed: string): string =>
  createHash('sha256')
    .update(JSON.stringify([seed, cycle, id]))
    .digest('hex')
