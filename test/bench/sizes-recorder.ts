/** Runs a call again and again, writes down each of its statements with how long it took, and asks for their plans. */
import { Kysely, type KyselyConfig, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { type Database, type Db, inWorkspace, type Tenant } from '../../src/platform/database.ts'
import { PreparingClient } from '../../src/platform/database-client.ts'
import { median } from './load.ts'

/** Medians settle by then; what is slow is given less. */
const RUNS = 20
const FEWEST_RUNS = 5
const MOST_MS = 4_000
/** From the sixth on the server may keep one plan for all values: what a process that has run for a while gets. */
const WARM_UPS = 6

export interface Statement {
  text: string
  /** Milliseconds, at the median, as the app sees it. */
  median: number
  /** How often a call runs it. */
  times: number
  /** Kinds of nodes and indexes, in one line. */
  plan: string
}

/** As PostgreSQL chooses them, as for jobs, or one for all values, as where somebody waits (platform/database.ts). */
export type Plans = 'auto' | 'force_generic_plan'

export interface Recorder {
  db: Db
  /** Runs `call` in transactions that are rolled back. The statements in the order of their first run. */
  record(workspaceId: string, call: (tenant: Tenant) => Promise<unknown>, plans: Plans): Promise<Statement[]>
}

interface Run {
  text: string
  parameters: readonly unknown[]
  ms: number
}

const TRANSACTION = /^(begin|start transaction|commit|rollback)/

/** The app's own client on one connection, so that plans are kept as in the app. */
export function createRecorder(url: string): Recorder {
  let runs: Run[] = []
  const log: KyselyConfig['log'] = ({ query, queryDurationMillis: ms }) => {
    if (!TRANSACTION.test(query.sql)) runs.push({ text: query.sql, parameters: query.parameters, ms })
  }
  const pool = new pg.Pool({ connectionString: url, max: 1, Client: PreparingClient })
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log })

  async function once(workspaceId: string, call: (tenant: Tenant) => Promise<unknown>): Promise<Run[]> {
    runs = []
    const undone = new Error('undone')
    await inWorkspace(db, workspaceId, async (tenant) => {
      await call(tenant)
      throw undone
    }).catch((error: unknown) => {
      if (error !== undone) throw error
    })
    return runs
  }

  return {
    db,
    async record(workspaceId, call, plans) {
      await sql.raw(`set plan_cache_mode = ${plans}`).execute(db)
      const began = performance.now()
      const all: Run[][] = []
      for (let run = 0; run < WARM_UPS + RUNS; run += 1) {
        if (run >= FEWEST_RUNS && performance.now() - began > MOST_MS) break
        all.push(await once(workspaceId, call))
      }
      const measured = all.length > WARM_UPS + FEWEST_RUNS ? all.slice(WARM_UPS) : all
      const statements: Statement[] = []
      for (const { text, parameters } of new Map(measured.at(-1)?.map((run) => [run.text, run])).values()) {
        const times = measured.flatMap((one) => one.filter((run) => run.text === text).map(({ ms }) => ms))
        statements.push({
          text,
          median: median(times),
          times: times.length / measured.length,
          plan: await planOf(db, text, parameters),
        })
      }
      return statements
    },
  }
}

interface Node {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  Plans?: Node[]
}

/** The plan that the server keeps for the statement by now, or makes for these values. */
async function planOf(db: Db, text: string, parameters: readonly unknown[]): Promise<string> {
  const literals = parameters.map(literal)
  const { rows } = await sql<{ name: string }>`
    select name from pg_prepared_statements where statement = ${sql.raw(literal(text))}`.execute(db)
  const prepared = rows[0]?.name
  const values = literals.length > 0 ? `(${literals.join(', ')})` : ''
  if (!prepared && values) await sql.raw(`prepare "bench" as ${text}`).execute(db)
  const explained = await sql<{ 'QUERY PLAN': { Plan: Node }[] }>`
    explain (format json) ${sql.raw(values ? `execute "${prepared ?? 'bench'}"${values}` : text)}`.execute(db)
  if (!prepared && values) await sql`deallocate "bench"`.execute(db)
  const plan = explained.rows[0]?.['QUERY PLAN'][0]?.Plan
  return plan ? inOneLine(plan) : 'none'
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return `'${value.toISOString()}'`
  const isList = Array.isArray(value)
  return pg.escapeLiteral(isList ? `{${value.map((one) => JSON.stringify(String(one))).join(',')}}` : String(value))
}

const DULL = new Set(['Limit', 'Result', 'Subquery Scan', 'ProjectSet', 'Aggregate'])

/** The nodes that say something, each once, in the order of the plan. */
function inOneLine(plan: Node): string {
  const found: string[] = []
  const walk = (node: Node) => {
    const { 'Node Type': type, 'Index Name': index, 'Relation Name': relation } = node
    if (!DULL.has(type))
      found.push([type, index ?? (type.includes('Scan') ? relation : undefined)].filter(Boolean).join(' '))
    for (const child of node.Plans ?? []) walk(child)
  }
  walk(plan)
  return [...new Set(found)].join(', ') || plan['Node Type']
}
