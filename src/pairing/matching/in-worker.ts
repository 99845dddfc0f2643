/** Pairs in a thread of its own: a large round takes seconds, and nothing else may wait for it. */
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { InvalidInput, type PairingInput, type PairingResult } from './input.ts'

/** What is sent at once; with the seed comes the end. */
export interface Piece extends Pick<PairingInput, 'people' | 'history' | 'avoid'> {
  seed?: string
}
export type Outcome = { result: PairingResult } | { invalid: { field: string; problem: string } }

/** Rows to copy before other work gets its turn: a few milliseconds. */
const PIECE = 5_000

/** `pair(input)` in a worker thread. Rejects with InvalidInput, or with whatever ended the thread. */
export async function pairInWorker(input: PairingInput): Promise<PairingResult> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  try {
    const outcome = new Promise<Outcome>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`the pairing thread ended with ${code}, without an answer`)))
    })
    await Promise.race([send(worker, input), outcome])
    const answer = await outcome
    if ('invalid' in answer) throw new InvalidInput(answer.invalid.field, answer.invalid.problem)
    return answer.result
  } finally {
    await worker.terminate()
  }
}

async function send(worker: Worker, { people, history, avoid, seed }: PairingInput): Promise<void> {
  const most = Math.max(people.length, history.length, avoid.length)
  for (let from = 0; from < most; from += PIECE) {
    const cut = <Row>(rows: readonly Row[]) => rows.slice(from, from + PIECE)
    worker.postMessage({ people: cut(people), history: cut(history), avoid: cut(avoid) } satisfies Piece)
    await setImmediate()
  }
  worker.postMessage({ people: [], history: [], avoid: [], seed } satisfies Piece)
}
