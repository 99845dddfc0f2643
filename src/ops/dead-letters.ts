/** `retry` and `drop`: what becomes of jobs that were given up. */
import { type Db, inWorkspace } from '../platform/database.ts'
import { isNaturalId } from '../platform/natural-key.ts'
import { findDeadLetter, hasQueue, listDeadLetterIds, putBack, takeDeadLetter } from '../platform/queue-store.ts'
import { OpsError } from './ops-error.ts'
import type { Progress } from './progress.ts'
import { reopen } from './reopening.ts'

/** Which dead letters: one, or all there are, of one queue or of all. */
export type Which = { id: string } | { all: true; queue: string | null }

/** Puts jobs back into their queues, each on its own, so that a stop in the middle has done what it has counted. */
export async function retry(db: Db, which: Which, progress: Progress): Promise<string> {
  const ids = await idsOf(db, which)
  let done = 0
  const left: string[] = []
  for (const [index, id] of ids.entries()) {
    const outcome = await retryOne(db, id)
    if (outcome === 'put back') done += 1
    else left.push(`${id} stays: ${outcome}.`)
    progress.step(index + 1, ids.length)
  }
  if (done === 0) throw new OpsError(left.join('\n'))
  return [`${jobs(done)} put back. The running app takes them up within seconds.`, ...left].join('\n')
}

const jobs = (count: number) => (count === 1 ? '1 job was' : `${count} jobs were`)

/** 'put back', or why not. */
async function retryOne(db: Db, id: string): Promise<string> {
  const letter = await findDeadLetter(db, id)
  if (!letter) return 'somebody else was faster'
  if (!(await hasQueue(db, letter.queue))) return `this version has no queue ${letter.queue}`
  return await inWorkspace(db, letter.workspaceId ?? '', async (tenant) => {
    const taken = await takeDeadLetter(tenant.trx, id)
    if (!taken) return 'somebody else was faster'
    if (letter.workspaceId !== null) await reopen(tenant, taken.queue, taken.data)
    await putBack(tenant.trx, taken)
    return 'put back'
  })
}

/** Forgets a job, and all it carried. What it was to post stays as it is, given up. */
export async function drop(db: Db, id: string): Promise<string> {
  await idsOf(db, { id })
  const taken = await db.transaction().execute((trx) => takeDeadLetter(trx, id))
  if (!taken) throw new OpsError(`No dead letter ${id} is known any more.`)
  return `The job of ${taken.queue} is forgotten.`
}

async function idsOf(db: Db, which: Which): Promise<string[]> {
  if ('all' in which) {
    const ids = await listDeadLetterIds(db, which.queue)
    if (ids.length === 0) throw new OpsError(`There are no dead letters${which.queue ? ` of ${which.queue}` : ''}.`)
    return ids
  }
  const known = isNaturalId(which.id) && (await findDeadLetter(db, which.id))
  if (!known) throw new OpsError(`No dead letter ${which.id} is known. "status" lists them.`)
  return [which.id]
}
