import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { ImpatientClient, PreparingClient } from './database-client.ts'
import { isEmbedded } from './embedded/embedded.ts'
import type { Log } from './log.ts'

/**
 * The tables. Each store declares its own by declaration merging, next to its SQL:
 *
 *   declare module '../platform/database.ts' { interface Database { kudos: KudosTable } }
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the stores
export interface Database {}

export type Db = Kysely<Database>

/** A transaction that belongs to one workspace. Every query on a tenant table carries `workspaceId`. */
export interface Tenant {
  readonly trx: Kysely<Database>
  readonly workspaceId: string
  /** Runs `then` once the transaction is stored, and not at all otherwise. It must not throw. */
  afterCommit(then: () => void): void
}

/** What a pool is for: answering people within Slack's 3 seconds, or working through jobs. */
const POOLS = {
  /** Waiting for a connection and one statement must stay under 2.5 s together. */
  answering: { max: 10, connectionTimeoutMillis: 1_200, statement_timeout: 1_000, query_timeout: 1_200 },
  jobs: { max: 8, connectionTimeoutMillis: 10_000, statement_timeout: 30_000, query_timeout: 35_000 },
  /** Waits for another process that migrates, and for long changes of the schema. */
  migrating: { max: 2, connectionTimeoutMillis: 10_000 },
}

/**
 * One plan for all values. The server would compare, and while tables grow it makes up its mind again and again, at twice what
 * running a statement costs that somebody waits for. What jobs ask is another matter: their plans depend on the values.
 */
const KEEP_PLANS = 'set plan_cache_mode = force_generic_plan'
/**
 * The server would compile what looks expensive to it, at every run: 50 ms for a statement that takes one, as soon as a table
 * has grown enough for a part of it that is hardly ever run to look so.
 */
const NOT_COMPILED = 'set jit = off'

/** How a pool is used right now. */
export interface PoolUse {
  busy: number
  idle: number
  /** Those who wait for a connection. */
  waiting: number
  max: number
}

const pools = new WeakMap<Db, pg.Pool>()

/** How the pool is used that openDatabase opened. */
export function poolUse(db: Db): PoolUse {
  const pool = pools.get(db)
  if (!pool) return { busy: 0, idle: 0, waiting: 0, max: 0 }
  const { totalCount, idleCount, waitingCount, options } = pool
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount, max: options.max }
}

/** Opens a pool on a PostgreSQL server or the embedded database: the same driver, the same path. */
export function openDatabase(url: string, purpose: keyof typeof POOLS, log: Log): Db {
  const settings = purpose === 'answering' ? `${NOT_COMPILED}; ${KEEP_PLANS}` : NOT_COMPILED
  // The embedded database is one session for everybody: there names would clash, and settings be everybody's.
  const ofOneSession = isEmbedded(url)
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `small-acts ${purpose}`,
    keepAlive: true,
    Client: ofOneSession ? ImpatientClient : PreparingClient,
    ...(ofOneSession ? {} : { onConnect: (client) => client.query(settings) }),
    ...POOLS[purpose],
  })
  // A connection that breaks is replaced at the next use. Without a listener, on the pool for idle ones and on the
  // client for busy ones, it would end the process.
  const lost = (error: Error) => log.warn({ err: error }, 'database.connection-lost')
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  pools.set(db, pool)
  return db
}

/** The transaction may or may not be stored: the connection broke, or time ran out, while committing. */
export class CommitUncertain extends Error {
  constructor(cause: unknown) {
    super('the database did not confirm the commit', { cause })
  }
}

/**
 * Runs `work` in one transaction of one workspace: the only way to tenant tables. Rolls back when `work` throws.
 * On the embedded database everybody else waits meanwhile, so `work` must not use another connection, nor call Slack.
 * Throws CommitUncertain when nobody can say whether it was stored; any other error means it was not.
 */
export async function inWorkspace<T>(db: Db, workspaceId: string, work: (tenant: Tenant) => Promise<T>): Promise<T> {
  const trx = await db.startTransaction().execute()
  const followUps: (() => void)[] = []
  let result: T
  let committing = false
  try {
    result = await work({ trx, workspaceId, afterCommit: (then) => followUps.push(then) })
    committing = true
    await trx.commit().execute()
  } catch (error) {
    const uncertain = committing && !trx.isRolledBack
    // Also after a commit that failed, or its connection would never be given back. The first error is the one worth
    // telling; a connection that can't roll back is gone, and so is its transaction.
    await trx
      .rollback()
      .execute()
      .catch(() => {})
    throw uncertain ? new CommitUncertain(error) : error
  }
  for (const then of followUps) then()
  return result
}

/**
 * Runs the one statement of `work`, which is its own transaction: what inWorkspace does, for a third of the round trips.
 * Throws CommitUncertain when nobody can say whether it was stored; any other error means it was not.
 */
export async function inOneStatement<T>(db: Db, workspaceId: string, work: (tenant: Tenant) => Promise<T>): Promise<T> {
  const followUps: (() => void)[] = []
  const result = await db.connection().execute(async (trx) => {
    try {
      return await work({ trx, workspaceId, afterCommit: (then) => followUps.push(then) })
    } catch (error) {
      throw isRefusal(error) ? error : new CommitUncertain(error)
    }
  })
  for (const then of followUps) then()
  return result
}

/** True when the server itself said that a statement failed, and was not on its way out. */
function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !/^(08|57P)/.test(error.code ?? '')
}

/** True when the database answers. */
export async function databaseAnswers(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db)
    return true
  } catch {
    return false
  }
}

/** True when what a statement reads was never made (SQLSTATE undefined_table, invalid_schema_name). */
export function isMissing(error: unknown): boolean {
  return ['42P01', '3F000'].includes((error as { code?: string }).code ?? '')
}

/** Codes of a server that is not there, or does not let us in: from the system, and SQLSTATEs. */
const UNUSABLE = /^(E[A-Z]+|08...|28...|3D000|57P03)$/

/** Says why a database can't be used at all, for the operator; null when the failure is of another kind. */
export function whyUnusable(error: unknown): string | null {
  const { code, message } = error as { code?: unknown; message?: string }
  if (typeof code !== 'string' || !UNUSABLE.test(code)) return null
  return `The database of DATABASE_URL can't be used: ${message || code}.`
}
