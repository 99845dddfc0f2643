import { fromKysely, type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { Tenant } from './database.ts'
import { ImpatientClient } from './database-client.ts'
import { describeFailure } from './job-failure.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { createLanes, type Lane, LOOK_MS } from './queue-lanes.ts'
import { DEAD_LETTERS } from './queue-store.ts'
import { inRequest, type Traced, traced } from './request-id.ts'

export interface QueueDefinition {
  name: string
  /** How often a failing job is tried again. Delays double from 1 s up to five minutes. */
  retryLimit: number
  /**
   * So many jobs of different workspaces run at the same time in this process; of one workspace, one. 1 unless given: more
   * for what waits for Slack, so that a workspace that is slow, or has much to say, keeps no other waiting.
   */
  lanes?: number
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

/** Thrown by a job that trying again can't help: it becomes a dead letter at once. */
export class Hopeless extends Error {
  constructor(cause: unknown) {
    super('not worth another try', { cause })
  }
}

export interface Queue {
  /** Adds jobs in the tenant's transaction: they exist if, and only if, it is stored. */
  enqueue(tenant: Tenant, queue: string, jobs: NewJob[]): Promise<void>
  /** There is something to do for a workspace: the workers of this process need not wait for their next look. */
  wake(queue: string, workspaceId: string): void
  /** Adds one job outside any transaction. */
  send(queue: string, job: NewJob): Promise<void>
  /** Runs the queue's jobs, a workspace's one after the other. A handler must be harmless when run twice. */
  work<T extends object>(definition: QueueDefinition, handler: (data: T, attempt: Attempt) => Promise<void>): void
  start(): Promise<void>
  /** For a clock that was moved on: what waits for a later time comes nearer by as much. */
  passTime(ms: number): Promise<void>
  /** Waits for running jobs, at most `ms`; what still runs then is tried again later. */
  stop(ms: number): Promise<void>
  /** True when the queue's tables answer. */
  answers(): Promise<boolean>
}

/** For what waits for Slack. More would only look more often for what is not there. */
export const LANES = 4

/** How often pg-boss has each lane look by itself. */
const POLL_SECONDS = 30
const DAY = 86_400
/** What pg-boss keeps in hand, so that a last try can still be postponed: it lets nothing be postponed that is used up. */
const SPARE_RETRIES = 1

/** Options of pg that pg-boss hands on but does not declare: they bring it back when a network swallows its packets. */
const POOL = { keepAlive: true, query_timeout: 15_000, Client: ImpatientClient }

/** pg-boss on the app's database, with settings that recover from a SIGKILL in about ten seconds. */
export function createQueue(url: string, log: Log, metrics: Pick<Metrics, 'waits'>): Queue {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'small-acts queue',
    max: 5,
    connectionTimeoutMillis: 10_000,
    ...POOL,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    schedule: false,
  })
  boss.on('error', (error) => log.error({ err: error }, 'queue.error'))
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'queue.warning'))

  const workers: { definition: QueueDefinition; start: () => Promise<void> }[] = []
  const looking: NodeJS.Timeout[] = []
  const lanes = createLanes((id) => boss.notifyWorker(id))

  /** Back into the queue for exactly so long. Should the second statement be lost, it comes back sooner, as after any failure. */
  async function postpone(queue: string, job: JobWithMetadata<object>, seconds: number) {
    await boss.fail(queue, job.id, { postponed: seconds })
    await boss.update(queue, undefined, { id: job.id, startAfter: seconds, retryLimit: job.retryLimit + 1 })
  }

  async function attempt<T extends object>(
    queue: string,
    job: JobWithMetadata<T>,
    handler: (data: T, attempt: Attempt) => Promise<void>,
  ): Promise<Omit<JobResult, 'id'>> {
    const final = job.retryCount >= job.retryLimit - SPARE_RETRIES
    try {
      await handler(job.data, { final })
      return { status: 'completed' }
    } catch (error) {
      if (error instanceof RetryAfter) {
        metrics.waits(queue, error.seconds)
        await postpone(queue, job, error.seconds)
        // It waits in the queue again: there is nothing left to complete, and completing it changes nothing.
        return { status: 'completed' }
      }
      log.warn({ err: error, queue, job: job.id, attempt: job.retryCount + 1, final }, 'queue.job-failed')
      const status = final || error instanceof Hopeless ? 'deadletter' : 'failed'
      return { status, output: describeFailure(error) }
    }
  }

  /** The request that enqueued a job, as a dead letter of it carries it as well; a job of nobody's is its own. */
  const requestOf = (job: JobWithMetadata<object>) => (job.data as Traced | null)?.requestId ?? job.id

  return {
    async enqueue(tenant, queue, jobs) {
      const grouped = jobs.map((job) => ({ ...job, data: traced(job.data), group: { id: tenant.workspaceId } }))
      await boss.insert(queue, grouped, { db: fromKysely(tenant.trx), returnId: false })
      tenant.afterCommit(() => lanes.wake(queue, tenant.workspaceId))
    },

    wake: lanes.wake,

    async send(queue, job) {
      await boss.insert(queue, [{ ...job, data: traced(job.data) }], { returnId: false })
      lanes.wake(queue, '')
    },

    work<T extends object>(definition: QueueDefinition, handler: (data: T, attempt: Attempt) => Promise<void>) {
      const { name } = definition
      const startLane = async () => {
        const options = {
          includeMetadata: true,
          perJobResults: true,
          pollingIntervalSeconds: POLL_SECONDS,
          localGroupConcurrency: 1,
        } as const
        const lane: Lane = { id: '', busyWith: null, wokenAt: 0 }
        lane.id = await boss.work<T, void, typeof options>(name, options, async ([job]) => {
          if (!job) return []
          lane.busyWith = job.groupId ?? ''
          // One job often brings another: look again right after this one, not at the next poll.
          boss.notifyWorker(lane.id)
          lanes.wakeIdle(name)
          try {
            const outcome = await inRequest(requestOf(job), () => attempt(name, job, handler))
            return [{ id: job.id, ...outcome }]
          } finally {
            lane.busyWith = null
          }
        })
        lanes.add(name, lane)
      }
      const start = async () => {
        for (let lane = 0; lane < (definition.lanes ?? 1); lane += 1) await startLane()
      }
      workers.push({ definition, start })
    },

    async start() {
      await boss.start()
      await boss.createQueue(DEAD_LETTERS, { deleteAfterSeconds: 30 * DAY, retryLimit: 0 })
      for (const { name, retryLimit } of workers.map(({ definition }) => definition)) {
        const options = {
          retryLimit: retryLimit + SPARE_RETRIES,
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
      for (const [index, { definition, start }] of workers.entries()) {
        await start()
        looking.push(setInterval(() => lanes.wakeIdle(definition.name), LOOK_MS * (1 + index / workers.length)))
      }
      await boss.work<object, void, { includeMetadata: true }>(
        DEAD_LETTERS,
        { includeMetadata: true },
        async ([job]) => {
          if (!job) return
          const what = { job: job.id, queue: job.sourceName, sourceJob: job.sourceId }
          inRequest(requestOf(job), () => log.error(what, DEAD_LETTERS))
        },
      )
    },

    async passTime(ms) {
      await boss.getDb().executeSql(
        `update pgboss.job set start_after = start_after - make_interval(secs => $1)
         where state in ('created', 'retry') and start_after > now()`,
        [ms / 1_000],
      )
      lanes.wakeAll()
    },

    async stop(ms) {
      for (const timer of looking) clearInterval(timer)
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
