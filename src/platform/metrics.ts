/**
 * What a monitoring system can ask of a process: figures in Prometheus' text format. Every label has a few values that
 * stand in the code: never an id of a workspace, a person or a channel, and nothing that somebody wrote.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PoolUse } from './database.ts'
import type { QueueState } from './queue-store.ts'
import { type FailureKind, isRevocation, type SlackFailure } from './slack-failure.ts'

/** What Slack asked for. */
export type RequestKind = 'command' | 'action' | 'view' | 'event' | 'shortcut' | 'options' | 'other'
/** done: answered as it should be. late: answered that it takes longer. failed: answered that it did not work. */
export type AckOutcome = 'done' | 'late' | 'failed'

export interface Metrics {
  /** A request of Slack's was answered; `kind` as requestKind says. */
  acked(kind: RequestKind, outcome: AckOutcome, seconds: number): void
  /** Something was posted, or not: `kind` is the ledger's word for it. */
  delivered(kind: string, result: 'sent' | FailureKind): void
  /** A call to Slack failed. */
  slackFailed(failure: SlackFailure): void
  /** A job of this queue waits because of a rate limit. */
  waits(queue: string, seconds: number): void
  /** A call was held back so long, to stay within Slack's limits. */
  heldBack(method: string, seconds: number): void
  /** A schedule has been looked at, and what was due has been enqueued. */
  looked(schedule: string, at: Date): void
  /** Everything, for a scrape. */
  read(): Promise<{ contentType: string; text: string }>
}

/** What is looked at when somebody asks, and not before. */
export interface Sources {
  pools: Record<string, () => PoolUse>
  /** Throws when the database does not answer. */
  queues(): Promise<QueueState[]>
}

/** Slack gives up after 3 s; what matters is how far below it is. */
const ACK_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export function createMetrics(sources: Sources): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const acks = new Histogram({
    name: 'small_acts_ack_seconds',
    help: 'How long answering a request of Slack took',
    labelNames: ['kind', 'outcome'] as const,
    buckets: ACK_SECONDS,
    registers,
  })
  const counter = <T extends string>(name: string, help: string, ...labelNames: T[]) =>
    new Counter({ name: `small_acts_${name}`, help, labelNames, registers })
  const deliveries = counter('deliveries_total', 'Messages posted, or why they were not', 'kind', 'result')
  const failures = counter('slack_failures_total', 'Calls to Slack that failed', 'method', 'failure')
  const revoked = counter('slack_token_revoked_total', 'Calls refused because the token is good for nothing any more')
  const waits = counter('rate_limit_waits_total', 'Jobs that waited as long as Slack said', 'queue')
  const waited = counter('rate_limit_wait_seconds_total', 'How long they were told to wait', 'queue')
  const held = counter(
    'slack_held_back_seconds_total',
    'How long calls were held back to stay within Slack’s limits',
    'method',
  )
  const schedules = new Gauge({
    name: 'small_acts_schedule_last_run_timestamp_seconds',
    help: 'When this process last asked what of a schedule is due',
    labelNames: ['schedule'] as const,
    registers,
  })
  addPools(registry, sources.pools)
  const readQueues = addQueues(registry, sources.queues)

  return {
    acked: (kind, outcome, seconds) => acks.observe({ kind, outcome }, seconds),
    delivered: (kind, result) => deliveries.inc({ kind, result }),
    slackFailed({ method, kind, code }) {
      failures.inc({ method, failure: kind })
      if (isRevocation(code)) revoked.inc()
    },
    waits(queue, seconds) {
      waits.inc({ queue })
      waited.inc({ queue }, seconds)
    },
    heldBack: (method, seconds) => held.inc({ method }, seconds),
    looked: (schedule, at) => schedules.set({ schedule }, at.getTime() / 1_000),
    async read() {
      await readQueues()
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

function addPools(registry: Registry, pools: Sources['pools']): void {
  new Gauge({
    name: 'small_acts_database_connections',
    help: 'Connections to the database: busy, idle, and how many wait for one; max is how many there may be',
    labelNames: ['pool', 'state'] as const,
    registers: [registry],
    collect() {
      for (const [pool, use] of Object.entries(pools)) {
        for (const [state, count] of Object.entries(use())) this.set({ pool, state }, count)
      }
    },
  })
}

/** The figures about jobs, and what brings them up to date. */
function addQueues(registry: Registry, readStates: Sources['queues']): () => Promise<void> {
  const registers = [registry]
  const labelNames = ['queue'] as const
  const gauge = (name: string, help: string) => new Gauge({ name: `small_acts_${name}`, help, labelNames, registers })
  const waiting = gauge('jobs_waiting', 'Jobs whose time has come and that nobody works on yet')
  const later = gauge('jobs_later', 'Jobs that wait for their time: for a rate limit, or for another try')
  const oldest = gauge(
    'job_oldest_age_seconds',
    'How long the oldest of the jobs that wait has been due; 0 when none is',
  )
  const answers = new Gauge({
    name: 'small_acts_database_answers',
    help: '1 when the figures about jobs were read just now, 0 when the database did not answer',
    registers,
  })
  return async () => {
    const states = await readStates().catch(() => null)
    for (const one of [waiting, later, oldest]) one.reset()
    for (const { queue, ...state } of states ?? []) {
      waiting.set({ queue }, state.waiting)
      later.set({ queue }, state.later)
      oldest.set({ queue }, state.oldestSeconds ?? 0)
    }
    answers.set(states ? 1 : 0)
  }
}

/** What a request of Slack's is, from its body. */
export function requestKind(body: object): RequestKind {
  if ('command' in body) return 'command'
  if ('event' in body) return 'event'
  switch ((body as { type?: string }).type) {
    case 'block_actions':
      return 'action'
    case 'view_submission':
    case 'view_closed':
      return 'view'
    case 'shortcut':
    case 'message_action':
      return 'shortcut'
    case 'block_suggestion':
      return 'options'
    default:
      return 'other'
  }
}
