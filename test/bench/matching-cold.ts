/**
 * One realistic round in a process that has done nothing before: `matching-cold.ts N SEED [array]`, figures as JSON. The
 * history's rows are made while they are read, within the time measured; with `array` all are there before.
 */
import { pair } from '../../src/pairing/matching/pair.ts'
import { realisticRound, realisticRows } from './matching-rounds.ts'

export interface ColdFigures {
  historyRows: number
  ms: number
  /** The most the process ever had. */
  rssMb: number
  certified: boolean
}

const [n, seed = '', how] = process.argv.slice(2)
const { input, historyRows } = how === 'array' ? allRows() : realisticRows(Number(n), 52, seed)
const begun = performance.now()
const { certified } = pair(input)
const figures: ColdFigures = {
  historyRows,
  ms: performance.now() - begun,
  rssMb: process.resourceUsage().maxRSS / 1024,
  certified,
}
process.stdout.write(JSON.stringify(figures))

function allRows() {
  const input = realisticRound(Number(n), 52, seed)
  return { input, historyRows: input.history.length }
}
