/** What a grouping is worth, reckoned from the groups alone: whoever found it is not asked. */
import { nothing } from './cost.ts'
import type { Objective } from './input.ts'
import { REPEAT } from './links.ts'
import { linkOf, type Round } from './round.ts'

/** The objective of these groups, and who is in none of them, by number. */
export function measure(round: Round, groups: readonly number[][]): { objective: Objective; unpaired: number[] } {
  const objective = nothing()
  const placed = new Uint8Array(round.n)
  for (const group of groups) {
    for (const [index, one] of group.entries()) {
      placed[one] = 1
      for (const other of group.slice(index + 1)) {
        objective.sameTeam += round.team[one] === round.team[other] ? 1 : 0
        objective.repeat += REPEAT[linkOf(round, one, other)]!
        objective.timezone += round.zoneCost[round.zone[one]! * round.zones + round.zone[other]!]!
      }
    }
  }
  const unpaired: number[] = []
  for (let person = 0; person < round.n; person += 1) {
    if (placed[person] === 1) continue
    unpaired.push(person)
    objective.unpaired += 1
    objective.waited += round.waited[person]!
  }
  return { objective, unpaired }
}
