/** The pairing engine: who checks in with whom. Pure: no clock, no chance but the seed's. */
import { type Random, seededRandom } from '../../platform/random.ts'
import { Arrangement } from './arrangement.ts'
import { boundOf } from './bound.ts'
import { arrange } from './construction.ts'
import { compareObjectives } from './cost.ts'
import { EXACT_AT_MOST, solveExactly } from './exact.ts'
import { chooseAmongFew, FEW } from './few.ts'
import { improveByWindows, mend } from './improvement.ts'
import { checkShape, type Objective, type PairingInput, type PairingResult } from './input.ts'
import { measure } from './objective.ts'
import { type Round, readRound } from './round.ts'

/** Exchanges to begin with: so many for each person, and what they leave is mended one by one faster. */
const FIRST_WALK = 2

/**
 * Exchanges at the end, among equally good answers: enough that everybody's place is a matter of chance. Some more than
 * eight for each person, for a few people may have a long way from one best answer to another.
 */
const lastWalk = (n: number): number => 8 * n + 10_000

interface Answer {
  groups: number[][]
  /** Null: the answer is the best of all. */
  bound: Objective | null
  method: string
}

/** Throws InvalidInput when `input` is not what it says it is. */
export function pair(input: PairingInput): PairingResult {
  const seed = checkShape(input)
  return pairRound(readRound(input), seed)
}

/** The same for what was read already. */
export function pairRound(round: Round, seed: string): PairingResult {
  const { groups, bound, method } = answer(round, seededRandom(seed))
  const { objective, unpaired } = measure(round, groups)
  const name = (person: number) => round.ids[person]!
  return {
    groups: groups.map((group) => group.map(name)),
    unpaired: unpaired.map(name),
    objective,
    bound: bound ?? objective,
    certified: bound === null || compareObjectives(objective, bound) === 0,
    method,
    seed,
    inputHash: round.hash,
  }
}

function answer(round: Round, random: Random): Answer {
  if (round.n <= FEW) return { groups: chooseAmongFew(round, random), bound: null, method: 'all counted' }
  const arrangement = new Arrangement(round, arrange(round, random))
  arrangement.walk(FIRST_WALK * round.n, random)
  const first = boundOf(round)
  mend(arrangement, first, random)
  const { bound, method } = better(arrangement, first, random)
  arrangement.walk(lastWalk(round.n), random)
  return { groups: arrangement.settle(), bound, method }
}

/** Takes the arrangement to the best that can be found, and says what was proven of it. */
function better(arrangement: Arrangement, bound: Objective, random: Random): Pick<Answer, 'bound' | 'method'> {
  const { round } = arrangement
  const isBest = (against: Objective) => compareObjectives(arrangement.objective(), against) === 0
  if (isBest(bound)) return { bound, method: 'exchanges' }
  if (round.n > EXACT_AT_MOST) {
    improveByWindows(arrangement, bound, random)
    return { bound, method: 'windows' }
  }
  const exact = solveExactly(round, arrangement.order)
  if (!isBest(exact.bound)) {
    arrangement.order.set(exact.order)
    arrangement.reckon()
  }
  return { bound: exact.bound, method: 'exact' }
}
