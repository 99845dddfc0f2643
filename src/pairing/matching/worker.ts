/** The worker thread in which a round is paired. Started by `in-worker.ts`, which sends the input piece by piece. */
import { parentPort } from 'node:worker_threads'
import type { Outcome, Piece } from './in-worker.ts'
import { InvalidInput, type PairingResult } from './input.ts'
import { pairRound } from './pair.ts'
import { RoundReader } from './round.ts'

let reader: RoundReader | null = null
let isAnswered = false

parentPort?.on('message', (piece: Piece) => {
  // What is wrong is told at once; the rest was on its way by then.
  if (isAnswered) return
  const outcome = take(piece)
  if (!outcome) return
  isAnswered = true
  parentPort?.postMessage(outcome)
  parentPort?.close()
})

function take(piece: Piece): Outcome | null {
  try {
    const result = read(piece)
    return result && { result }
  } catch (error) {
    if (error instanceof InvalidInput) return { invalid: { field: error.field, problem: error.problem } }
    throw error
  }
}

function read({ people, history, avoid, seed }: Piece): PairingResult | null {
  if (people) reader = new RoundReader(people)
  if (!reader) throw new Error('the people come first')
  if (history) reader.addHistory(history)
  if (avoid) reader.addAvoid(avoid)
  return seed === undefined ? null : pairRound(reader.finish(), seed)
}
