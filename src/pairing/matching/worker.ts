/** The worker thread in which a round is paired. Started by `in-worker.ts`, which sends the input piece by piece. */
import { parentPort } from 'node:worker_threads'
import type { Outcome, Piece } from './in-worker.ts'
import { InvalidInput, type PairingInput } from './input.ts'
import { pair } from './pair.ts'

const people: PairingInput['people'][number][] = []
const history: PairingInput['history'][number][] = []
const avoid: PairingInput['avoid'][number][] = []

parentPort?.on('message', (piece: Piece) => {
  for (const person of piece.people) people.push(person)
  for (const row of piece.history) history.push(row)
  for (const row of piece.avoid) avoid.push(row)
  if (piece.seed === undefined) return
  parentPort?.postMessage(outcome({ people, history, avoid, seed: piece.seed }))
  parentPort?.close()
})

function outcome(input: PairingInput): Outcome {
  try {
    return { result: pair(input) }
  } catch (error) {
    if (error instanceof InvalidInput) return { invalid: { field: error.field, problem: error.problem } }
    throw error
  }
}
