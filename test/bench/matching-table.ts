/** 26 rounds of ours beside 26 of others: how many pairs had met before, and how many are of one team. */
import type { PairingInput, PairingPerson } from '../../src/pairing/matching/input.ts'
import { pair } from '../../src/pairing/matching/pair.ts'
import { type Random, seededRandom } from '../../src/platform/random.ts'
import type { BenchRun } from './bench.ts'
import { greedy, type Rival, shuffle, stableMarriage } from './matching-rivals.ts'

const ROUNDS = 26
const TEAM = 6
/** Seeds, because chance alone moves the small ones by some percent. */
const SEEDS = 5
const COLUMNS: [name: string, n: number, attendance: number][] = [
  ['20', 20, 100],
  ['50', 50, 100],
  ['51', 51, 100],
  ['50, 70 % come', 50, 70],
]
const ROWS: Record<string, Rival> = {
  shuffle: shuffle,
  'greedy by history': greedy,
  'stable marriage on random halves': stableMarriage,
  'Small Acts': (input) => pair(input).groups,
}

export function besideOthers(run: BenchRun) {
  run.say(`\n${ROUNDS} rounds, teams of ${TEAM}, mean of ${SEEDS} seeds: repeated pairs % / same-team pairs %`)
  run.say(`${''.padEnd(34)}${COLUMNS.map(([name]) => name.padStart(16)).join('')}`)
  return Object.entries(ROWS).map(([name, rival]) => {
    const cells = COLUMNS.map(([column, n, attendance]) => ({ column, ...play(rival, n, attendance) }))
    run.say(
      `${name.padEnd(34)}${cells.map(({ repeated, sameTeam }) => `${repeated} / ${sameTeam}`.padStart(16)).join('')}`,
    )
    return { name, cells }
  })
}

function play(rival: Rival, n: number, attendance: number): { repeated: number; sameTeam: number } {
  const sum = { pairs: 0, repeated: 0, sameTeam: 0 }
  for (let seed = 0; seed < SEEDS; seed += 1) playOnce(rival, n, attendance, seed, sum)
  const percent = (count: number) => Math.round((1000 * count) / sum.pairs) / 10
  return { repeated: percent(sum.repeated), sameTeam: percent(sum.sameTeam) }
}

function playOnce(
  rival: Rival,
  n: number,
  attendance: number,
  seed: number,
  sum: Record<'pairs' | 'repeated' | 'sameTeam', number>,
) {
  const random = seededRandom(`table ${n} ${attendance} ${seed}`)
  const everybody = Array.from({ length: n }, (_, at) => ({
    id: `U${at}`,
    team: `team ${Math.floor(at / TEAM)}`,
    utcOffset: 0,
  }))
  const teamOf = new Map(everybody.map(({ id, team }) => [id, team]))
  const met = new Set<string>()
  const past: string[][][] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const people = whoCame(everybody, attendance, random)
    const history = past.flatMap((groups, at) => groups.map((members) => ({ members, roundsAgo: round - at })))
    const input: PairingInput = { people, history, avoid: [], seed: `${seed} ${round}` }
    const groups = rival(input, random)
    for (const group of groups) {
      for (const [one, other] of pairsOf(group)) {
        const key = [one, other].sort().join(' ')
        sum.pairs += 1
        if (met.has(key)) sum.repeated += 1
        if (teamOf.get(one) === teamOf.get(other)) sum.sameTeam += 1
        met.add(key)
      }
    }
    past.push(groups)
  }
}

const whoCame = (everybody: PairingPerson[], attendance: number, random: Random): PairingPerson[] =>
  everybody.filter(() => random.below(100) < attendance)

const pairsOf = (group: string[]): [string, string][] =>
  group.flatMap((one, at) => group.slice(at + 1).map((other): [string, string] => [one, other]))
