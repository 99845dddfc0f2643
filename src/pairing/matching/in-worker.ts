/** Pairs in a thread of its own: a large round takes seconds, and nothing else may wait for it. */
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { checkShape, InvalidInput, type PairingInput, type PairingResult, rowsOf } from './input.ts'

/** What is sent at once: the people first, then the rest; with the seed comes the end. */
export interface Piece {
  people?: unknown
  history?: unknown[]
  avoid?: unknown[]
  seed?: string
}
export type Outcome = { result: PairingResult } | { invalid: { field: string; problem: string } }

/** Rows to copy before other work gets its turn: a few milliseconds. */
const ROWS = 2_000

/** `pair(input)` in a worker thread. Rejects with InvalidInput, or with whatever ended the thread. */
export async function pairInWorker(input: PairingInput): Promise<PairingResult> {
  const seed = checkShape(input)
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  try {
    const outcome = new Promise<Outcome>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`the pairing thread ended with ${code}, without an answer`)))
    })
    // What is wrong is heard of while the rest is still being sent.
    const answer = await Promise.race([send(worker, input, seed).then(() => outcome), outcome])
    if ('invalid' in answer) throw new InvalidInput(answer.invalid.field, answer.invalid.problem)
    return answer.result
  } finally {
    await worker.terminate()
  }
}

async function send(worker: Worker, { people, history, avoid }: PairingInput, seed: string): Promise<void> {
  const post = (piece: Piece) => worker.postMessage(piece)
  post({ people })
  for (const list of ['history', 'avoid'] as const) {
    let rows: unknown[] = []
    for (const row of rowsOf(list === 'history' ? history : avoid, list)) {
      rows.push(row)
      if (rows.length < ROWS) continue
      post({ [list]: rows })
      rows = []
      await setImmediate()
    }
    post({ [list]: rows })
  }
  post({ seed })
}
