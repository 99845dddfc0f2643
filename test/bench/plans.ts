/** Every statement that a piece of work ran, and which of them read a large table from one end to the other for little of it. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database, Db } from '../../src/platform/database.ts'

export interface Plans {
  db: Db
  /** The statements since the last call that read a large table whole for little of it, each with the tables it reads whole. */
  whole(): Promise<{ tables: string[]; sql: string }[]>
}

/** Tables below this are read whole for good reason; so are others for more than this share of their rows. */
const LARGE = 10_000
const MUCH = 0.1

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Plan Rows': number
  Plans?: Node[]
}

/** A pool that remembers each statement once, with the arguments it had first. */
export function watchPlans(url: string): Plans {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  const seen = new Map<string, readonly unknown[]>()
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    log({ query }) {
      if (/^\s*(with|select|insert|update|delete)\b/i.test(query.sql) && !seen.has(query.sql))
        seen.set(query.sql, query.parameters)
    },
  })
  const scansOf = (node: Node): Node[] => [
    ...(node['Node Type'] === 'Seq Scan' ? [node] : []),
    ...(node.Plans ?? []).flatMap(scansOf),
  ]
  return {
    db,
    async whole() {
      const { rows } = await pool.query(
        `select relname as name, reltuples as rows from pg_class where relkind = 'r' and reltuples >= ${LARGE} and relnamespace = 'public'::regnamespace`,
      )
      const large = new Map(rows.map(({ name, rows }) => [name as string, rows as number]))
      const found: { tables: string[]; sql: string }[] = []
      for (const [sql, parameters] of seen) {
        const plan = await pool.query(`explain (format json) ${sql}`, [...parameters])
        const tables = scansOf(plan.rows[0]['QUERY PLAN'][0].Plan).flatMap((scan) => {
          const name = scan['Relation Name'] ?? ''
          return scan['Plan Rows'] < MUCH * (large.get(name) ?? 0) ? [name] : []
        })
        if (tables.length > 0) found.push({ tables: [...new Set(tables)], sql: sql.replace(/\s+/g, ' ').trim() })
      }
      seen.clear()
      return found
    },
  }
}
