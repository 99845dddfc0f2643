/** What a pair costs: the tiers of the objective, each a small whole number. */
import type { Objective } from './input.ts'

/** How badly two days from 09:00 to 17:00 overlap, 0 to 3; offsets in minutes. Half a day apart is the farthest. */
export function timezoneCost(offset: number, other: number): number {
  const apart = Math.abs(offset - other) % 1440
  const minutes = Math.min(apart, 1440 - apart)
  // 8 hours less the distance: 4 hours of overlap are left up to 4 hours apart, and so on.
  if (minutes <= 240) return 0
  if (minutes <= 360) return 1
  return minutes <= 420 ? 2 : 3
}

export const TIERS = ['unpaired', 'waited', 'sameTeam', 'repeat', 'timezone'] as const

export const nothing = (): Objective => ({ unpaired: 0, waited: 0, sameTeam: 0, repeat: 0, timezone: 0 })

/** Below 0 when the first is better, above 0 when the second is. */
export function compareObjectives(one: Objective, other: Objective): number {
  for (const tier of TIERS) if (one[tier] !== other[tier]) return one[tier] - other[tier]
  return 0
}
