/** What no grouping can beat, proven without looking for one. */
import { nothing } from './cost.ts'
import type { Objective } from './input.ts'
import type { Round } from './round.ts'

/**
 * A lower bound of the objective. With everybody in a group, a team of more than half of all must meet itself that
 * often, also where an odd number makes a trio.
 */
export function boundOf(round: Round): Objective {
  const sizes = new Int32Array(round.teams)
  for (const team of round.team) sizes[team]! += 1
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0)
  return { ...nothing(), sameTeam: Math.max(0, Math.ceil(largest - round.n / 2)) }
}
