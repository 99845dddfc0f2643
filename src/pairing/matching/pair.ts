/** The pairing engine: who checks in with whom. Pure: no clock, no chance but the seed's. */
import { type Random, seededRandom } from '../../platform/random.ts'
import { Arrangement } from './arrangement.ts'
import { boundOf } from './bound.ts'
import { arrange } from './construction.ts'
import { compareObjectives } from './cost.ts'
import { EXACT_AT_MOST, solveExactly } from './exact.ts'
import { chooseAmongFew, FEW } from './few.ts'
import { improve } from './improvement.ts'
import { assertInput, type Objective, type PairingInput, type PairingResult } from './input.ts'
import { measure } from './objective.ts'
import { type Round, readRound } from './round.ts'

/** Exchanges: so many for each person, and some more, for a few people may have a long way from one best answer to another. */
const walkOf = (n: number): number => 8 * n + 10_000

interface Answer {
  groups: number[][]
  /** Null: the answer is the best of all. */
  bound: Objective | null
  method: string
}

/** Throws InvalidInput when `input` is not what it says it is. */
export function pair(input: PairingInput): PairingResult {
  assertInput(input)
  const round = readRound(input)
  const { groups, bound, method } = answer(round, seededRandom(input.seed))
  const grouping = measure(round, groups)
  const name = (person: number) => round.ids[person]!
  return {
    groups: groups.map((group) => group.map(name)),
    unpaired: grouping.unpaired.map(name),
    objective: grouping.objective,
    bound: bound ?? grouping.objective,
    certified: bound === null || compareObjectives(grouping.objective, bound) === 0,
    method,
    seed: input.seed,
    inputHash: round.hash,
  }
}

function answer(round: Round, random: Random): Answer {
  if (round.n <= FEW) return { groups: chooseAmongFew(round, random), bound: null, method: 'all counted' }
  const arrangement = new Arrangement(round, arrange(round, random))
  const walk = () => arrangement.walk(walkOf(round.n), random)
  walk()
  const bound = boundOf(round)
  const isBest = (against: Objective) => compareObjectives(arrangement.objective(), against) === 0
  if (isBest(bound)) return { groups: arrangement.settle(), bound, method: 'walk' }
  if (round.n > EXACT_AT_MOST) {
    improve(arrangement, bound, random)
    walk()
    return { groups: arrangement.settle(), bound, method: 'windows' }
  }
  const exact = solveExactly(round, arrangement.order)
  if (!isBest(exact.bound)) {
    arrangement.order.set(exact.order)
    arrangement.reckon()
    walk()
  }
  return { groups: arrangement.settle(), bound: exact.bound, method: 'exact' }
}
