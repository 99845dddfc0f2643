/** The pairing engine: how fast, how large, how near to what is provably best, and beside what others do. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Bench, BenchRun, Goal } from './bench.ts'
import type { ColdFigures } from './matching-cold.ts'
import { compareWithEdmonds } from './matching-edmonds.ts'
import { hardRounds } from './matching-hard.ts'
import { besideOthers } from './matching-table.ts'

const COLD_SIZES = [1_000, 10_000, 100_000]
const COLD_RUNS = 3
/** More of the smaller ones, which are the usual ones. */
const SHARE_OF: [n: number, rounds: number][] = [
  [50, 10],
  [200, 10],
  [1_000, 10],
  [5_000, 4],
]

export const matchingBench: Bench = async (run) => {
  const speed = compareWithEdmonds(run)
  const { cold, certified } = coldRounds(run)
  const hard = hardRounds(run)
  const table = besideOthers(run)
  const goals = { ...speedGoals(speed), ...coldGoals(cold, certified), ...gapGoal(hard) }
  return { figures: { speed, cold, certified, hard, table }, goals }
}

/** Each in a process of its own, which has done nothing before. */
function coldRound(n: number, seed: string): ColdFigures {
  const entry = join(import.meta.dirname, 'matching-cold.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, String(n), seed], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`a cold round of ${n} failed: ${stderr}`)
  return JSON.parse(stdout) as ColdFigures
}

interface Cold {
  n: number
  historyRows: number
  /** The median of the runs; the most of them. */
  ms: number
  allMs: number[]
  rssMb: number
}

function coldRounds(run: BenchRun) {
  const cold: Cold[] = []
  const certified = { rounds: 0, best: 0 }
  const count = (best: boolean) => {
    certified.rounds += 1
    if (best) certified.best += 1
  }
  run.say(`\nRealistic people after 52 rounds, each in a new process; median of ${COLD_RUNS} (all), most memory:`)
  run.say('         n   history rows   cold ms (all)                RSS MB')
  for (const n of COLD_SIZES) {
    const rounds = Array.from({ length: COLD_RUNS }, (_, at) => coldRound(n, `cold ${at}`))
    for (const round of rounds) count(round.certified)
    const allMs = rounds.map(({ ms }) => Math.round(ms)).toSorted((a, b) => a - b)
    const figures = {
      n,
      historyRows: rounds[0]?.historyRows ?? 0,
      ms: allMs[Math.floor(COLD_RUNS / 2)] ?? 0,
      allMs,
      rssMb: Math.max(...rounds.map(({ rssMb }) => Math.round(rssMb))),
    }
    cold.push(figures)
    const times = `${figures.ms} (${allMs.join(', ')})`
    run.say(
      `${String(n).padStart(10)} ${String(figures.historyRows).padStart(14)}   ${times.padEnd(28)} ${figures.rssMb}`,
    )
  }
  for (const [n, rounds] of SHARE_OF) {
    for (let at = 0; at < rounds; at += 1) count(coldRound(n, `share ${at}`).certified)
  }
  run.say(`Proven best: ${certified.best} of ${certified.rounds} realistic rounds of 50 to 100,000 people.`)
  return { cold, certified }
}

const rounded = (value: number) => Math.round(value * 100) / 100

function speedGoals(speed: ReturnType<typeof compareWithEdmonds>): Record<string, Goal> {
  const least = (n: number) => rounded(Math.min(...speed.filter((row) => row.n === n).map(({ times }) => times)))
  const goal = (n: number, times: number): Goal => ({
    goal: `at least ${times} times faster than edmonds-blossom-fixed at ${n}, whatever the costs`,
    measured: least(n),
    met: least(n) >= times,
  })
  return { speed400: goal(400, 10), speed800: goal(800, 20) }
}

function coldGoals(cold: Cold[], certified: { rounds: number; best: number }): Record<string, Goal> {
  const of = (n: number) => cold.find((row) => row.n === n) ?? { ms: Number.NaN, rssMb: Number.NaN }
  const within = (n: number, ms: number): Goal => ({
    goal: `cold, ${n} people in at most ${ms} ms`,
    measured: of(n).ms,
    met: of(n).ms <= ms,
  })
  const exponent = rounded(Math.log(of(100_000).ms / of(1_000).ms) / Math.log(100))
  return {
    cold1k: within(1_000, 100),
    cold10k: within(10_000, 500),
    cold100k: within(100_000, 2_500),
    memory: { goal: 'at most 400 MB at 100,000', measured: of(100_000).rssMb, met: of(100_000).rssMb <= 400 },
    growth: { goal: 'grows with an exponent of at most 1.2', measured: exponent, met: exponent <= 1.2 },
    certified: {
      goal: 'all realistic rounds proven best',
      measured: `${certified.best} of ${certified.rounds}`,
      met: certified.best === certified.rounds,
    },
  }
}

function gapGoal(hard: ReturnType<typeof hardRounds>): Record<string, Goal> {
  const worst = hard.reduce((most, next) => (next.gapPercent > most.gapPercent ? next : most))
  const where = worst.gapPercent > 0 ? ` (${worst.family}, ${worst.n}, ${worst.tier})` : ''
  return {
    gap: {
      goal: 'hard families at most 0.5 % above the bound in every tier',
      measured: `${rounded(worst.gapPercent)} %${where}`,
      met: worst.gapPercent <= 0.5,
    },
  }
}
