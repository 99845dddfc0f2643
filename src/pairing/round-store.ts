/** Rounds, and who was in them, as they are read. What changes them is in round-writing-store.ts. */
import { sql } from 'kysely'
import type { Tenant } from '../platform/database.ts'

/** too few: fewer than four people, so none opened. missed: its time was over a day ago when anybody looked. */
export type RoundState = 'open' | 'closed' | 'too few' | 'missed'
export type Fate = 'introduced' | 'alone' | 'not this time'

declare module '../platform/database.ts' {
  interface Database {
    round: {
      workspace_id: string
      id: string
      date: string
      state: RoundState
      number: number | null
      people: number
      wave: number
      opened_at: Date
      closes_at: Date
      settle_at: Date | null
      closed_at: Date | null
      expected: number | null
      was: number | null
    }
    round_watch: { workspace_id: string; looked_until: Date }
    round_member: {
      workspace_id: string
      round_id: string
      member_id: string
      number: number
      waited: number
      anyone: boolean
      fate: Fate | null
      silent: boolean
    }
  }
}

export interface Round {
  id: string
  date: string
  state: RoundState
  number: number
  people: number
  wave: number
  openedAt: Date
  closesAt: Date
  /** The means of what people expected and of how it was, as they were when it opened. */
  gap: Gap | null
}

export interface Gap {
  expected: number
  was: number
}

const COLUMNS = [
  'id',
  'date',
  'state',
  'number',
  'people',
  'wave',
  'opened_at as openedAt',
  'closes_at as closesAt',
  'expected',
  'was',
] as const

type RoundRow = Omit<Round, 'number' | 'gap'> & { number: number | null; expected: number | null; was: number | null }

const toRound = ({ expected, was, ...row }: RoundRow): Round => ({
  ...row,
  number: row.number ?? 0,
  gap: expected === null || was === null ? null : { expected, was },
})

export async function findRound({ trx, workspaceId }: Tenant, id: string): Promise<Round | null> {
  const row = await trx
    .selectFrom('round')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? toRound(row) : null
}

/** Keeps everybody else from changing the round's course until the transaction ends. Null unless it is open. */
export async function holdOpenRound({ trx, workspaceId }: Tenant, id: string): Promise<Round | null> {
  const row = await trx
    .selectFrom('round')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .forUpdate()
    .executeTakeFirst()
  return row ? toRound(row) : null
}

/** The rounds that are open, the earliest first; with `due` only those whose people are to hear something by then. */
export async function listOpenRounds({ trx, workspaceId }: Tenant, due: Date | null = null): Promise<Round[]> {
  const rows = await trx
    .selectFrom('round')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'open')
    .$if(due !== null, (query) => query.where('settle_at', '<=', due))
    .orderBy('number')
    .execute()
  return rows.map(toRound)
}

/** The last rounds of any kind, newest first. */
export async function listRounds({ trx, workspaceId }: Tenant, limit: number): Promise<Round[]> {
  const rows = await trx
    .selectFrom('round')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .orderBy('opened_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toRound)
}

/** The gap that the last round before a moment told, as it was when that opened. */
export async function findGap({ trx, workspaceId }: Tenant, before: Date): Promise<Gap | null> {
  const row = await trx
    .selectFrom('round')
    .select(['expected', 'was'])
    .where('workspace_id', '=', workspaceId)
    .where('number', 'is not', null)
    .where('opened_at', '<', before)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row || row.expected === null || row.was === null) return null
  return { expected: row.expected, was: row.was }
}

/** The number of the next round that opens. */
export async function nextNumber({ trx, workspaceId }: Tenant): Promise<number> {
  const row = await trx
    .selectFrom('round')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

export interface RoundMember {
  id: string
  waited: number
  /** They would meet anybody else who waits. */
  anyone: boolean
  fate: Fate | null
}

export async function listRoundMembers({ trx, workspaceId }: Tenant, roundId: string): Promise<RoundMember[]> {
  return await trx
    .selectFrom('round_member')
    .select(['member_id as id', 'waited', 'anyone', 'fate'])
    .where('workspace_id', '=', workspaceId)
    .where('round_id', '=', roundId)
    .orderBy('member_id')
    .execute()
}

/** How many rounds in a row have left each of these people out, up to now. */
export async function readWaited({ trx, workspaceId }: Tenant, ids: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; waited: number }>`
    select who.id, last.waited + 1 as waited
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as who (id)
    join lateral (
      select waited, fate from round_member
      where workspace_id = ${workspaceId} and member_id = who.id order by number desc limit 1
    ) as last on last.fate = 'alone'`.execute(trx)
  return new Map(rows.map(({ id, waited }) => [id, waited]))
}
