import { fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { Tenant } from './database.ts'
import type { Log } from './log.ts'

export interface QueueDefinition {
  name: string
  /** How often a failing job is tried again. Delays double from 1 s up to five minutes. */
  retryLimit: number
}

export interface NewJob {
  /** A natural id (naturalId): a second job with the same id is not made. */
  id: string
  data: object
}

/** How a running job stands. */
export interface Attempt {
  /** No further try follows if this one throws. */
  final: boolean
}

/** Thrown by a job to be tried again after exactly this long, without using up a retry. */
export class RetryAfter extends Error {
  readonly seconds: number
  constructor(seconds: number, cause?: unknown) {
    super(`to be tried again after ${seconds} s`, { cause })
    this.seconds = seconds
  }
}

export interface Queue {
  /** Adds jobs in the tenant's transaction: they exist if, and only if, it is stored. */
  enqueue(tenant: Tenant, queue: string, jobs: NewJob[]): Promise<void>
  /** Adds one job outside any transaction. */
  send(queue: string, job: NewJob): Promise<void>
  /** Runs the queue's jobs one after the other. A handler must be harmless when run twice. */
  work<T extends object>(definition: QueueDefinition, handler: (data: T, attempt: Attempt) => Promise<void>): void
  start(): Promise<void>
  /** Waits for running jobs, at most `ms`; what still runs then is tried again later. */
  stop(ms: number): Promise<void>
  /** True when the queue's tables answer. */
  answers(): Promise<boolean>
}

const DEAD_LETTERS = 'queue.dead-letter'
/** Jobs of another process are found by looking; one's own workers are woken at once. */
const POLL_SECONDS = 2
const DAY = 86_400

/** pg-boss on the app's database, with settings that recover from a SIGKILL in about ten seconds. */
export function createQueue(url: string, log: Log): Queue {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'small-acts queue',
    max: 5,
    connectionTimeoutMillis: 10_000,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    schedule: false,
  })
  boss.on('error', (error) => log.error({ err: error }, 'queue.error'))
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'queue.warning'))

  const workers = new Map<string, () => Promise<void>>()
  const definitions: QueueDefinition[] = []
  const workerIds = new Map<string, string>()
  const wake = (queue: string) => {
    const id = workerIds.get(queue)
    if (id) boss.notifyWorker(id)
  }

  async function postpone(queue: string, job: JobWithMetadata<object>, seconds: number) {
    await boss.fail(queue, job.id, { postponed: seconds })
    await boss.update(queue, undefined, { id: job.id, startAfter: seconds, retryLimit: job.retryLimit + 1 })
  }

  return {
    async enqueue(tenant, queue, jobs) {
      await boss.insert(queue, jobs, { db: fromKysely(tenant.trx), returnId: false })
      tenant.afterCommit(() => wake(queue))
    },

    async send(queue, job) {
      await boss.insert(queue, [job], { returnId: false })
      wake(queue)
    },

    work<T extends object>(definition: QueueDefinition, handler: (data: T, attempt: Attempt) => Promise<void>) {
      const { name } = definition
      definitions.push(definition)
      workers.set(name, async () => {
        const id = await boss.work<T, void, { includeMetadata: true; pollingIntervalSeconds: number }>(
          name,
          { includeMetadata: true, pollingIntervalSeconds: POLL_SECONDS },
          async ([job]) => {
            if (!job) return
            // One job often brings another: look again right after this one, not at the next poll.
            wake(name)
            const final = job.retryCount >= job.retryLimit
            try {
              await handler(job.data, { final })
            } catch (error) {
              if (error instanceof RetryAfter) return postpone(name, job as JobWithMetadata<object>, error.seconds)
              log.warn({ err: error, queue: name, job: job.id, attempt: job.retryCount + 1 }, 'queue.job-failed')
              throw error
            }
          },
        )
        workerIds.set(name, id)
      })
    },

    async start() {
      await boss.start()
      await boss.createQueue(DEAD_LETTERS, { deleteAfterSeconds: 30 * DAY, retryLimit: 0 })
      for (const { name, retryLimit } of definitions) {
        const options = {
          retryLimit,
          retryDelay: 1,
          retryBackoff: true,
          retryDelayMax: 300,
          heartbeatSeconds: 10,
          expireInSeconds: 900,
          deleteAfterSeconds: DAY,
          deadLetter: DEAD_LETTERS,
        }
        await boss.createQueue(name, options)
        await boss.updateQueue(name, options)
        // pg-boss looks a queue up on first use, on a connection of its own. On the embedded database that would wait
        // for the very transaction that is waiting for it.
        await boss.insert(name, [])
      }
      for (const start of workers.values()) await start()
      await boss.work<object, void, { includeMetadata: true }>(
        DEAD_LETTERS,
        { includeMetadata: true },
        async ([job]) => {
          if (job) log.error({ job: job.id, queue: job.sourceName, sourceJob: job.sourceId }, DEAD_LETTERS)
        },
      )
    },

    async stop(ms) {
      await boss.stop({ graceful: true, timeout: ms })
    },

    async answers() {
      try {
        return await boss.isInstalled()
      } catch {
        return false
      }
    },
  }
}
