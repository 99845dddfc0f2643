/** Rounds made to be hard: how far above what is proven the answers are. */
import { TIERS } from '../../src/pairing/matching/cost.ts'
import type { PairingInput } from '../../src/pairing/matching/input.ts'
import { pair } from '../../src/pairing/matching/pair.ts'
import type { BenchRun } from './bench.ts'
import { longHistory, manyAvoided, oneLargeTeam, threeTeamsAtHome } from './matching-rounds.ts'

const SIZES = [1_000, 3_000, 10_000]
const FAMILIES: Record<string, (n: number, seed: string) => PairingInput> = {
  'one team of 55 %': oneLargeTeam,
  'three teams at home': threeTeamsAtHome,
  '20 avoided each': manyAvoided,
  '250 rounds': longHistory,
}

/** The gap is what a tier has above its bound, as a share of the bound, or of the number of pairs where that is nought. */
export function hardRounds(run: BenchRun) {
  run.say('\nHard families, objective / bound in each tier:')
  run.say(
    `         n   ${'family'.padEnd(20)} ${TIERS.map((tier) => tier.padStart(15)).join('')}   proven best      ms   method`,
  )
  return SIZES.flatMap((n) =>
    Object.entries(FAMILIES).map(([family, make]) => {
      const input = make(n, 'hard')
      const begun = performance.now()
      const { objective, bound, certified, method } = pair(input)
      const ms = Math.round(performance.now() - begun)
      const tiers = TIERS.map((tier) => `${objective[tier]} / ${bound[tier]}`.padStart(15)).join('')
      run.say(
        `${String(n).padStart(10)}   ${family.padEnd(20)} ${tiers}   ${(certified ? 'yes' : 'no').padEnd(11)} ${String(ms).padStart(7)}   ${method}`,
      )
      const gaps = TIERS.map((tier) => ({
        tier,
        gapPercent: (100 * Math.max(0, objective[tier] - bound[tier])) / (bound[tier] || n / 2),
      }))
      const worst = gaps.reduce((most, next) => (next.gapPercent > most.gapPercent ? next : most))
      return { n, family, objective, bound, certified, ms, ...worst }
    }),
  )
}
