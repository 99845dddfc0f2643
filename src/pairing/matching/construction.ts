/** A first arrangement, quick and already without pairs of one team where that is possible. */
import type { Random } from '../../platform/random.ts'
import type { Round } from './round.ts'

/**
 * Everybody in a row, team by team, in random order within; then the first half is seated beside the second. Two of a
 * team sit together only when more than half of all are on it.
 */
export function arrange(round: Round, random: Random): Int32Array {
  const row = shuffled(round.n, random)
  const ranks = shuffled(round.teams, random)
  row.sort((one, other) => ranks[round.team[one]!]! - ranks[round.team[other]!]!)
  const half = round.n >> 1
  const order = new Int32Array(round.n)
  for (let at = 0; at < half; at += 1) {
    order[2 * at] = row[at]!
    order[2 * at + 1] = row[at + half]!
  }
  if (round.n % 2 === 1) order[round.n - 1] = row[round.n - 1]!
  return order
}

/** 0 to count - 1, every order equally likely. */
export function shuffled(count: number, random: Random): Int32Array {
  const list = Int32Array.from({ length: count }, (_, at) => at)
  for (let at = count - 1; at > 0; at -= 1) {
    const other = random.below(at + 1)
    const kept = list[at]!
    list[at] = list[other]!
    list[other] = kept
  }
  return list
}
